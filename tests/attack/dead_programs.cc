/// The attacker ends the process, as it can, and wants to be read afterwards: a core file holds all
/// memory, of every key. What must hold: the kernel writes none. In a child that has taken both
/// refusals back, which no domain can, it does: the permitted access.
#include <asm/resource.h>
#include <asm/unistd.h>
#include <linux/prctl.h>
#include <linux/resource.h>

#include "rt/domain/tag.h"
#include "rt/sys/call.h"
#include "rt/sys/process.h"
#include "tests/attack/strike.h"

namespace {

using rt::sys::call_raw;

/// With as large a core file as the program was left, and a stack pointer so near to the bottom of
/// the alternate stack that no frame fits (attack.limits).
void die() {
    rlimit64 core{};
    call_raw(__NR_prlimit64, 0, RLIMIT_CORE, 0, &core);
    core.rlim_cur = core.rlim_max;
    call_raw(__NR_prlimit64, 0, RLIMIT_CORE, &core, 0);
    attack::RegisterFile file = attack::hostile_file();
    file.rip = attack::address_of(attack_undefined);
    file.rsp = rt::domain::alternate_stack(0).begin() + 0x100;
    static_cast<void>(attack::strike(file));
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

/// The status of a child's end, as wait4(2) gives it.
int end_of(void (*body)()) {
    constexpr long sigchld = 17;
    const long child = call_raw(__NR_clone, sigchld);
    if (child == 0) {
        body();
    }
    int status = 0;
    EXPECT(call_raw(__NR_wait4, child, &status) == child);
    return status;
}

constexpr int by_segmentation = 11, core_written = 0x80; // [wait(2)]

} // namespace

POSTERN_TEST("attack.dead.leaves_no_core_file") {
    EXPECT_EQUAL(end_of(die), by_segmentation);
    const int status = end_of(allow_cores_and_die);
    if ((status & core_written) == 0) {
        return harness::skip("this machine writes no core files, or not for this user");
    }
    call_raw(__NR_unlink, "core");
}
