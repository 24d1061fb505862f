/// Putting the second wall up.
#include "rt/policy/install.h"

#include "rt/base/options.h"
#include "rt/base/panic.h"
#include "rt/base/slot.h"
#include "rt/domain/table.h"
#include "rt/policy/filter.h"
#include "rt/sys/filter.h"
#include "rt/sys/random.h"

extern "C" {
/// rt/sys/call.S, rt/trap/restore.S: where the two `syscall` instructions end.
extern const char rt_sys_behind_syscall[], rt_trap_behind_sigreturn[];
}

namespace rt::policy {

namespace {

Sites sites() {
    return {reinterpret_cast<uint64_t>(rt_sys_behind_syscall),
            reinterpret_cast<uint64_t>(rt_trap_behind_sigreturn)};
}

/// Fills the call word in, installs the program, and leaves no copy of the word behind: the kernel
/// has its own, and shows it to nobody who may not trace this process.
base::Result<base::Done> install_with_word(Program program) {
    put_word(program, base::slot().call_word);
    const auto done = sys::install_filter(program.steps, program.count, true);
    program = {};
    asm volatile("" : : "r"(&program) : "memory"); // else nobody would read the zeros
    return done;
}

} // namespace

Wall second_wall() {
    if (__option_without_filter == 1) {
        return Wall::omitted;
    }
    if (!domain::has_domains()) {
        return Wall::nobody;
    }
    if (!sys::has_filters()) {
        return Wall::missing;
    }
    return __option_may_exec == 1 ? Wall::may_exec : Wall::strict;
}

void choose_call_word() {
    uint64_t &word = base::slot().call_word;
    base::must(sys::fill_with_random(&word, sizeof word),
               "asking the kernel for the random word that system calls show (getrandom)");
    word &= word_bits;
}

void put_up(Wall wall) {
    constexpr const char *what = "installing the system call filter";
    if (wall == Wall::strict) {
        base::must(install_with_word(strict_filter(sites())), what);
    } else if (wall == Wall::may_exec) {
        const Program program = inherited_filter();
        base::must(sys::install_filter(program.steps, program.count, false), what);
    }
}

base::Result<base::Done> leave_calls_to_sites() {
    return install_with_word(site_filter(sites()));
}

} // namespace rt::policy
