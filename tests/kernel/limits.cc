/// Requests that the kernel grants or refuses to a whole program: its own file, page 0, executable
/// memory.
#include <asm/unistd.h>
#include <linux/mman.h>

#include "rt/sys/file.h"
#include "tests/kernel/seal.h"

using namespace kernel;

namespace {

constexpr long anywhere = MAP_PRIVATE | MAP_ANONYMOUS;
constexpr long read_write = PROT_READ | PROT_WRITE;
constexpr long read_execute = PROT_READ | PROT_EXEC;

long map_raw(uintptr_t place, long protection, long flags) {
    return rt::sys::call_raw(__NR_mmap, place, POSTERN_PAGE, protection, flags, -1);
}

/// [linux sysctl/vm v6.12]
uint64_t smallest_address() {
    const auto file = rt::sys::open("/proc/sys/vm/mmap_min_addr", rt::sys::Access::read);
    char text[32] = {};
    CHILD_EXPECT(file && bool(rt::sys::read(file.value(), text, sizeof text - 1)));
    uint64_t number = 0;
    for (const char *digit = text; *digit >= '0' && *digit <= '9'; ++digit) {
        number = number * 10 + static_cast<uint64_t>(*digit - '0');
    }
    return number;
}

/// prctl 65 and 66, from 6.3 on. [prctl(2)]
long set_mdwe(long bits) {
    return rt::sys::call_raw(__NR_prctl, 65, bits);
}
long get_mdwe() {
    return rt::sys::call_raw(__NR_prctl, 66);
}

} // namespace

// Removed in 6.11, put back in 6.13 and, by a stable release, in 6.12: in these two either may be
// seen. [linux 2a010c412853, 3b832035387f]
POSTERN_TEST("kernel.file.of_a_running_program_cannot_be_written", SHOWS(kernel_file_null_and_mdwe),
             TRIES(attack_19)) {
    expect_child([] {
        constexpr long may_write = 2; // W_OK
        constexpr long write_only = 1;
        const char *const own = "/proc/self/exe";
        const long permitted = rt::sys::call_raw(__NR_faccessat, -100, own, may_write);
        const long answer = rt::sys::call_raw(__NR_openat, -100, own, write_only);
        const bool blurred = is_from(6, 11) && !is_from(6, 13);
        const long wanted = permitted == 0 ? etxtbsy : permitted; // another user's file
        CHILD_EQUAL(blurred && permitted == 0 && answer >= 0 ? wanted : answer, wanted);
    });
}

// A domain that loads gs with zero must find nothing at the words of a slot.
POSTERN_TEST("kernel.mmap.nothing_below_the_smallest_address", SHOWS(kernel_file_null_and_mdwe)) {
    expect_child([] {
        const uint64_t smallest = smallest_address();
        CHILD_EXPECT(smallest >= POSTERN_PAGE && smallest % POSTERN_PAGE == 0);
        constexpr long nobody = 65534;
        rt::sys::call_raw(__NR_setresuid, nobody, nobody, nobody); // root may map anywhere
        const long flags = anywhere | MAP_FIXED_NOREPLACE;
        CHILD_EQUAL(map_raw(0, read_write, flags), eperm);
        CHILD_EQUAL(map_raw(smallest - POSTERN_PAGE, read_write, flags), eperm);
        CHILD_EQUAL(map_raw(smallest, read_write, flags), smallest);
    });
}

POSTERN_TEST("kernel.mdwe.executable_memory_is_never_writable", SHOWS(kernel_file_null_and_mdwe)) {
    expect_child([] {
        const bool exists = is_from(6, 3);
        const long refused = exists ? eacces : 0;
        const Region data = map(POSTERN_PAGE);
        const Region code = map(POSTERN_PAGE, Protection::read_execute);
        CHILD_EQUAL(set_mdwe(1), exists ? 0 : einval); // PR_MDWE_REFUSE_EXEC_GAIN
        CHILD_EQUAL(get_mdwe(), exists ? 1 : einval);
        const long both = map_raw(0, read_write | PROT_EXEC, anywhere);
        CHILD_EQUAL(both < 0 ? both : 0, refused);
        CHILD_EQUAL(protect(data, read_execute), refused);
        CHILD_EQUAL(protect(code, read_execute), 0); // what is executable may stay so
        CHILD_EQUAL(protect(code, read_write), 0);
        CHILD_EQUAL(protect(code, read_execute), refused);
        CHILD_EXPECT(map_raw(0, read_execute, anywhere) > 0);
    });
}

POSTERN_TEST("kernel.mdwe.stays_and_is_inherited", SHOWS(kernel_file_null_and_mdwe)) {
    expect_child([] {
        const bool exists = is_from(6, 3);
        CHILD_EQUAL(set_mdwe(1), exists ? 0 : einval);
        CHILD_EQUAL(set_mdwe(0), exists ? eperm : einval);
        const int status = run_fork([] { CHILD_EQUAL(get_mdwe(), is_from(6, 3) ? 1 : einval); });
        CHILD_EQUAL(status, 0);
    });
}
