/// Readiness: which files of a set are told, with which tag, and as what.
#include "rt/sys/epoll.h"

#include <asm/unistd.h>

#include "rt/sys/call.h"
#include "rt/sys/socket.h"
#include "rt/sys/socket_option.h"
#include "tests/rt/sys/loopback.h"

namespace {

using harness::failed_with;
using rt::Errno;
using rt::sys::Descriptor;
using rt::sys::Epoll;
using rt::sys::Family;
using rt::sys::Interest;
using rt::sys::Readiness;
using rt::sys::SocketPair;
using rt::sys::Transport;
using rt::sys::Waits;

constexpr uint64_t tag = 0xfedc'ba98'7654'3210; // all 64 bits come back

/// The one file that is ready now; nothing if none or several are.
Readiness ready_one(Epoll epoll) {
    Readiness found[4];
    const auto count = rt::sys::wait(epoll, found, 4, 0);
    return count && count.value() == 1 ? found[0] : Readiness{};
}

bool is_none_ready(Epoll epoll) {
    Readiness found[4];
    return rt::sys::wait(epoll, found, 4, 0).value_or(9) == 0;
}

} // namespace

POSTERN_TEST("run.epoll.what_has_become_of_a_file", SHOWS(readiness_is_typed)) {
    const Epoll epoll = rt::sys::open_epoll().value();
    const SocketPair pair = rt::sys::socket_pair(Transport::stream).value();
    EXPECT(bool(rt::sys::add(epoll, pair.one, Interest::reading, tag)));
    EXPECT(failed_with(rt::sys::add(epoll, pair.one, Interest::both, 1), Errno::exists));
    EXPECT(is_none_ready(epoll));
    EXPECT(bool(rt::sys::send(pair.other, "x", 1)));
    Readiness seen = ready_one(epoll);
    EXPECT(seen.tag == tag && seen.readable && !seen.writable && !seen.ended && !seen.failed);
    EXPECT(bool(rt::sys::change(epoll, pair.one, Interest::both, 7)));
    seen = ready_one(epoll);
    EXPECT(seen.tag == 7 && seen.readable && seen.writable && !seen.ended);
    EXPECT(bool(rt::sys::change(epoll, pair.one, Interest::writing, 8)));
    seen = ready_one(epoll);
    EXPECT(seen.tag == 8 && !seen.readable && seen.writable);
    EXPECT(bool(rt::sys::change(epoll, pair.one, Interest::nothing, 9)));
    EXPECT(is_none_ready(epoll));
    EXPECT(bool(rt::sys::close(pair.other))); // an end is told whatever is waited for
    seen = ready_one(epoll);
    EXPECT(seen.tag == 9 && seen.ended && !seen.readable && !seen.writable);
    EXPECT(bool(rt::sys::remove(epoll, pair.one)));
    EXPECT(failed_with(rt::sys::remove(epoll, pair.one), Errno::no_such_file));
    EXPECT(failed_with(rt::sys::change(epoll, pair.one, Interest::both, 1), Errno::no_such_file));
    EXPECT(is_none_ready(epoll));
    EXPECT(rt::sys::close(pair.one) && rt::sys::close(epoll));
}

// The end that is told while bytes are still to be read.
POSTERN_TEST("run.epoll.an_end_comes_with_what_was_sent", SHOWS(readiness_is_typed)) {
    const Epoll epoll = rt::sys::open_epoll().value();
    const SocketPair pair = rt::sys::socket_pair(Transport::stream).value();
    EXPECT(bool(rt::sys::add(epoll, pair.one, Interest::reading, tag)));
    EXPECT(rt::sys::send(pair.other, "last", 4) &&
           rt::sys::shut_down(pair.other, rt::sys::Direction::sending));
    const Readiness seen = ready_one(epoll);
    EXPECT(seen.readable && seen.ended && !seen.failed);
    EXPECT(rt::sys::close(pair.one) && rt::sys::close(pair.other));
    EXPECT(is_none_ready(epoll)); // what is closed has left the set
    EXPECT(bool(rt::sys::close(epoll)));
}

