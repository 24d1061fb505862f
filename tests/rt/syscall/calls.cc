/// A domain's own system calls: refused, answered, or granted on the monitor's copies.
#include "tests/rt/syscall/calls.h"

#include <asm/unistd.h>
#include <linux/fcntl.h>
#include <linux/time_types.h>

#include "rt/sys/call.h"
#include "tests/harness/harness.h"
#include "tests/harness/refused_call.h"

using namespace rt::syscall;

constexpr uint64_t truncated_or_not_at_all = 0x20 | 0x40; // MSG_TRUNC, MSG_DONTWAIT [recv(2)]
constexpr uint64_t every_message_bit = 0x2 | 0x20 | 0x40 | 0x100 | 0x4000; // that a row may pass on

POSTERN_CALLS(answer(Domain::alice, __NR_getppid, rt::Errno::not_implemented),
              grant(Domain::alice, __NR_getpid),
              grant(Domain::alice, __NR_write, descriptor(), bytes_in(2), scalar()),
              grant(Domain::alice, __NR_read, descriptor(), bytes_out(2), scalar()),
              grant(Domain::alice, __NR_clock_gettime, scalar(1), record_out(16)),
              grant(Domain::alice, __NR_nanosleep, record_in(16)),
              grant(Domain::alice, __NR_getrandom, bytes_out(1), scalar(), flags(1)),
              open_below(Domain::alice, O_RDONLY | O_DIRECTORY),
              grant(Domain::alice, __NR_recvfrom, descriptor(), bytes_out(2), scalar(),
                    flags(truncated_or_not_at_all)),
              grant(Domain::alice, __NR_sendto, descriptor(), bytes_in(2), scalar(),
                    flags(every_message_bit)));

namespace {

using rt::Errno;
using rt::sys::Descriptor;

POSTERN_BSS(alice) uint64_t words[7];
POSTERN_BSS(alice) char memory[8192];
POSTERN_BSS(alice) uint64_t answered;
constinit uint64_t monitors_word = 0x600df00d;

constexpr rt::Entry<Domain::alice, test_make_call> make;
constexpr rt::Entry<Domain::bob, test_make_call> make_as_bob;
constexpr rt::Entry<Domain::alice, test_make_two_calls> make_two;
constexpr rt::Entry<Domain::alice, test_watch_call> watch;
constexpr rt::Entry<Domain::alice, test_call_on> call_on;
constexpr rt::Entry<Domain::alice, test_call_32> call_32;
constexpr rt::Entry<Domain::alice, test_call_by_runtime> call_by_runtime;

uint64_t address_of(const volatile void *object) {
    return reinterpret_cast<uint64_t>(object);
}

/// The result of alice's system call: its answer, or the fault.
auto alice_calls(uint64_t number, uint64_t a = 0, uint64_t b = 0, uint64_t c = 0, uint64_t d = 0) {
    const uint64_t wanted[7] = {number, a, b, c, d, 0, 0};
    EXPECT(bool(rt::copy_to_domain(Domain::alice, rt::Claimed::of(words), wanted, sizeof wanted)));
    return rt::call<Domain::alice>(make, rt::Claimed::of(words));
}

uint64_t as_answer(Errno error) {
    return 0 - static_cast<uint64_t>(error);
}

/// Alice's call is answered with this errno, and the domain goes on.
void expect_errno(Errno error, uint64_t number, uint64_t a = 0, uint64_t b = 0, uint64_t c = 0,
                  uint64_t d = 0) {
    const auto seen = alice_calls(number, a, b, c, d);
    EXPECT(bool(seen)) && EXPECT_EQUAL(seen.value(), as_answer(error));
}

template <class Outcome>
void expect_refused(const Outcome &outcome, Domain domain, uint64_t number) {
    EXPECT(!outcome) &&
        EXPECT_FAULT(outcome.fault(), .kind = rt::FaultKind::syscall, .domain = domain,
                     .signal = 31, .code = harness::code_of_refused_call(), .address = 0) &&
        EXPECT_EQUAL(outcome.fault().number, number);
}

struct Pipe {
    Descriptor reader, writer;
    Pipe() { rt::sys::call_raw(__NR_pipe2, this, O_NONBLOCK); }
    ~Pipe() {
        static_cast<void>(rt::sys::close(reader));
        static_cast<void>(rt::sys::close(writer));
    }
};

void put(const char *text, size_t bytes) {
    EXPECT(bool(rt::copy_to_domain(Domain::alice, rt::Claimed::of(memory), text, bytes)));
}

} // namespace

