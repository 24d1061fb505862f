/// A domain that uses all memory there is. Its limit is set by the test around it.
#include "rt/rt.h"

namespace {

constexpr uint64_t megabytes = 1024, page = 4096;
POSTERN_BSS(alice) char memory[megabytes << 20];

uint64_t fill(uint64_t pages) {
    for (uint64_t i = 0; i < pages; ++i) {
        reinterpret_cast<volatile char *>(memory)[i * page] = 1;
    }
    return pages;
}
constexpr rt::Entry<Domain::alice, fill> fill_in_alice;

uint64_t add(uint64_t a, uint64_t b) {
    return a + b;
}
constexpr rt::Entry<Domain::alice, add> add_in_alice;
constexpr rt::Entry<Domain::bob, add> add_in_bob;

void say(const char *what, bool good) {
    rt::log("{}: {}", what, good);
}

} // namespace

rt::Exit main(rt::Arguments) {
    say("bob before", bool(rt::call<Domain::bob>(add_in_bob, 1ul, 2ul)));
    for (int i = 0; i < 3; ++i) {
        const auto filled = rt::call<Domain::alice>(fill_in_alice, (megabytes << 20) / page);
        if (filled) {
            rt::log("no limit was met");
            return rt::Exit::success;
        }
        rt::log("{}", filled.fault());
        say("restarted", bool(rt::restart(Domain::alice)));
        say("alice after", bool(rt::call<Domain::alice>(add_in_alice, 1ul, 2ul)));
        say("bob after", bool(rt::call<Domain::bob>(add_in_bob, 1ul, 2ul)));
    }
    return rt::Exit::success;
}
