/// The parts of the verifier's tests, each of which prints its cases.
#pragma once

#include <cstdio>
#include <string>

namespace verify_test {

/// Prints cases as they are decided.
class Verdict {
public:
    void add(const std::string &name, bool passed) {
        std::printf("%s %s\n", passed ? "passed" : "failed", name.c_str());
        status_ |= passed ? 0 : 1;
    }
    int status() const { return status_; }

private:
    int status_ = 0;
};

/// Forbidden bytes at every kind of place in copies of a good image.
int tamper(const std::string &path);
/// Random damage to a good image's headers: the verifier ends, and says something or nothing.
int damage(const std::string &path);
/// Prints strings for a disassembler, a pair of lines each: a marker and the string.
int print_strings(const std::string &family);
/// Holds what a disassembler, LLVM's of a version, said of a family against the verifier.
int compare(const std::string &family, unsigned version, const std::string &answers);

} // namespace verify_test
