/// What is left on the kernel's initial stack once the program runs: nothing that it was given.
#include <linux/auxvec.h>

#include "rt/sys/file.h"
#include "tests/rt/crt/again.h"
#include "tests/rt/domain/smaps.h"

namespace {

using rt::base::must;

struct Stack {
    uint64_t begin = 0;
    uint64_t end = 0;
};

Stack mapped_stack() {
    for (const auto &mapping : smaps::read()) {
        if (mapping.is_named("[stack]")) {
            return {mapping.begin, mapping.end};
        }
    }
    return {};
}

/// The stack pointer that the kernel started the program with: field 28. [proc_pid_stat(5)]
uint64_t first_stack_pointer() {
    const auto file = must(rt::sys::open("/proc/self/stat", rt::sys::Access::read), "stat");
    char text[1024] = {};
    must(rt::sys::read(file, text, sizeof text - 1), "reading stat");
    must(rt::sys::close(file), "closing stat");
    const char *character = text;
    for (int field = 2; field < 28;) { // the second one ends with ") "
        const bool name_ends = field != 2 || character[-1] == ')';
        field += *character++ == ' ' && name_ends && character > text + 4;
    }
    uint64_t number = 0;
    while (*character >= '0' && *character <= '9') {
        number = number * 10 + static_cast<uint64_t>(*character++ - '0');
    }
    return number;
}

uint64_t count_bytes_set(uint64_t begin, uint64_t end) {
    uint64_t set = 0;
    for (uint64_t address = begin; address < end; ++address) {
        set += *reinterpret_cast<const unsigned char *>(address) != 0;
    }
    return set;
}

} // namespace

POSTERN_TEST("run.start.the_kernels_stack_is_wiped") {
    const Stack stack = mapped_stack();
    const uint64_t first = first_stack_pointer();
    if (!EXPECT(first >= stack.begin && first < stack.end)) {
        return;
    }
    const crt::Handoff &handoff = again::handoff(harness::arguments());
    EXPECT_EQUAL(handoff.stack_begin, first & ~uint64_t{POSTERN_PAGE - 1});
    EXPECT_EQUAL(handoff.stack_end, stack.end);
    EXPECT_EQUAL(first % POSTERN_PAGE,
                 reinterpret_cast<uint64_t>(handoff.arguments - 1) % POSTERN_PAGE);
    EXPECT_EQUAL(count_bytes_set(first, stack.end), 0);
}

POSTERN_TEST("run.start.no_copy_of_the_random_bytes_is_left") {
    const crt::Handoff &handoff = again::handoff(harness::arguments());
    const auto random = handoff.auxiliary_value(AT_RANDOM, 0);
    uint64_t secret[2];
    __builtin_memcpy(secret, reinterpret_cast<const void *>(random), sizeof secret);
    const Stack stack = mapped_stack();
    uint64_t found = 0;
    for (uint64_t address = stack.begin; address + 8 <= stack.end; ++address) {
        uint64_t word;
        __builtin_memcpy(&word, reinterpret_cast<const void *>(address), sizeof word);
        found += word == secret[0] || word == secret[1];
    }
    EXPECT_EQUAL(found, 0);
    EXPECT(secret[0] != 0 && secret[1] != 0);
}

POSTERN_TEST("deny.start.arguments_are_read_only") {
    static const char *first;
    first = harness::arguments()[0];
    EXPECT(*first != '\0');
    const auto end = harness::in_child([] { *const_cast<volatile char *>(first) = 'x'; });
    EXPECT_EQUAL(end.exit_status, 70);
    rt::Line wanted;
    wanted
        .format("postern: the monitor itself: write of {} (monitor's arguments) at ",
                rt::Hex{reinterpret_cast<uint64_t>(first)})
        .append('\0');
    EXPECT(end.says(wanted.text()));
}
