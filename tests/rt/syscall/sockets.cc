/// A domain's own calls on sockets: on those that it was granted, and that it has accepted.
#include <asm/unistd.h>
#include <linux/fcntl.h>

#include "rt/sys/call.h"
#include "rt/sys/process.h"
#include "rt/sys/socket.h"
#include "tests/harness/harness.h"
#include "tests/harness/refused_call.h"
#include "tests/rt/sys/own_name.h"
#include "tests/rt/syscall/calls.h"

using namespace rt::syscall;

constexpr uint64_t nonblocking = 0x800; // SOCK_NONBLOCK

POSTERN_CALLS(accept_from(Domain::alice, nonblocking), close_given(Domain::alice),
              grant(Domain::alice, __NR_recvfrom, descriptor(), bytes_out(2), scalar()),
              grant(Domain::alice, __NR_sendto, descriptor(), bytes_in(2), scalar()),
              grant(Domain::alice, __NR_shutdown, descriptor(), scalar(2)));

namespace {

using rt::Errno;
using rt::sys::Descriptor;
using rt::sys::Family;
using rt::sys::SocketPair;
using rt::sys::Transport;
using rt::sys::UnixAddress;
using rt::sys::Waits;

constexpr auto no_file = static_cast<Descriptor>(999);
constexpr uint64_t millisecond = 1'000'000;

POSTERN_BSS(alice) uint64_t words[7];
POSTERN_BSS(alice) char memory[8192];
constinit uint64_t monitors_word = 0x600df00d;

constexpr rt::Entry<Domain::alice, test_make_call> make;
constexpr rt::Entry<Domain::bob, test_make_call> make_as_bob;

uint64_t address_of(const volatile void *object) {
    return reinterpret_cast<uint64_t>(object);
}

void want(uint64_t number, uint64_t a, uint64_t b = 0, uint64_t c = 0, uint64_t d = 0) {
    const uint64_t wanted[7] = {number, a, b, c, d, 0, 0};
    EXPECT(bool(rt::copy_to_domain(Domain::alice, rt::Claimed::of(words), wanted, sizeof wanted)));
}

/// What alice's own system call answers.
uint64_t alice_calls(uint64_t number, uint64_t a, uint64_t b = 0, uint64_t c = 0, uint64_t d = 0) {
    want(number, a, b, c, d);
    const auto seen = rt::call<Domain::alice>(make, rt::Claimed::of(words));
    EXPECT(bool(seen));
    return seen.value_or(~uint64_t{0});
}

uint64_t as_answer(Errno error) {
    return 0 - static_cast<uint64_t>(error);
}

uint64_t alice_accepts(uint64_t listener, uint64_t flags = nonblocking) {
    return alice_calls(__NR_accept4, listener, 0, 0, flags);
}

/// How many descriptors the process has.
uint64_t count_open() {
    uint64_t count = 0;
    for (int number = 0; number < 256; ++number) {
        count += rt::sys::is_open(static_cast<Descriptor>(number)) ? 1 : 0;
    }
    return count;
}

/// A listener that alice is granted.
struct Listener {
    UnixAddress address = own_name::abstract("postern grants");
    Descriptor socket =
        rt::sys::socket(Family::local, Transport::stream, Waits::no).value_or(no_file);
    uint64_t number = ~uint64_t{0};

    Listener() {
        EXPECT(rt::sys::bind(socket, address) && rt::sys::listen(socket, 64));
        number = rt::grant_descriptor(Domain::alice, socket).value_or(99);
    }
    ~Listener() {
        static_cast<void>(rt::revoke_descriptor(Domain::alice, static_cast<uint32_t>(number)));
        static_cast<void>(rt::sys::close(socket));
    }
    Listener(const Listener &) = delete;
    Listener &operator=(const Listener &) = delete;

    Descriptor connect() const {
        const auto client = rt::sys::socket(Family::local, Transport::stream, Waits::no);
        EXPECT(client && rt::sys::connect(client.value(), address));
        return client.value_or(no_file);
    }
};

void let_pipe_end_the_program() {
    constexpr uint64_t by_default[4] = {};
    rt::sys::call_raw(__NR_rt_sigaction, rt::sys::Signal::pipe, by_default, 0, sizeof(uint64_t));
}

} // namespace

