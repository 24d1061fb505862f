/// The program that tests/hosted/emulate_check runs in the guest: one small action, named by the
/// first word.
#include <sys/utsname.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace {

/// Standard input to standard output, and its size to standard error.
int copy() {
    unsigned long bytes = 0;
    for (int byte = std::getchar(); byte != EOF; byte = std::getchar()) {
        std::putchar(byte);
        ++bytes;
    }
    std::fprintf(stderr, "%lu bytes\n", bytes);
    return 0;
}

int kernel() {
    utsname name{};
    uname(&name);
    std::puts(name.release);
    return 0;
}

[[noreturn]] void spin() {
    std::puts("spinning");
    std::fflush(stdout);
    for (;;) {
        asm volatile("pause");
    }
}

} // namespace

int main(int count, char **words) {
    const std::string_view deed = count > 1 ? words[1] : "";
    if (deed == "copy") {
        return copy();
    }
    if (deed == "kernel") {
        return kernel();
    }
    if (deed == "exit" && count > 2) {
        return std::atoi(words[2]);
    }
    if (deed == "signal" && count > 2) {
        return std::raise(std::atoi(words[2]));
    }
    if (deed == "spin") {
        spin();
    }
    std::fputs("usage: guest_job copy|kernel|exit N|signal N|spin\n", stderr);
    return 2;
}
