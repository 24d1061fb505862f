/// The PKRU of a frame, and the result of rt_sigreturn with a frame that was changed or forged. All
/// frames are the experiment's own; the alternate stack is on an open key.
#include "tests/kernel/experiment.h"
#include "tests/kernel/version.h"

using namespace kernel;

namespace {

constexpr int own = 1;
constexpr uint32_t started = 0x5555fff0; // keys 0 and 1 open, some with both bits set
constexpr Signal user1 = Signal::user1;

constinit void (*edit)(Frame &) = nullptr;
constinit uint32_t interrupted = 0;
constinit uint32_t after = 0;
constinit int stack_key = own;

/// One SIGUSR1 under `interrupted`, SIGSEGV having no handler; checks all but the end.
void take_signal() {
    CHILD_EQUAL(take_key(), own);
    alternate_stack(stack_key);
    catch_signal(user1);
    set_ways({.return_pkru = 0, .edit = edit});
    strike_with_signal(interrupted, user1);
    const Notes &seen = notes();
    CHILD_EQUAL(seen.handled, 1);
    CHILD_EQUAL(seen.signal, user1);
    CHILD_EQUAL(seen.entry_pkru, default_pkru);
    CHILD_EQUAL(seen.frame_pkru, interrupted);
    CHILD_EQUAL(seen.after_pkru, after);
}

void expect_after(void (*change)(Frame &), uint32_t pkru_after) {
    edit = change;
    interrupted = started;
    after = pkru_after;
    expect_child(take_signal);
}

/// The handler ran, rt_sigreturn was death.
void expect_death_in_return(void (*change)(Frame &)) {
    edit = change;
    interrupted = started;
    expect_death(run_child(take_signal), Signal::memory);
    EXPECT_EQUAL(notes().handled, 1);
}

/// The kernel's own data in the bytes 464 to 511 of the area. [linux sigcontext.h v6.12]
_fpx_sw_bytes &software_bytes(Frame &frame) {
    return *reinterpret_cast<_fpx_sw_bytes *>(xsave_area(frame) + 464);
}

/// Makes the frame lead to a copy of its area, `offset` bytes after an address that is aligned to
/// 64.
void move_area(Frame &frame, size_t offset) {
    alignas(64) static constinit unsigned char copy[0x6000];
    const uint32_t bytes = software_bytes(frame).extended_size;
    CHILD_EXPECT(bytes + offset <= sizeof copy);
    __builtin_memcpy(copy + offset, xsave_area(frame), bytes);
    frame.context.uc_mcontext.fpstate = reinterpret_cast<_fpstate *>(copy + offset);
}

} // namespace

POSTERN_TEST("kernel.frame.holds_the_interrupted_pkru_which_comes_back",
             SHOWS(kernel_frame_holds_pkru)) {
    constexpr uint32_t views[] = {0x55555550, 0x55555552, 0x55555551, 0xfffffff0, 0x5555fff0};
    for (const uint32_t pkru : views) {
        edit = nullptr;
        interrupted = after = pkru;
        expect_child(take_signal);
        EXPECT_EQUAL(notes().frame_has_pkru, 1);
    }
    // With every key open bit 9 may be clear: PKRU is in its initial state then. [sdm-1 13.6]
    interrupted = after = 0;
    expect_child(take_signal);
}

POSTERN_TEST("kernel.frame.an_edited_pkru_is_honoured", SHOWS(kernel_frame_holds_pkru)) {
    expect_after([](Frame &frame) { pkru_word(frame) = 0x55555552; }, 0x55555552);
    expect_after([](Frame &frame) { pkru_word(frame) = 0xfffffff1; }, 0xfffffff1);
    expect_after([](Frame &frame) { pkru_word(frame) = 0; }, 0);
}