POSTERN_TEST("run.calls.a_domain_serves_a_connection", SHOWS(granted_sockets_are_the_domains)) {
    const Listener listener;
    EXPECT_EQUAL(alice_accepts(listener.number), as_answer(Errno::try_again));
    const Descriptor client = listener.connect();
    const uint64_t number = alice_accepts(listener.number);
    EXPECT_EQUAL(number, listener.number + 1); // her own, not the kernel's
    EXPECT(bool(rt::sys::send(client, "sesame", 6)));
    EXPECT_EQUAL(alice_calls(__NR_recvfrom, number, address_of(memory), sizeof memory), 6);
    EXPECT_EQUAL(alice_calls(__NR_sendto, number, address_of(memory), 6), 6);
    char got[8] = {};
    EXPECT_EQUAL(rt::sys::receive(client, got, sizeof got).value_or(0), 6);
    EXPECT_EQUAL(__builtin_memcmp(got, "sesame", 6), 0);
    EXPECT_EQUAL(alice_calls(__NR_recvfrom, number, address_of(memory), 1),
                 as_answer(Errno::try_again));
    EXPECT_EQUAL(alice_calls(__NR_shutdown, number, 1), 0);
    EXPECT_EQUAL(rt::sys::receive(client, got, sizeof got).value_or(9), 0);
    EXPECT_EQUAL(alice_calls(__NR_close, number), 0);
    EXPECT_EQUAL(rt::sys::send(client, "x", 1).error(), Errno::broken_pipe);
    EXPECT(bool(rt::sys::close(client)));
}

POSTERN_TEST("run.calls.a_domain_closes_its_own_files_alone",
             SHOWS(granted_sockets_are_the_domains)) {
    const Listener listener;
    const uint64_t before = count_open();
    for (uint64_t turn = 0; turn < 40; ++turn) { // a number is free again each time
        const Descriptor client = listener.connect();
        const uint64_t number = alice_accepts(listener.number);
        const auto file = rt::lookup_descriptor(Domain::alice, number).value_or(no_file);
        constexpr long get_flags = 1, close_on_exec = 1; // F_GETFD, FD_CLOEXEC
        EXPECT_EQUAL(rt::sys::call_raw(__NR_fcntl, file, get_flags), close_on_exec);
        EXPECT_EQUAL(alice_calls(__NR_close, number), 0);
        EXPECT(!rt::sys::is_open(file));
        EXPECT_EQUAL(alice_calls(__NR_close, number), as_answer(Errno::bad_descriptor));
        EXPECT(bool(rt::sys::close(client)));
    }
    EXPECT_EQUAL(count_open(), before);
    // Of a file of the app's she gives the number back, and no more.
    EXPECT_EQUAL(alice_calls(__NR_close, listener.number), 0);
    EXPECT(rt::sys::is_open(listener.socket));
    EXPECT_EQUAL(alice_accepts(listener.number), as_answer(Errno::bad_descriptor));
}

POSTERN_TEST("run.calls.connections_end_with_their_life",
             SHOWS(granted_sockets_are_the_domains, grants_end_with_their_life)) {
    const Listener listener;
    const Descriptor client = listener.connect();
    const uint64_t number = alice_accepts(listener.number);
    const auto of_bob = rt::grant_descriptor(
        Domain::bob, rt::lookup_descriptor(Domain::alice, number).value_or(no_file));
    EXPECT_EQUAL(alice_calls(__NR_close, number), 0);
    char got[8];
    EXPECT(rt::sys::receive(client, got, 8).error() == Errno::try_again); // bob has it, too
    EXPECT(bool(
        rt::sys::close(rt::revoke_descriptor(Domain::bob, of_bob.value_or(99)).value_or(no_file))));
    EXPECT_EQUAL(rt::sys::receive(client, got, 8).value_or(9), 0);
    const Descriptor second = listener.connect();
    EXPECT_EQUAL(alice_accepts(listener.number), number);
    EXPECT(bool(rt::restart(Domain::alice)));
    EXPECT_EQUAL(rt::sys::receive(second, got, 8).value_or(9), 0);
    EXPECT(rt::sys::close(client) && rt::sys::close(second));
}