POSTERN_TEST("run.calls.answered_with_an_errno", SHOWS(granted_calls_use_checked_copies)) {
    expect_errno(Errno::not_implemented, __NR_getppid);
    for (uint64_t turn = harness::scaled(10'000); turn != 0; --turn) {
        const auto seen = alice_calls(__NR_getppid);
        EXPECT(seen && seen.value() == as_answer(Errno::not_implemented));
    }
}

POSTERN_TEST("run.calls.granted", SHOWS(granted_calls_use_checked_copies)) {
    const auto seen = alice_calls(__NR_getpid);
    EXPECT(bool(seen)) && EXPECT_EQUAL(seen.value(), rt::sys::getpid());
}

POSTERN_TEST("run.calls.registers_are_as_a_system_call_leaves_them",
             SHOWS(granted_calls_use_checked_copies)) {
    const auto seen =
        rt::call<Domain::alice>(watch, uint64_t{__NR_getpid}, rt::Claimed::of(&answered));
    EXPECT(bool(seen)) && EXPECT_EQUAL(seen.value(), 0);
    const auto value = rt::get_user<uint64_t>(Domain::alice, rt::Claimed::of(&answered));
    EXPECT(bool(value)) && EXPECT_EQUAL(value.value(), rt::sys::getpid());
}

POSTERN_TEST("run.calls.bytes_go_through_the_monitors_copies",
             SHOWS(granted_calls_use_checked_copies)) {
    const Pipe pipe;
    const auto in = rt::grant_descriptor(Domain::alice, pipe.reader);
    const auto out = rt::grant_descriptor(Domain::alice, pipe.writer);
    EXPECT(in && out);
    put("sesame", 6);
    auto seen = alice_calls(__NR_write, out.value(), address_of(memory), 6);
    EXPECT(bool(seen)) && EXPECT_EQUAL(seen.value(), 6);
    put("\0\0\0\0\0\0\0\0", 8);
    seen = alice_calls(__NR_read, in.value(), address_of(memory), sizeof memory); // cut, and short
    EXPECT(bool(seen)) && EXPECT_EQUAL(seen.value(), 6);
    char text[8];
    EXPECT(bool(rt::copy_from_domain(Domain::alice, text, rt::Claimed::of(memory), 8)));
    EXPECT(__builtin_memcmp(text, "sesame\0\0", 8) == 0);
    expect_errno(Errno::try_again, __NR_read, in.value(), address_of(memory), 1);
    EXPECT(rt::revoke_descriptor(Domain::alice, in.value()) &&
           rt::revoke_descriptor(Domain::alice, out.value()));
    expect_errno(Errno::bad_descriptor, __NR_write, out.value(), address_of(memory), 6);
}

POSTERN_TEST("run.calls.records", SHOWS(granted_calls_use_checked_copies)) {
    const auto seen = alice_calls(__NR_clock_gettime, 1, address_of(memory));
    EXPECT(seen && seen.value() == 0);
    __kernel_timespec now{};
    EXPECT(bool(rt::copy_from_domain(Domain::alice, &now, rt::Claimed::of(memory), sizeof now)));
    EXPECT(static_cast<uint64_t>(now.tv_sec) <= rt::sys::monotonic_nanoseconds() / 1'000'000'000);
    EXPECT(now.tv_sec > 0 || now.tv_nsec > 0);
    const __kernel_timespec wrong{0, -1};
    put(reinterpret_cast<const char *>(&wrong), sizeof wrong);
    expect_errno(Errno::invalid, __NR_nanosleep, address_of(memory)); // the kernel has seen it
}

// The image's own file below the root.
POSTERN_TEST("run.calls.a_file_below_a_folder", SHOWS(granted_calls_use_checked_copies)) {
    const auto root = rt::sys::call_raw(__NR_openat, AT_FDCWD, "/", O_PATH | O_DIRECTORY);
    const auto folder = rt::grant_descriptor(Domain::alice, static_cast<Descriptor>(root));
    EXPECT(bool(folder));
    char path[512] = {};
    const long length = rt::sys::call_raw(__NR_readlink, "/proc/self/exe", path, sizeof path - 1);
    if (length <= 0) {
        return harness::skip("/proc is not there");
    }
    put(path + 1, static_cast<size_t>(length));
    const auto file = alice_calls(__NR_openat, folder.value(), address_of(memory), O_RDONLY);
    EXPECT(file && file.value() == folder.value() + 1);
    const auto got = alice_calls(__NR_read, file.value(), address_of(memory), 5);
    EXPECT(got && got.value() == 5);
    char text[5];
    EXPECT(bool(rt::copy_from_domain(Domain::alice, text, rt::Claimed::of(memory), 5)));
    EXPECT(__builtin_memcmp(text,
                            "\x7f"
                            "ELF",
                            4) == 0);
    const auto real = rt::revoke_descriptor(Domain::alice, static_cast<uint32_t>(file.value()));
    EXPECT(real && rt::sys::close(real.value()));
    // Paths that lead elsewhere, by name or by link, are not opened.
    put("/proc/version", 14);
    expect_errno(Errno::access_denied, __NR_openat, folder.value(), address_of(memory), O_RDONLY);
    put("../etc/passwd", 14);
    expect_errno(Errno::access_denied, __NR_openat, folder.value(), address_of(memory), O_RDONLY);
    put("proc/self/../..", 16);
    expect_errno(Errno::access_denied, __NR_openat, folder.value(), address_of(memory), O_RDONLY);
    put("proc/self/exe", 14);
    expect_errno(Errno::too_many_links, __NR_openat, folder.value(), address_of(memory), O_RDONLY);
    put("dev/null", 9);
    expect_errno(Errno::access_denied, __NR_openat, folder.value(), address_of(memory), O_RDONLY);
    expect_errno(Errno::invalid, __NR_openat, folder.value(), address_of(memory), O_RDWR);
    EXPECT(bool(rt::revoke_descriptor(Domain::alice, folder.value())));
    EXPECT(bool(rt::sys::close(static_cast<Descriptor>(root))));
}

POSTERN_TEST("deny.calls.without_a_row", SHOWS(granted_calls_use_checked_copies)) {
    EXPECT(bool(alice_calls(__NR_getpid)));
    expect_refused(alice_calls(__NR_getuid), Domain::alice, __NR_getuid);
    // The rows are alice's.
    static constexpr uint64_t on_key_0[7] = {__NR_getpid};
    expect_refused(rt::call<Domain::bob>(make_as_bob, rt::Claimed::of(on_key_0)), Domain::bob,
                   __NR_getpid);
}

// Going on leaves dispatch as it was: the next call of the same run meets the table again.
POSTERN_TEST("deny.calls.after_a_granted_one", SHOWS(granted_calls_use_checked_copies),
             TRIES(attack_77)) {
    const auto good =
        rt::call<Domain::alice>(make_two, uint64_t{__NR_getppid}, uint64_t{__NR_getpid});
    EXPECT(bool(good)) && EXPECT_EQUAL(good.value(), rt::sys::getpid());
    expect_refused(rt::call<Domain::alice>(make_two, uint64_t{__NR_getpid}, uint64_t{__NR_getuid}),
                   Domain::alice, __NR_getuid);
}

POSTERN_TEST("deny.calls.by_any_other_instruction_or_number",
             SHOWS(granted_calls_use_checked_copies)) {
    EXPECT(bool(alice_calls(__NR_getpid)));
    expect_refused(alice_calls(__NR_getpid | 0x40000000), Domain::alice, __NR_getpid | 0x40000000);
    const auto seen = rt::call<Domain::alice>(call_32, uint64_t{__NR_getpid});
    EXPECT(!seen) && EXPECT(seen.fault().kind == rt::FaultKind::syscall ||
                            seen.fault().kind == rt::FaultKind::protection);
}

// The row covers the domain's own instructions only. Each jump to the runtime's instruction costs a
// fault, so that no domain can try word after word there in one call.
POSTERN_TEST("deny.calls.by_the_runtimes_instruction", SHOWS(granted_calls_use_checked_copies),
             TRIES(attack_105)) {
    EXPECT(bool(alice_calls(__NR_getpid)));
    expect_refused(rt::call<Domain::alice>(call_by_runtime, uint64_t{__NR_getpid}), Domain::alice,
                   __NR_getpid);
}

POSTERN_TEST("deny.calls.arguments_that_are_not_as_the_row_says",
             SHOWS(granted_calls_use_checked_copies)) {
    expect_errno(Errno::invalid, __NR_clock_gettime, 2, address_of(memory));
    expect_errno(Errno::invalid, __NR_clock_gettime, uint64_t{1} << 32, address_of(memory));
    expect_errno(Errno::invalid, __NR_getrandom, address_of(memory), 8, 2);
    expect_errno(Errno::bad_descriptor, __NR_write, 1, address_of(memory), 0); // the kernel's 1
    expect_errno(Errno::bad_descriptor, __NR_write, ~uint64_t{0}, address_of(memory), 1);
}

// Goal: the monitor's memory, or bob's, read or written by the kernel on alice's behalf.
POSTERN_TEST("attack.calls.pointers_of_others", SHOWS(granted_calls_use_checked_copies),
             TRIES(attack_9)) {
    const Pipe pipe;
    const auto in = rt::grant_descriptor(Domain::alice, pipe.reader);
    const auto out = rt::grant_descriptor(Domain::alice, pipe.writer);
    EXPECT(in && out);
    const uint64_t places[] = {address_of(&monitors_word), 0, ~uint64_t{0} - 3,
                               address_of(__text_start),
                               address_of(memory) + sizeof memory + (uint64_t{1} << 24)};
    for (const uint64_t place : places) {
        expect_errno(Errno::bad_address, __NR_write, out.value(), place, 8);
        expect_errno(Errno::bad_address, __NR_clock_gettime, 1, place);
        expect_errno(Errno::bad_address, __NR_getrandom, place, 8);
        expect_errno(Errno::bad_address, __NR_nanosleep, place);
    }
    EXPECT_EQUAL(monitors_word, 0x600df00d);
    char nothing;
    EXPECT(rt::sys::read(pipe.reader, &nothing, 1).error() == Errno::try_again);
    EXPECT(rt::revoke_descriptor(Domain::alice, in.value()) &&
           rt::revoke_descriptor(Domain::alice, out.value()));
}

// Goal: something written by the monitor to where alice's stack pointer leads.
POSTERN_TEST("attack.calls.stack_pointers_of_others", SHOWS(granted_calls_use_checked_copies),
             TRIES(attack_9)) {
    uint64_t places[100] = {0,
                            8,
                            ~uint64_t{0},
                            uint64_t{1} << 63,
                            address_of(memory) + 4096,
                            address_of(__arena_start) + POSTERN_SLOT_GS};
    for (size_t i = 6; i < 100; ++i) { // whatever the distance at which one might write
        places[i] = address_of(&monitors_word) + 8 * (i - 6);
    }
    for (const uint64_t place : places) {
        const auto good = rt::call<Domain::alice>(call_on, uint64_t{__NR_getpid}, place);
        EXPECT(bool(good)) && EXPECT_EQUAL(good.value(), rt::sys::getpid());
    }
    EXPECT_EQUAL(monitors_word, 0x600df00d);
}

// Goal: what the monitor's copies held before: the kernel answers the length of a datagram that did
// not fit.
POSTERN_TEST("attack.calls.an_answer_longer_than_the_room", SHOWS(granted_calls_use_checked_copies),
             TRIES(attack_92)) {
    constexpr int of_datagrams[] = {1, 2}; // AF_UNIX, SOCK_DGRAM
    Descriptor pair[2];
    EXPECT(rt::sys::call_raw(__NR_socketpair, of_datagrams[0], of_datagrams[1], 0, pair) == 0);
    const auto reader = rt::grant_descriptor(Domain::alice, pair[0]);
    static constexpr char zeros[4096] = {};
    // A call whose copy fills the room, then one whose answer is longer than what it filled.
    char pattern[16];
    __builtin_memset(pattern, 'S', sizeof pattern);
    for (uint64_t place = 0; place != 4096; place += sizeof pattern) {
        EXPECT(bool(rt::copy_to_domain(Domain::alice,
                                       rt::Claimed::from_raw(address_of(memory) + place), pattern,
                                       sizeof pattern)));
    }
    const Pipe pipe;
    const auto writer = rt::grant_descriptor(Domain::alice, pipe.writer);
    EXPECT(alice_calls(__NR_write, writer.value(), address_of(memory), 4096).value_or(0) == 4096);
    EXPECT(rt::sys::call_raw(__NR_write, pair[1], zeros, sizeof zeros) == sizeof zeros);
    for (uint64_t place = 0; place != 4096; place += sizeof pattern) {
        EXPECT(bool(rt::copy_to_domain(Domain::alice,
                                       rt::Claimed::from_raw(address_of(memory) + place), zeros,
                                       sizeof pattern)));
    }
    const auto answer =
        alice_calls(__NR_recvfrom, reader.value(), address_of(memory), 1, truncated_or_not_at_all);
    EXPECT(answer && answer.value() == 4096);
    uint64_t told = 0;
    for (uint64_t place = 0; place != 4096; ++place) {
        const auto seen =
            rt::get_user<char>(Domain::alice, rt::Claimed::from_raw(address_of(memory) + place));
        told += seen.value_or('S') != 0 ? 1 : 0;
    }
    EXPECT_EQUAL(told, 0);
    EXPECT(rt::revoke_descriptor(Domain::alice, reader.value()) &&
           rt::revoke_descriptor(Domain::alice, writer.value()));
    EXPECT(rt::sys::close(pair[0]) && rt::sys::close(pair[1]));
}

// Goal: the kernel reads the monitor's copy after the call, when it holds something else; or the
// other side is given a descriptor.
POSTERN_TEST("attack.calls.flags_that_a_granted_sendto_does_not_pass",
             SHOWS(granted_calls_use_checked_copies), TRIES(attack_41)) {
    constexpr int of_datagrams[] = {1, 2}; // AF_UNIX, SOCK_DGRAM
    Descriptor pair[2];
    EXPECT(rt::sys::call_raw(__NR_socketpair, of_datagrams[0], of_datagrams[1], 0, pair) == 0);
    const auto writer = rt::grant_descriptor(Domain::alice, pair[0]);
    put("sesame", 6);
    // The permitted access: the kernel takes the word in the sixth argument for no address's
    // length.
    constexpr uint64_t not_at_all = 0x40;
    const auto sent = alice_calls(__NR_sendto, writer.value(), address_of(memory), 6, not_at_all);
    EXPECT(sent && sent.value() == 6);
    char got[8] = {};
    EXPECT(rt::sys::call_raw(__NR_recvfrom, pair[1], got, sizeof got, 0, 0) == 6);
    EXPECT(__builtin_memcmp(got, "sesame", 6) == 0);
    for (unsigned bit = 0; bit < 64; ++bit) {
        const uint64_t flag = uint64_t{1} << bit;
        if ((flag & every_message_bit) == 0) {
            expect_errno(Errno::invalid, __NR_sendto, writer.value(), address_of(memory), 6, flag);
        }
    }
    EXPECT(rt::revoke_descriptor(Domain::alice, writer.value()) && rt::sys::close(pair[0]) &&
           rt::sys::close(pair[1]));
}

// Goal: end the process by a file that grows past a limit which its parent has set.
POSTERN_TEST("attack.calls.a_file_grown_too_large", SHOWS(granted_calls_use_checked_copies),
             TRIES(attack_93)) {
    const auto end = harness::in_child([] {
        constexpr uint64_t four_bytes[2] = {4, 4};
        const long file = rt::sys::call_raw(__NR_memfd_create, "grows", 0);
        rt::sys::call_raw(__NR_setrlimit, 1, four_bytes); // RLIMIT_FSIZE
        const auto own = rt::grant_descriptor(Domain::alice, static_cast<Descriptor>(file));
        const auto first = alice_calls(__NR_write, own.value(), address_of(memory), 64);
        const auto second = alice_calls(__NR_write, own.value(), address_of(memory), 64);
        const bool good = first && first.value() == 4 && second &&
                          second.value() == as_answer(Errno::file_too_large);
        rt::sys::exit(good ? 0 : 1);
    });
    EXPECT_EQUAL(end.exit_status, 0);
}