// rt_sigreturn reads uc_stack after it has restored PKRU, from 6.12 on before [linux signal_64.c
// v6.12]. 6.6.55, 6.10.14 and 6.11.3 got that change too: between 6.6 and 6.12 either may be seen.
POSTERN_TEST("kernel.frame.an_edited_pkru_may_close_the_stack_itself",
             SHOWS(kernel_frame_holds_pkru)) {
    edit = [](Frame &frame) { pkru_word(frame) = 0x55555554; };
    interrupted = started;
    after = 0x55555554;
    const harness::ChildEnd end = run_child(take_signal);
    EXPECT_EQUAL(notes().handled, 1);
    const bool blurred = is_from(6, 6) && !is_from(6, 12);
    if (is_from(6, 12) || (blurred && end.signal == 0)) {
        EXPECT_EQUAL(end.exit_status, 0);
    } else {
        expect_death(end, Signal::memory);
    }
}

POSTERN_TEST("kernel.frame.without_a_component_pkru_is_initial", SHOWS(kernel_forged_frame),
             TRIES(attack_50)) {
    // xfeatures says what the kernel restores from the area; the rest gets its initial value.
    expect_after([](Frame &frame) { software_bytes(frame).xfeatures &= ~pkru_bit; }, 0);
}

POSTERN_TEST("kernel.frame.without_a_magic_number_pkru_is_initial", SHOWS(kernel_forged_frame)) {
    expect_after([](Frame &frame) { software_bytes(frame).magic1 = 0; }, 0);
    expect_after(
        [](Frame &frame) {
            const uint32_t end = software_bytes(frame).extended_size - FP_XSTATE_MAGIC2_SIZE;
            __builtin_memset(xsave_area(frame) + end, 0, FP_XSTATE_MAGIC2_SIZE);
        },
        0);
}

POSTERN_TEST("kernel.frame.without_an_area_pkru_is_the_default", SHOWS(kernel_forged_frame)) {
    stack_key = 0; // which the default leaves open
    expect_after([](Frame &frame) { frame.context.uc_mcontext.fpstate = nullptr; }, default_pkru);
    stack_key = own;
}

POSTERN_TEST("kernel.frame.an_area_that_the_processor_refuses_is_death",
             SHOWS(kernel_forged_frame)) {
    expect_death_in_return([](Frame &frame) { xstate_bv(frame) |= uint64_t{1} << 40; });
    // XCOMP_BV says compacted; its other bits do not name what XSTATE_BV does. [sdm-1 13.8]
    expect_death_in_return([](Frame &frame) { (&xstate_bv(frame))[1] = uint64_t{1} << 63; });
}

POSTERN_TEST("kernel.frame.a_copy_of_the_area_elsewhere_is_honoured",
             SHOWS(kernel_frame_holds_pkru)) {
    expect_after([](Frame &frame) { move_area(frame, 0); }, started);
}

// Kernels before 5.14 take such an area for one without a magic number; later ones leave it to the
// processor, which refuses. [linux fpu/signal.c v5.10, v6.12]
POSTERN_TEST("kernel.frame.a_misaligned_area", SHOWS(kernel_forged_frame)) {
    const auto misalign = [](Frame &frame) { move_area(frame, 16); };
    if (is_from(5, 14)) {
        expect_death_in_return(misalign);
    } else {
        expect_after(misalign, 0);
    }
}

// Linux 6.12.0 to 6.12.4 on AMD: the kernel's own wrpkru(0) put PKRU into its initial state, XSAVE
// left bit 9 clear, rt_sigreturn gave PKRU 0 [linux ae6012d72fa6]. Here the bit is cleared by hand.
POSTERN_TEST("kernel.simulated.a_frame_without_the_pkru_bit_opens_every_key",
             SHOWS(simulated_frame_of_6_12)) {
    expect_after([](Frame &frame) { xstate_bv(frame) &= ~pkru_bit; }, 0);
}

POSTERN_TEST("kernel.simulated.the_pkru_word_is_right_where_the_bit_is_clear",
             SHOWS(simulated_frame_of_6_12)) {
    expect_after(
        [](Frame &frame) {
            xstate_bv(frame) &= ~pkru_bit;
            notes().words[0] = rt::trap::pkru_of(frame).raw(); // what rt takes for interrupted
        },
        0);
    EXPECT_EQUAL(notes().words[0], started);
}
