/// Where the kernel puts a frame, by the interrupted stack pointer. [linux signal.c v6.12]
#include "tests/kernel/answers.h"
#include "tests/kernel/experiment.h"

#include <asm/unistd.h>

#include "rt/sys/call.h"
#include "rt/sys/process.h"

using namespace kernel;

namespace {

constexpr unsigned auto_disarm = 1u << 31; // SS_AUTODISARM
constexpr int on_stack = 1;                // SS_ONSTACK
constexpr int disabled = 2;                // SS_DISABLE
constexpr size_t red_zone = 128;           // [psabi 3.2.2]
constexpr unsigned char fill = 0x77;
constexpr size_t most_of_a_frame = 0x4000;

constinit Region scratch = Region::from_raw(0, 0);

void fill_scratch() {
    scratch = map(0x10000);
    kernel_set_pkru(0);
    __builtin_memset(reinterpret_cast<void *>(scratch.begin()), fill, scratch.bytes());
}

long set_stack(Region stack, unsigned flags) {
    stack_t description{};
    description.ss_sp = reinterpret_cast<void *>(stack.begin());
    description.ss_size = stack.bytes();
    description.ss_flags = static_cast<int>(flags);
    return rt::sys::call_raw(__NR_sigaltstack, &description, 0);
}

int stack_flags() {
    stack_t present{};
    rt::sys::call_raw(__NR_sigaltstack, 0, &present);
    return present.ss_flags;
}

/// One SIGUSR1 with the stack pointer at `place`.
void take_signal_at(uintptr_t place) {
    catch_signal(Signal::user1);
    catch_signal(Signal::memory);
    const long thread = rt::sys::call_raw(__NR_gettid);
    kernel_strike(0, kernel_act_signal_on_stack, static_cast<long>(place), rt::sys::getpid(),
                  thread, static_cast<long>(Signal::user1));
}

/// Whether the frame is at the end of `stack`.
bool is_at_end(Region stack) {
    return notes().stack >= stack.end() - most_of_a_frame && notes().stack < stack.end();
}

} // namespace

POSTERN_TEST("kernel.alternate_stack.takes_the_frame_at_its_end", SHOWS(kernel_frame_place)) {
    expect_child([] {
        fill_scratch();
        const Region stack = alternate_stack(0);
        set_ways(
            {.edit = [](Frame &) { notes().words[0] = static_cast<uint64_t>(stack_flags()); }});
        take_signal_at(scratch.begin() + 0x8000);
        CHILD_EQUAL(notes().ended, 1);
        CHILD_EXPECT(is_at_end(stack));
        CHILD_EQUAL(notes().words[0], on_stack);
        for (uintptr_t place = scratch.begin(); place != scratch.end(); ++place) {
            CHILD_EQUAL(*reinterpret_cast<unsigned char *>(place), fill);
        }
    });
}

// Without one the interrupted stack pointer chooses what the frame overwrites, all but the red
// zone.
POSTERN_TEST("kernel.alternate_stack.without_one_the_frame_goes_below_the_stack_pointer",
             SHOWS(kernel_frame_place)) {
    expect_child([] {
        fill_scratch();
        const uintptr_t pointer = scratch.begin() + 0x8000;
        take_signal_at(pointer);
        CHILD_EQUAL(notes().ended, 1);
        CHILD_EXPECT(notes().stack < pointer - red_zone &&
                     notes().stack >= pointer - most_of_a_frame);
        for (uintptr_t place = pointer - red_zone; place != scratch.end(); ++place) {
            CHILD_EQUAL(*reinterpret_cast<unsigned char *>(place), fill);
        }
    });
}

POSTERN_TEST("kernel.alternate_stack.in_its_middle_the_frame_goes_below_the_stack_pointer",
             SHOWS(kernel_frame_place)) {
    expect_child([] {
        const Region stack = alternate_stack(0);
        const uintptr_t pointer = stack.begin() + 0x8000;
        take_signal_at(pointer);
        CHILD_EQUAL(notes().ended, 1);
        CHILD_EXPECT(notes().stack < pointer && notes().stack >= pointer - most_of_a_frame);
    });
}

// Neither the signal nor SIGSEGV, which has a handler too, finds room: death.
POSTERN_TEST("kernel.alternate_stack.near_its_bottom_is_death", SHOWS(kernel_frame_place)) {
    const harness::ChildEnd end = run_child([] {
        fill_scratch();
        // The lower half is in reach of a frame that would not be checked.
        const Region stack = Region::from_raw(scratch.begin() + 0x8000, scratch.end());
        CHILD_EQUAL(set_stack(stack, 0), 0);
        take_signal_at(stack.begin() + 0x100);
    });
    expect_death(end, Signal::memory);
    EXPECT_EQUAL(notes().entered, 0);
}

// A stack that disarms itself is not registered while a handler runs, so each frame begins at its
// end.
POSTERN_TEST("kernel.alternate_stack.one_that_disarms_itself_lives_near_its_bottom",
             SHOWS(kernel_frame_place)) {
    expect_child([] {
        const Region stack = map(0x10000);
        CHILD_EQUAL(set_stack(stack, auto_disarm), 0);
        set_ways(
            {.edit = [](Frame &) { notes().words[0] = static_cast<uint64_t>(stack_flags()); }});
        take_signal_at(stack.begin() + 0x100);
        CHILD_EQUAL(notes().ended, 1);
        CHILD_EXPECT(is_at_end(stack));
        CHILD_EQUAL(notes().words[0], disabled);
        CHILD_EQUAL(static_cast<unsigned>(stack_flags()), auto_disarm); // by rt_sigreturn
    });
}

POSTERN_TEST("kernel.alternate_stack.wrong_ones_are_refused", SHOWS(kernel_frame_place)) {
    expect_child([] {
        const Region stack = alternate_stack(0);
        const Region small = Region::from_raw(stack.begin(), stack.begin());
        CHILD_EQUAL(set_stack(small, 0), enomem);
        CHILD_EQUAL(set_stack(stack, 4), einval);
        // Nor can it be changed by a handler that runs on it.
        set_ways({.edit = [](Frame &frame) {
            const auto begin = reinterpret_cast<uintptr_t>(&frame) & ~uintptr_t{POSTERN_PAGE - 1};
            const Region other = Region::from_raw(begin, begin + 4 * POSTERN_PAGE);
            notes().words[0] = static_cast<uint64_t>(set_stack(other, 0));
        }});
        catch_signal(Signal::user1);
        strike_with_signal(0, Signal::user1);
        CHILD_EQUAL(notes().handled, 1);
        CHILD_EQUAL(notes().words[0], eperm);
    });
}