// A row, a grant, and the time until it is taken back: each is needed.
POSTERN_TEST("deny.calls.sockets_that_were_not_granted", SHOWS(granted_sockets_are_the_domains),
             TRIES(attack_121)) {
    const Listener listener;
    const Descriptor client = listener.connect();
    const SocketPair pair = rt::sys::socket_pair(Transport::stream).value();
    const auto of_bob = rt::grant_descriptor(Domain::bob, pair.one);
    const auto mine = rt::grant_descriptor(Domain::alice, pair.one);
    EXPECT_EQUAL(alice_calls(__NR_sendto, mine.value_or(99), address_of(memory), 1), 1);
    EXPECT(bool(rt::revoke_descriptor(Domain::alice, mine.value_or(99))));
    const uint64_t numbers[] = {static_cast<uint64_t>(listener.socket), // the kernel's own
                                static_cast<uint64_t>(pair.one),
                                mine.value_or(99), // taken back
                                16,
                                ~uint64_t{0},
                                uint64_t{1} << 32,
                                uint64_t{1} << 32 | listener.number};
    for (const uint64_t number : numbers) {
        const uint64_t bad = as_answer(Errno::bad_descriptor);
        EXPECT_EQUAL(alice_accepts(number), bad);
        EXPECT_EQUAL(alice_calls(__NR_sendto, number, address_of(memory), 1), bad);
        EXPECT_EQUAL(alice_calls(__NR_recvfrom, number, address_of(memory), 1), bad);
        EXPECT_EQUAL(alice_calls(__NR_shutdown, number, 2), bad);
        EXPECT_EQUAL(alice_calls(__NR_close, number), bad);
    }
    char got[8];
    EXPECT_EQUAL(rt::sys::receive(pair.other, got, 8).value_or(0), 1); // the permitted one
    EXPECT(rt::sys::is_open(pair.one) && rt::sys::is_open(listener.socket));
    // Bob has the file, and no row.
    static constexpr uint64_t bobs[7] = {__NR_accept4, 0};
    const auto refused = rt::call<Domain::bob>(make_as_bob, rt::Claimed::of(bobs));
    EXPECT(!refused) && EXPECT_EQUAL(refused.fault().number, __NR_accept4);
    EXPECT(rt::revoke_descriptor(Domain::bob, of_bob.value_or(99)) && rt::sys::close(client) &&
           rt::sys::close(pair.one) && rt::sys::close(pair.other));
}

// Goal: a descriptor that nobody counts, or an answer that is the kernel's number.
POSTERN_TEST("attack.calls.sockets_of_another_kind", SHOWS(granted_sockets_are_the_domains),
             TRIES(attack_121)) {
    const SocketPair pair = rt::sys::socket_pair(Transport::stream, Waits::no).value();
    const SocketPair messages = rt::sys::socket_pair(Transport::datagrams, Waits::no).value();
    const Descriptor closed =
        rt::sys::socket(Family::local, Transport::stream, Waits::no).value_or(no_file);
    const Descriptor files[] = {pair.one, messages.one, closed, Descriptor::error};
    const uint64_t before = count_open();
    for (const Descriptor file : files) {
        const auto number = rt::grant_descriptor(Domain::alice, file);
        const uint64_t accepted = alice_accepts(number.value_or(99));
        EXPECT(accepted > as_answer(Errno{4095}));
        EXPECT_EQUAL(accepted, as_answer(file == Descriptor::error ? Errno::not_a_socket
                                         : file == messages.one    ? Errno::not_supported
                                                                   : Errno::invalid));
        EXPECT(bool(rt::revoke_descriptor(Domain::alice, number.value_or(99))));
    }
    EXPECT_EQUAL(count_open(), before);
    EXPECT(rt::sys::close(pair.one) && rt::sys::close(pair.other) && rt::sys::close(messages.one) &&
           rt::sys::close(messages.other) && rt::sys::close(closed));
}

POSTERN_TEST("attack.calls.flags_of_an_accept", SHOWS(granted_sockets_are_the_domains),
             TRIES(attack_121)) {
    const Listener listener;
    const Descriptor client = listener.connect();
    for (unsigned bit = 0; bit < 64; ++bit) {
        const uint64_t flag = uint64_t{1} << bit;
        if (flag != nonblocking) {
            EXPECT_EQUAL(alice_accepts(listener.number, flag), as_answer(Errno::invalid));
        }
    }
    // Where an address would go, the monitor hands over none.
    EXPECT_EQUAL(alice_calls(__NR_accept4, listener.number, address_of(&monitors_word),
                             address_of(&monitors_word), nonblocking),
                 listener.number + 1);
    EXPECT_EQUAL(monitors_word, 0x600df00d);
    EXPECT_EQUAL(alice_calls(__NR_close, listener.number + 1), 0);
    EXPECT(bool(rt::sys::close(client)));
}

// Goal: more descriptors than a domain may hold, or connections that are lost.
POSTERN_TEST("attack.calls.more_connections_than_numbers", SHOWS(granted_sockets_are_the_domains),
             TRIES(attack_121)) {
    const Listener listener;
    Descriptor clients[most_descriptors + 4];
    for (Descriptor &client : clients) {
        client = listener.connect();
    }
    const uint64_t before = count_open();
    for (uint64_t number = 1; number < most_descriptors; ++number) {
        EXPECT(alice_accepts(listener.number) < most_descriptors);
    }
    for (uint64_t turn = 0; turn < 100; ++turn) {
        EXPECT_EQUAL(alice_accepts(listener.number), as_answer(Errno::too_many_files));
    }
    EXPECT_EQUAL(count_open(), before + most_descriptors - 1);
    uint64_t waiting = 0; // what she has no number for, the app accepts
    for (auto next = rt::sys::accept(listener.socket); next;
         next = rt::sys::accept(listener.socket)) {
        ++waiting;
        EXPECT(bool(rt::sys::close(next.value())));
    }
    EXPECT_EQUAL(waiting, 5);
    EXPECT(bool(rt::restart(Domain::alice)));
    EXPECT_EQUAL(count_open(), before);
    for (const Descriptor client : clients) {
        EXPECT(bool(rt::sys::close(client)));
    }
}

