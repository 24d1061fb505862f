/// The attacker waits for the process to end, and wants to be read afterwards: a core file holds
/// all memory, of every key. What must hold: the kernel writes none. In a child that has taken both
/// refusals back, which no domain can, it does: the permitted access.
#include <asm/resource.h>
#include <asm/unistd.h>
#include <linux/prctl.h>
#include <linux/resource.h>

#include "rt/sys/call.h"
#include "rt/sys/process.h"
#include "rt/sys/signal.h"
#include "tests/harness/harness.h"

namespace {

using rt::sys::call_raw;

constexpr int by_segmentation = 11, core_written = 0x80; // [wait(2)]

/// As by a bug, with as large a core file as the program was left: a domain cannot end it, but
/// before 6.12 (attack.limits).
void die() {
    rlimit64 core{};
    call_raw(__NR_prlimit64, 0, RLIMIT_CORE, 0, &core);
    core.rlim_cur = core.rlim_max;
    call_raw(__NR_prlimit64, 0, RLIMIT_CORE, &core, 0);
    static_cast<void>(rt::sys::set_default(rt::sys::Signal::memory));
    static_cast<void>(rt::sys::raise(rt::sys::Signal::memory));
    rt::sys::exit(3);
}

void allow_cores_and_die() {
    constexpr rlimit64 all{~uint64_t{0}, ~uint64_t{0}};
    if (call_raw(__NR_prlimit64, 0, RLIMIT_CORE, &all, 0) != 0 ||
        call_raw(__NR_prctl, PR_SET_DUMPABLE, 1, 0, 0, 0) != 0) {
        rt::sys::exit(2);
    }
    die();
}

/// A core file's names without and with core_uses_pid. [core(5)]
void remove_core_of(long child) {
    rt::Line name;
    name.format("core.{}", child).append('\0');
    call_raw(__NR_unlink, name.text());
    call_raw(__NR_unlink, "core");
}

/// The status of a child's end, as wait4(2) gives it.
int end_of(void (*body)()) {
    constexpr long sigchld = 17;
    const long child = call_raw(__NR_clone, sigchld);
    if (child == 0) {
        body();
    }
    int status = 0;
    EXPECT(call_raw(__NR_wait4, child, &status) == child);
    if ((status & core_written) != 0) {
        remove_core_of(child);
    }
    return status;
}

} // namespace

POSTERN_TEST("attack.dead.leaves_no_core_file", SHOWS(no_core_file), TRIES(attack_44)) {
    if (EXPECT_EQUAL(end_of(die), by_segmentation) &&
        (end_of(allow_cores_and_die) & core_written) == 0) {
        harness::skip("this machine writes no core files, or not for this user");
    }
}
