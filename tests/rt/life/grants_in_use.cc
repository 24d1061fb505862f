/// A granted file stays what it is while a call or a service works on it.
#include <asm/unistd.h>

#include "rt/sys/call.h"
#include "tests/harness/standard_error.h"
#include "tests/rt/signal/ticks.h"
#include "tests/rt/syscall/calls.h"

namespace {

using rt::Errno;
using rt::sys::Descriptor;

POSTERN_BSS(alice) uint64_t words[7];
POSTERN_BSS(alice) char byte;
constexpr rt::Entry<Domain::alice, test_make_call> makes_call;

constexpr auto interrupted = 0 - static_cast<uint64_t>(Errno::interrupted);

constinit uint32_t number_of_pipe = 0;
constinit uint64_t busy = 0;
constinit const harness::Pipe *pipe_now = nullptr;

bool is_busy(uint32_t number) {
    const auto taken = rt::revoke_descriptor(Domain::alice, number);
    return !taken && taken.error() == Errno::busy;
}

/// Wants alice's file back, and ends the call that waits on it. Where none waits yet, the file is
/// granted again: the number is the same, because it is the lowest one.
void take_back(rt::Signal) {
    if (is_busy(number_of_pipe)) {
        ++busy;
        static_cast<void>(rt::sys::write(pipe_now->writer(), "!", 1));
    } else {
        static_cast<void>(rt::grant_descriptor(Domain::alice, pipe_now->reader()));
    }
}

// Alice asks for a service that works on a file of hers, and calls bob meanwhile, whose service
// wants that file back.
constexpr rt::Service<1, uint64_t(uint64_t number)> work;
constexpr rt::Service<2, uint64_t(uint64_t number)> disturb;
uint64_t ask_for_work(uint64_t number) {
    return work(number);
}
uint64_t ask_to_disturb(uint64_t number) {
    return disturb(number);
}
constexpr rt::Entry<Domain::alice, ask_for_work> alice_asks;
constexpr rt::Entry<Domain::bob, ask_to_disturb> bob_asks;

uint64_t handle_work(Domain caller, uint64_t number) {
    const rt::DescriptorUse use(caller, number);
    const uint64_t was_busy = rt::call<Domain::bob>(bob_asks, number).value_or(0);
    return use.file() && rt::sys::is_open(use.file().value()) ? was_busy : 0;
}
uint64_t handle_disturb(Domain, uint64_t number) {
    return is_busy(static_cast<uint32_t>(number)) ? 1 : 0;
}

} // namespace

POSTERN_SERVICES(rt::provide<work, handle_work>(Domain::alice),
                 rt::provide<disturb, handle_disturb>(Domain::bob));

POSTERN_TEST("deny.grants.a_signal_handler_takes_no_file_that_a_call_waits_on",
             SHOWS(granted_file_stays_while_in_use)) {
    const harness::Pipe pipe;
    pipe_now = &pipe;
    busy = 0;
    const auto number = rt::grant_descriptor(Domain::alice, pipe.reader());
    number_of_pipe = number.value_or(99);
    const uint64_t wanted[7] = {__NR_read, number_of_pipe, reinterpret_cast<uint64_t>(&byte), 1};
    EXPECT(bool(rt::copy_to_domain(Domain::alice, rt::Claimed::of(words), wanted, sizeof wanted)));
    {
        const ticks::Ticks ticks(10'000);
        EXPECT(bool(rt::on_signal(rt::Signal::alarm, take_back)));
        const auto answer = rt::call<Domain::alice>(makes_call, rt::Claimed::of(words));
        // The byte, or the signal, ends it.
        EXPECT(bool(answer)) && EXPECT(answer.value() == 1 || answer.value() == interrupted);
    }
    EXPECT(busy != 0);
    EXPECT(bool(rt::on_signal(rt::Signal::alarm, nullptr)));
    const auto taken = rt::revoke_descriptor(Domain::alice, number_of_pipe); // no call, no use
    EXPECT(bool(taken)) && EXPECT(taken.value() == pipe.reader());
}

POSTERN_TEST("deny.grants.a_service_takes_no_file_that_another_one_works_on",
             SHOWS(granted_file_stays_while_in_use)) {
    const harness::Pipe pipe;
    const auto number = rt::grant_descriptor(Domain::alice, pipe.reader());
    const auto was_busy = rt::call<Domain::alice>(alice_asks, uint64_t{number.value_or(99)});
    EXPECT(bool(was_busy)) && EXPECT_EQUAL(was_busy.value(), 1);
    EXPECT(bool(rt::revoke_descriptor(Domain::alice, number.value_or(99))));
}

POSTERN_TEST("run.grants.a_file_in_use_is_closed_after_its_last_use",
             SHOWS(granted_file_stays_while_in_use)) {
    const auto file = rt::sys::open("/proc/self/exe", rt::sys::Access::read);
    const auto number = rt::syscall::grant_opened(Domain::alice, file.value());
    {
        const rt::DescriptorUse first(Domain::alice, number.value_or(99));
        {
            const rt::DescriptorUse second(Domain::alice, number.value_or(99));
            EXPECT(bool(rt::restart(Domain::alice)));
            EXPECT(rt::sys::is_open(file.value()));
        }
        EXPECT(rt::sys::is_open(first.file().value()));
        // The number is not the domain's any more, and not free yet.
        EXPECT(!rt::lookup_descriptor(Domain::alice, number.value_or(99)));
        EXPECT(rt::revoke_descriptor(Domain::alice, number.value_or(99)).error() ==
               Errno::bad_descriptor);
        const auto next = rt::grant_descriptor(Domain::alice, Descriptor::error);
        EXPECT(next && next.value() != number.value_or(99));
        EXPECT(bool(rt::revoke_descriptor(Domain::alice, next.value_or(99))));
    }
    EXPECT(!rt::sys::is_open(file.value()));
    const auto again = rt::grant_descriptor(Domain::alice, Descriptor::error);
    EXPECT(again && again.value() == number.value_or(99));
    EXPECT(bool(rt::revoke_descriptor(Domain::alice, again.value_or(99))));
}
