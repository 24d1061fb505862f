/// A finding in words: the reason, the place, the source line and its owner, the bytes, and what to
/// do.
#include "linker/verify/explain.h"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <sstream>

#include "linker/verify/scan.h"

namespace linker::verify {
namespace {

using Clock = std::chrono::steady_clock;

/// How long the symbolizer may take for all addresses.
constexpr std::chrono::seconds most_time{10};

/// Whether there is something to read before the deadline, the end included.
bool is_readable(int from, Clock::time_point deadline) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    pollfd asked{.fd = from, .events = POLLIN, .revents = 0};
    return left > 0 && poll(&asked, 1, static_cast<int>(left)) == 1;
}

/// The output of a program, or nothing if it cannot be run or does not end before the deadline. No
/// shell is involved.
std::string output_of(const std::vector<std::string> &words, Clock::time_point deadline) {
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0) {
        return "";
    }
    const pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(STDERR_FILENO);
        std::vector<char *> arguments;
        for (const auto &word : words) {
            arguments.push_back(const_cast<char *>(word.c_str()));
        }
        arguments.push_back(nullptr);
        execvp(arguments[0], arguments.data());
        _exit(127);
    }
    close(ends[1]);
    std::string output;
    std::array<char, 4096> buffer{};
    bool is_in_time = child > 0;
    for (ssize_t got = 1; is_in_time && got > 0;) {
        is_in_time = is_readable(ends[0], deadline);
        got = is_in_time ? read(ends[0], buffer.data(), buffer.size()) : 0;
        output.append(buffer.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    }
    close(ends[0]);
    if (child > 0 && !is_in_time) {
        kill(child, SIGKILL);
    }
    int status = 0;
    return child > 0 && waitpid(child, &status, 0) == child && status == 0 ? output : "";
}

/// "file:line" of "folder/file:line:column"; "" if it is unknown.
std::string line_of(const std::string &text) {
    const auto line = text.substr(0, text.rfind(':'));
    return line.empty() || line.starts_with("??") || line.ends_with(":0") ? "" : line;
}

std::string hex_bytes(const Text &text, uint64_t begin, uint64_t end) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string all;
    for (uint64_t at = begin; at < end; ++at) {
        const unsigned byte = text.at(at);
        all += (all.empty() ? "" : " ");
        all += digits[byte >> 4];
        all += digits[byte & 15];
    }
    return all;
}

} // namespace

std::vector<std::string> source_lines(const std::string &path,
                                      const std::vector<uint64_t> &addresses) {
    const auto deadline = Clock::now() + most_time;
    std::vector<std::string> lines;
    for (const char *suffix : {"", "-14", "-19", "-22"}) {
        std::vector<std::string> words{std::string("llvm-symbolizer") + suffix, "--no-inlines",
                                       "--obj=" + path};
        for (const uint64_t address : addresses) {
            words.push_back(hex(address));
        }
        // For each address a line with the function, one with the place, and an empty one.
        std::istringstream output(output_of(words, deadline));
        for (std::string function, place, empty;
             std::getline(output, function) && std::getline(output, place);) {
            lines.push_back(line_of(place));
            std::getline(output, empty);
        }
        if (lines.size() == addresses.size()) {
            return lines;
        }
        lines.clear();
        if (Clock::now() >= deadline) {
            std::fprintf(stderr,
                         "verify: %s did not end within %d s: there are no source lines below\n",
                         words[0].c_str(), static_cast<int>(most_time.count()));
            break;
        }
    }
    return std::vector<std::string>(addresses.size());
}

std::string explain(const Image &image, const Owners &owners, const Finding &finding,
                    const std::string &source_line) {
    std::string text = finding.what;
    if (finding.address != 0) {
        std::string where = source_line;
        if (const auto *part = owners.at(finding.address)) {
            where += (where.empty() ? "" : ", ") + owners.member(*part) + ", " + part->owner;
        }
        text += where.empty() ? "" : " (" + where + ")";
        constexpr unsigned around = 4;
        const Text code(image);
        text += ": " + hex_bytes(code, finding.address - around, finding.address) + " [" +
                hex_bytes(code, finding.address, finding.address + finding.length) + "] " +
                hex_bytes(code, finding.address + finding.length,
                          finding.address + finding.length + around);
    }
    return finding.advice.empty() ? text : text + "\n    " + finding.advice;
}

} // namespace linker::verify