POSTERN_TEST("run.epoll.how_a_connecting_has_ended", SHOWS(readiness_is_typed)) {
    if (!loopback::is_up(Family::ipv4)) {
        return harness::skip("the loopback interface has no address of this family here, and the "
                             "test may not begin it");
    }
    const auto listener = loopback::listener(Family::ipv4).value();
    const auto address = rt::sys::local_address(listener).value();
    constexpr bool outcomes[] = {false, true};
    for (const bool refused : outcomes) {
        if (refused) {
            EXPECT(bool(rt::sys::close(listener)));
        }
        const Epoll epoll = rt::sys::open_epoll().value();
        const auto client = rt::sys::socket(Family::ipv4, Transport::stream, Waits::no).value();
        const auto begun = rt::sys::connect(client, address); // a loopback may be quick
        EXPECT(bool(rt::sys::add(epoll, client, Interest::writing, tag)));
        Readiness found[1];
        const bool told = rt::sys::wait(epoll, found, 1, 10'000).value_or(0) == 1;
        const auto error = rt::sys::take_error(client);
        if (refused) {
            EXPECT(failed_with(begun, Errno::connection_refused) ||
                   (failed_with(begun, Errno::in_progress) && told && found[0].failed &&
                    failed_with(error, Errno::connection_refused)));
        } else {
            EXPECT((begun || failed_with(begun, Errno::in_progress)) && told && found[0].writable &&
                   !found[0].failed && error);
        }
        EXPECT(bool(rt::sys::take_error(client))); // it was taken
        EXPECT(rt::sys::close(client) && rt::sys::close(epoll));
    }
}

// More files are ready than there is room for: the others come next.
POSTERN_TEST("run.epoll.as_many_as_there_is_room_for", SHOWS(readiness_is_typed)) {
    constexpr size_t count = 70; // more than the kernel is asked for at a time
    static Readiness found[count];
    static SocketPair pairs[count];
    const Epoll epoll = rt::sys::open_epoll().value();
    for (size_t i = 0; i < count; ++i) {
        pairs[i] = rt::sys::socket_pair(Transport::stream).value();
        EXPECT(bool(rt::sys::add(epoll, pairs[i].one, Interest::writing, i)));
    }
    const size_t rooms[] = {1, 3, 64, count};
    for (const size_t room : rooms) {
        EXPECT_EQUAL(rt::sys::wait(epoll, found, room, 0).value_or(0), room < 64 ? room : 64);
    }
    EXPECT(failed_with(rt::sys::wait(epoll, found, 0, 0), Errno::invalid));
    uint64_t told[2] = {};
    for (size_t turn = 0; turn < 4; ++turn) { // one after the other, round and round
        const auto ready = rt::sys::wait(epoll, found, count, 0).value_or(0);
        for (size_t i = 0; i < ready; ++i) {
            told[found[i].tag / 64] |= uint64_t{1} << found[i].tag % 64;
        }
    }
    EXPECT(told[0] == ~uint64_t{0} && told[1] == (uint64_t{1} << (count - 64)) - 1);
    for (const SocketPair &pair : pairs) {
        EXPECT(rt::sys::close(pair.one) && rt::sys::close(pair.other));
    }
    EXPECT(bool(rt::sys::close(epoll)));
}

POSTERN_TEST("run.epoll.errors_have_names", SHOWS(readiness_is_typed)) {
    const Epoll epoll = rt::sys::open_epoll().value();
    Readiness found[1];
    const auto folder = rt::sys::open("/", rt::sys::Access::read).value();
    EXPECT(failed_with(rt::sys::add(epoll, folder, Interest::reading, 1), Errno::not_permitted));
    EXPECT(failed_with(rt::sys::add(epoll, static_cast<Descriptor>(999), Interest::reading, 1),
                       Errno::bad_descriptor));
    EXPECT(failed_with(rt::sys::add(epoll, static_cast<Descriptor>(epoll), Interest::reading, 1),
                       Errno::invalid));
    EXPECT(failed_with(rt::sys::wait(static_cast<Epoll>(folder), found, 1, 0), Errno::invalid));
    EXPECT(failed_with(rt::sys::wait(static_cast<Epoll>(999), found, 1, 0), Errno::bad_descriptor));
    EXPECT(rt::sys::close(folder) && rt::sys::close(epoll));
}
