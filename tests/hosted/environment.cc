/// The attacker chooses the environment of a program and wants a weaker one.
///
///   environment NAME IMAGE      NAME: of the case
///
/// IMAGE is tests/rt/start/environment.cc on a machine with protection keys. Whatever variables it
/// is given, it says the same of itself as with none, or that it is stronger, or ends with one
/// line. The variables that the runtime knows are those whose names stand in the image.
#include <sys/wait.h>
#include <unistd.h>

#include <cctype>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

struct End {
    int status; // exit status, or 256 + the signal
    std::string output;
    std::string errors;
};

std::string read_all(int from) {
    std::string text;
    char piece[4096];
    for (ssize_t got = 0; (got = read(from, piece, sizeof piece)) > 0;) {
        text.append(piece, static_cast<std::size_t>(got));
    }
    close(from);
    return text;
}

/// What the image writes is less than a pipe holds.
End run(const std::string &image, const std::vector<std::string> &variables) {
    int output[2];
    int errors[2];
    if (pipe(output) != 0 || pipe(errors) != 0) {
        return {-1, "", "pipe"};
    }
    const pid_t child = fork();
    if (child == 0) {
        dup2(output[1], 1);
        dup2(errors[1], 2);
        for (const int end : {output[0], output[1], errors[0], errors[1]}) {
            close(end);
        }
        std::vector<char *> environment;
        for (const auto &variable : variables) {
            environment.push_back(const_cast<char *>(variable.c_str()));
        }
        environment.push_back(nullptr);
        char *words[] = {const_cast<char *>(image.c_str()), nullptr};
        execve(image.c_str(), words, environment.data());
        _exit(127);
    }
    close(output[1]);
    close(errors[1]);
    End end{-1, read_all(output[0]), read_all(errors[0])};
    int status = 0;
    waitpid(child, &status, 0);
    end.status = WIFEXITED(status) ? WEXITSTATUS(status) : 256 + WTERMSIG(status);
    return end;
}

/// Every POSTERN_... that stands in the image: the runtime finds a variable by nothing else.
std::set<std::string> names_in(const std::string &image) {
    std::ifstream file(image, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    const std::string head = "POSTERN_";
    std::set<std::string> names;
    for (auto at = bytes.find(head); at != bytes.npos; at = bytes.find(head, at + 1)) {
        auto end = at;
        while (end < bytes.size() &&
               (std::isupper(static_cast<unsigned char>(bytes[end])) != 0 || bytes[end] == '_' ||
                std::isdigit(static_cast<unsigned char>(bytes[end])) != 0)) {
            ++end;
        }
        names.insert(bytes.substr(at, end - at));
    }
    return names;
}

const std::vector<std::string> strangers{
    "LD_PRELOAD",      "LD_LIBRARY_PATH", "LD_AUDIT",          "LD_BIND_NOW",
    "GLIBC_TUNABLES",  "MALLOC_CHECK_",   "LD_SHOW_AUXV",      "LD_ASSUME_KERNEL",
    "POSTERN",         "POSTERN_",        "POSTERN_KEYS",      "POSTERN_NO_ISOLATION",
    "POSTERN_OPTIONS", "ISOLATION",       "postern_isolation", "",
};

const std::vector<std::string> values{
    "none",     "None",        "none ", " none",     "no",    "keys",      "spaces",
    "off",      "on",          "0",     "1",         "2",     "-1",        "false",
    "weaker",   "full",        "",      "frame_key", "=",     "none=",     "none\n",
    "\x7f\xff", "monitor_key", "yes",   "force",     "allow", "none,none", std::string(10'000, 'n'),
    "space",
};

/// Whether a program says the same of itself, or that a guarantee is full which is weaker in the
/// usual run: with address spaces on kernels on which keys are weaker.
bool is_no_weaker(const std::string &output, const std::string &usual) {
    std::istringstream lines(output);
    std::istringstream wanted(usual);
    std::string line;
    std::string want;
    while (std::getline(wanted, want)) {
        const std::string weaker = " weaker";
        const std::string stronger =
            want.ends_with(weaker) ? want.substr(0, want.size() - weaker.size()) + " full" : want;
        if (!std::getline(lines, line) || (line != want && line != stronger)) {
            return false;
        }
    }
    return !std::getline(lines, line);
}

/// One run of the attack; says how it ended where that is wrong.
class Attack {
public:
    Attack(std::string image, End usual) : image_(std::move(image)), usual_(std::move(usual)) {}

    void with(const std::vector<std::string> &variables) {
        const End end = run(image_, variables);
        if (end.status == usual_.status && is_no_weaker(end.output, usual_.output)) {
            ++same_;
        } else if (end.status == 70 && end.output.empty() && end.errors.starts_with("postern: ") &&
                   end.errors.find('\n') == end.errors.size() - 1) {
            ++refused_;
        } else {
            ++wrong_;
            std::printf("with %.60s: status %d\n%s%s", variables.back().c_str(), end.status,
                        end.output.c_str(), end.errors.c_str());
        }
    }

    /// Both outcomes must have been seen, or nothing was tried.
    bool is_refuted() const { return wrong_ == 0 && same_ > 0 && refused_ > 0; }
    void print() const {
        std::printf("%u runs as ever, %u ended with a line, %u weaker or otherwise\n", same_,
                    refused_, wrong_);
    }

private:
    std::string image_;
    End usual_;
    unsigned same_ = 0;
    unsigned refused_ = 0;
    unsigned wrong_ = 0;
};

bool nothing_weakens(const std::string &image) {
    const End usual = run(image, {});
    const auto known = names_in(image);
    if (usual.status != 0 || usual.output.find("keys full\n") == usual.output.npos ||
        usual.output.find("monitor refused\n") == usual.output.npos ||
        !known.contains("POSTERN_ISOLATION") || !known.contains("POSTERN_REPORT")) {
        std::printf("not the victim: status %d\n%s%s", usual.status, usual.output.c_str(),
                    usual.errors.c_str());
        return false;
    }
    Attack attack(image, usual);
    std::vector<std::string> names(known.begin(), known.end());
    names.insert(names.end(), strangers.begin(), strangers.end());
    for (const auto &value : values) {
        std::vector<std::string> all;
        for (const auto &name : names) {
            attack.with({name + "=" + value});
            all.push_back(name + "=" + value);
        }
        attack.with(all);
        attack.with({"POSTERN_REPORT=1", "POSTERN_FRAME=" + value, "POSTERN_ISOLATION=" + value});
        attack.with({"POSTERN_ISOLATION", "POSTERN_ISOLATION=" + value}); // no value at all, first
    }
    attack.print();
    return attack.is_refuted();
}

} // namespace

int main(int count, char **words) {
    if (count != 3) {
        std::fprintf(stderr, "usage: environment CASE IMAGE\n");
        return 2;
    }
    const bool good = nothing_weakens(words[2]);
    std::printf("%s %s\n", good ? "passed" : "failed", words[1]);
    std::printf("%d passed, %d failed, 0 skipped\n", good ? 1 : 0, good ? 0 : 1);
    return good ? 0 : 1;
}
