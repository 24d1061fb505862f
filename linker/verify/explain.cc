/// A finding in words: the reason, the place, the source line and its owner, the bytes, and what to
/// do.
#include "linker/verify/explain.h"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <sstream>

#include "linker/verify/scan.h"

namespace linker::verify {
namespace {

/// The output of a program, or nothing if it cannot be run. No shell is involved.
std::string output_of(const std::vector<std::string> &words) {
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
    for (ssize_t got = 0; child > 0 && (got = read(ends[0], buffer.data(), buffer.size())) > 0;) {
        output.append(buffer.data(), static_cast<std::size_t>(got));
    }
    close(ends[0]);
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
    std::vector<std::string> lines;
    for (const char *suffix : {"", "-14", "-19", "-22"}) {
        std::vector<std::string> words{std::string("llvm-symbolizer") + suffix, "--no-inlines",
                                       "--obj=" + path};
        for (const uint64_t address : addresses) {
            words.push_back(hex(address));
        }
        // For each address a line with the function, one with the place, and an empty one.
        std::istringstream output(output_of(words));
        for (std::string function, place, empty;
             std::getline(output, function) && std::getline(output, place);) {
            lines.push_back(line_of(place));
            std::getline(output, empty);
        }
        if (lines.size() == addresses.size()) {
            return lines;
        }
        lines.clear();
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