// Goal: bytes of others, sent or overwritten, by lengths that are no length, or end elsewhere.
POSTERN_TEST("attack.calls.lengths_of_sends_and_receives", SHOWS(granted_sockets_are_the_domains),
             TRIES(attack_9, attack_121)) {
    const SocketPair pair = rt::sys::socket_pair(Transport::stream, Waits::no).value();
    const uint64_t number = rt::grant_descriptor(Domain::alice, pair.one).value_or(99);
    constexpr uint64_t lengths[] = {0,           1, 4095, 4096, 4097, 1 << 20, uint64_t{1} << 63,
                                    ~uint64_t{0}};
    static char got[8192];
    for (const uint64_t length : lengths) {
        const uint64_t cut = length < longest_copy ? length : longest_copy;
        EXPECT_EQUAL(alice_calls(__NR_sendto, number, address_of(memory), length), cut);
        EXPECT_EQUAL(rt::sys::receive(pair.other, got, sizeof got).value_or(0), cut);
        // The monitor's own bytes, and the last of alice's with those after them.
        const uint64_t faulting = length == 0 ? 0 : as_answer(Errno::bad_address);
        EXPECT_EQUAL(alice_calls(__NR_sendto, number, address_of(&monitors_word), length),
                     faulting);
        EXPECT_EQUAL(alice_calls(__NR_sendto, number, ~uint64_t{0} - 2, length), faulting);
        EXPECT(rt::sys::receive(pair.other, got, 1).error() == Errno::try_again);
        EXPECT(bool(rt::sys::send(pair.other, "x", 1)));
        EXPECT_EQUAL(alice_calls(__NR_recvfrom, number, address_of(&monitors_word), length),
                     faulting);
        EXPECT_EQUAL(monitors_word, 0x600df00d);
        if (length == 0) {
            EXPECT_EQUAL(alice_calls(__NR_recvfrom, number, address_of(memory), 8), 1);
        }
    }
    EXPECT(bool(rt::revoke_descriptor(Domain::alice, static_cast<uint32_t>(number))));
    EXPECT(rt::sys::close(pair.one) && rt::sys::close(pair.other));
}

// Goal: end the process by a SIGPIPE, as a program has it that the runtime has not changed.
POSTERN_TEST("attack.calls.a_send_to_a_closed_end", SHOWS(granted_sockets_are_the_domains),
             TRIES(attack_121)) {
    const auto end = harness::in_child([] {
        let_pipe_end_the_program();
        const SocketPair pair = rt::sys::socket_pair(Transport::stream).value();
        const uint64_t number = rt::grant_descriptor(Domain::alice, pair.one).value_or(99);
        static_cast<void>(rt::sys::close(pair.other));
        const uint64_t sent = alice_calls(__NR_sendto, number, address_of(memory), 1);
        rt::sys::exit(sent == as_answer(Errno::broken_pipe) ? 0 : 1);
    });
    EXPECT_EQUAL(end.signal, 0);
    EXPECT_EQUAL(end.exit_status, 0);
}

// An accept that waits is cut, and leaves nothing.
POSTERN_TEST("attack.calls.an_accept_that_never_ends", SHOWS(granted_sockets_are_the_domains),
             TRIES(attack_91)) {
    const auto address = own_name::abstract("postern waits on");
    const Descriptor socket = rt::sys::socket(Family::local, Transport::stream).value_or(no_file);
    EXPECT(rt::sys::bind(socket, address) && rt::sys::listen(socket, 4));
    const auto number = rt::grant_descriptor(Domain::alice, socket);
    const uint64_t before = count_open();
    want(__NR_accept4, number.value_or(99));
    const auto cut = rt::call_within<Domain::alice>(20 * millisecond, make, rt::Claimed::of(words));
    EXPECT(!cut) && EXPECT(cut.fault().kind == rt::FaultKind::deadline);
    EXPECT_EQUAL(count_open(), before);
    EXPECT(rt::revoke_descriptor(Domain::alice, number.value_or(99)) && rt::sys::close(socket));
}
