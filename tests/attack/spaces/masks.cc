/// The attacker forges a signal frame and has the kernel believe it, which its process may: to
/// block the signal that stops it, or to move its alternate stack. The terminal's signals come,
/// too. What must hold: its call ends in its time, the monitor reads no frame elsewhere, and honest
/// processes go on.
#include <asm/unistd.h>

#include "rt/sys/call.h"
#include "rt/sys/process.h"
#include "rt/trap/frame.h"
#include "tests/attack/canaries.h"
#include "tests/attack/spaces/hostile.h"
#include "tests/attack/spaces/process.h"

extern "C" const char rt_space_stub_syscall[];

namespace {

using rt::FaultKind;
using rt::sys::call_raw;
using namespace spaces;

constexpr uint64_t milliseconds = 1'000'000, long_time = 2000 * milliseconds;
constexpr uint64_t stack_bytes = 0x4000, disabled = 2; // SS_DISABLE

POSTERN_BSS(alice) alignas(16) rt::trap::Frame alices_frame;
POSTERN_BSS(alice) alignas(16) char alices_stack[stack_bytes];

/// A strike by which the kernel takes a frame that goes on at `rip`, with every signal blocked, and
/// the alternate stack at `stack`; 0 for none.
attack::Outcome return_to(const void *rip, uint64_t stack, uint64_t time) {
    rt::trap::Frame frame{};
    frame.context.uc_mcontext.rip = address_of(rip);
    frame.context.uc_mcontext.rsp = attack::own_stack();
    frame.context.uc_mcontext.cs = attack::user_code;
    frame.context.uc_mcontext.ss = attack::user_data;
    frame.context.uc_mcontext.eflags = 2;
    frame.context.uc_stack.ss_flags = stack == 0 ? disabled : 0;
    frame.context.uc_stack.ss_sp = reinterpret_cast<void *>(stack);
    frame.context.uc_stack.ss_size = stack_bytes;
    frame.context.uc_sigmask = {~uint64_t{0}};
    EXPECT(bool(
        rt::copy_to_domain(Domain::alice, rt::Claimed::of(&alices_frame), &frame, sizeof frame)));
    attack::RegisterFile file = attack::hostile_file();
    file.rip = address_of(rt_space_stub_syscall);
    file.rax = __NR_rt_sigreturn;
    file.rsp = address_of(&alices_frame.context);
    attack::load(file);
    return attack::fire_within(time);
}

/// In alice's child: says that a signal came, with its frame there.
void claim_frame(uint64_t signal, uint64_t place) {
    auto &answers = *reinterpret_cast<volatile rt::space::Answers *>(rt::space::answers_in_child());
    answers.words[0] = signal;
    answers.words[1] = place;
    answers.kind = RT_EVENT_TRAPPED;
    reinterpret_cast<void (*)()>(address_of(rt_space_stub_post))(); // and wakes the monitor
}
constexpr rt::Entry<Domain::alice, claim_frame> claim_frame_entry;

} // namespace

POSTERN_TEST("attack.spaces.frames_elsewhere", SHOWS(forged_events_are_claims), TRIES(attack_117)) {
    attack::set_canaries();
    using rt::space::Answers;
    const uint64_t answers = rt::space::answers_in_child();
    const uint64_t stack = answers + offsetof(Answers, signal_stack);
    const uint64_t last = answers + sizeof(Answers) - sizeof(rt::trap::Frame);
    const uint64_t places[] = {0,
                               8,
                               answers,
                               stack - 16,
                               stack + 4,
                               last + 16,
                               answers + sizeof(Answers),
                               answers + 1000 * sizeof(Answers),
                               answers - 1000 * sizeof(Answers),
                               rt::space::mailbox_in_child(),
                               address_of(attack::monitor_canary(0)),
                               address_of(attack::bob_canary()),
                               address_of(&alices_frame),
                               ~uint64_t{15}};
    for (const uint64_t place : places) {
        constexpr uint64_t of_memory = 11; // SIGSEGV
        const auto answer = rt::call_within<Domain::alice>(2000 * milliseconds, claim_frame_entry,
                                                           of_memory, place);
        EXPECT(!answer && answer.fault().kind == FaultKind::forged);
    }
    EXPECT(attack::canaries_intact() && all_well());
}

POSTERN_TEST("attack.spaces.blocks_the_signal_that_stops_it", SHOWS(deadline_cuts_a_domain),
             TRIES(attack_4)) {
    attack::set_canaries();
    const uint64_t begun = now();
    const auto outcome = return_to(reinterpret_cast<const void *>(spin), 0, 5 * milliseconds);
    EXPECT(!outcome.returned && outcome.fault.kind == FaultKind::deadline);
    EXPECT(now() - begun < its_time_at_most());
    EXPECT(attack::canaries_intact() && all_well());
}

POSTERN_TEST("attack.spaces.moves_its_alternate_stack", SHOWS(forged_events_are_claims),
             TRIES(attack_4, attack_117)) {
    attack::set_canaries();
    const auto outcome = return_to(attack_undefined, address_of(alices_stack), long_time);
    EXPECT(!outcome.returned && outcome.fault.domain == Domain::alice);
    EXPECT(outcome.fault.kind == FaultKind::forged || outcome.fault.kind == FaultKind::died);
    const auto none = return_to(attack_undefined, 0, long_time);
    EXPECT(!none.returned && none.fault.domain == Domain::alice);
    EXPECT(attack::canaries_intact() && all_well());
}

// Those of a terminal reach a whole group of processes.
POSTERN_TEST("attack.spaces.signals_of_a_terminal", SHOWS(dead_child_is_a_fault),
             TRIES(attack_118)) {
    EXPECT(all_well());
    const long processes[] = {zygote(), process_of(Domain::alice), process_of(Domain::bob)};
    const long own_group = call_raw(__NR_getpgid, 0);
    for (const long process : processes) {
        constexpr long signals[] = {1, 2, 3, 15, 20, 21, 22, 28}; // SIGHUP to SIGWINCH
        EXPECT(call_raw(__NR_getpgid, process) != own_group);
        for (const long signal : signals) {
            EXPECT_EQUAL(send(process, signal), 0);
        }
    }
    EXPECT(all_well());
    EXPECT_EQUAL(process_of(Domain::alice), processes[1]);
    EXPECT_EQUAL(process_of(Domain::bob), processes[2]);
    rt::space::bury(rt::space::child_of(Domain::alice));
    EXPECT(all_well()); // the zygote, too, goes on
}
