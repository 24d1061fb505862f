/// The C library of domains against the C library of this machine, on the same inputs.
#include "tests/crt/library/against_glibc.h"

#include <sys/mman.h>

#include <cstdio>
#include <cstring>

namespace library {

namespace {

constexpr std::size_t page = 4096;
int failures;
bool has_failed;

} // namespace

bool check(bool good, const char *what, const std::string &input) {
    if (!good) {
        if (++failures <= 20) {
            std::printf("%s differs on: %s\n", what, input.c_str());
        }
        has_failed = true;
    }
    return good;
}

void end_case(const char *name) {
    std::printf("%s %s\n", has_failed ? "failed" : "passed", name);
    has_failed = false;
}

int status() {
    return failures == 0 ? 0 : 1;
}

AtTheEnd::AtTheEnd() {
    void *pages = mmap(nullptr, 3 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    end_ = static_cast<char *>(pages) + 2 * page;
    mprotect(end_, page, PROT_NONE);
}

char *AtTheEnd::put(const std::string &text) {
    char *const begin = end_ - text.size() - 1;
    std::memcpy(begin, text.c_str(), text.size() + 1);
    return begin;
}

char *AtTheEnd::room(std::size_t count, int value) {
    std::memset(end_ - count, value, count);
    return end_ - count;
}

std::string some_text(std::size_t most) {
    constexpr char characters[] = "aabbAB \t\x80\xff.0";
    std::string text;
    for (std::size_t left = below(most + 1); left != 0; --left) {
        text += characters[below(sizeof characters - 1)];
    }
    return text;
}

} // namespace library

int main() {
    // native.library.strings_are_those_of_glibc shows domains_have_c
    library::strings();
    library::end_case("native.library.strings_are_those_of_glibc");
    // native.library.copies_are_those_of_glibc shows domains_have_c
    library::copies();
    library::end_case("native.library.copies_are_those_of_glibc");
    // native.library.numbers_are_those_of_glibc shows domains_have_c
    library::numbers_from_text();
    library::end_case("native.library.numbers_are_those_of_glibc");
    // native.library.formats_are_those_of_glibc shows domains_have_c
    library::formats();
    library::end_case("native.library.formats_are_those_of_glibc");
    // native.library.fortified_functions_are_those_of_glibc shows domains_have_c ends_of_domains_say_so
    library::fortified();
    library::end_case("native.library.fortified_functions_are_those_of_glibc");
    // native.library.others_are_those_of_glibc shows domains_have_c
    library::others();
    library::end_case("native.library.others_are_those_of_glibc");
    return library::status();
}
