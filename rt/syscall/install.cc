/// Installing the seccomp filter.
#include "rt/syscall/install.h"

#include "rt/base/options.h"
#include "rt/base/panic.h"
#include "rt/base/slot.h"
#include "rt/domain/alias.h"
#include "rt/domain/table.h"
#include "rt/key/isolation.h"
#include "rt/sys/filter.h"
#include "rt/sys/random.h"
#include "rt/syscall/filter.h"

extern "C" {
/// rt/sys/call.S, rt/trap/restore.S: where the two `syscall` instructions end.
extern const char rt_sys_behind_syscall[], rt_trap_behind_sigreturn[];
}

namespace rt::syscall {

namespace {

Sites sites() {
    return {reinterpret_cast<uint64_t>(rt_sys_behind_syscall),
            reinterpret_cast<uint64_t>(rt_trap_behind_sigreturn)};
}

/// None where nothing seals: the kernel would discard a domain's memory for every other one.
Discards discards(seal::Provider provider) {
    Discards to;
    for (const auto &record : domain::Table()) {
        if (record.kind != linker::Kind::domain_heap || provider != seal::Provider::mseal ||
            key::is_apart(domain::domain_of(record))) { // of which the file is discarded
            continue;
        }
        const base::Region end = domain::end_given_back(record);
        if (!end.empty()) {
            to.ranges[to.count++] = {end.begin(), end.bytes()};
        }
    }
    return to;
}

/// Fills the call word in, installs the program, and leaves no copy of the word. The kernel has a
/// copy of its own, which it shows only to a process that may trace this one.
base::Result<base::Done> install_with_word(Program program) {
    put_word(program, base::slot().call_word);
    const auto done = sys::install_filter(program.steps, program.count, true);
    program = {};
    asm volatile("" : : "r"(&program) : "memory"); // keeps the compiler from leaving the zeros out
    return done;
}

} // namespace

SeccompMode seccomp_mode() {
    if (__option_without_filter == 1) {
        return SeccompMode::omitted;
    }
    if (!domain::has_domains()) {
        return SeccompMode::nobody;
    }
    if (!sys::has_filters()) {
        return SeccompMode::missing;
    }
    return __option_may_exec == 1 ? SeccompMode::may_exec : SeccompMode::strict;
}

void choose_call_word() {
    uint64_t &word = base::slot().call_word;
    base::must(sys::fill_with_random(&word, sizeof word),
               "asking the kernel for the random word that system calls show (getrandom)");
    word &= word_bits;
}

void install_filter(SeccompMode mode, seal::Provider provider) {
    constexpr const char *what = "installing the system call filter";
    if (mode == SeccompMode::strict) {
        const Halves halves = domain::is_any_apart() ? of_spaces : of_image;
        base::must(install_with_word(strict_filter(sites(), discards(provider), halves)), what);
    } else if (mode == SeccompMode::may_exec) {
        const Program program = inherited_filter();
        base::must(sys::install_filter(program.steps, program.count, false), what);
    }
}

base::Result<base::Done> leave_calls_to_sites() {
    return install_with_word(site_filter(sites()));
}

} // namespace rt::syscall
