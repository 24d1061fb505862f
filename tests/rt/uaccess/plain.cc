/// The monitor's own plain dereference of a domain's address is a bug that is named.
#include "rt/domain/alias.h"
#include "rt/sys/process.h"
#include "tests/rt/uaccess/places.h"

namespace {

using linker::Kind;
using places::claim;

constexpr rt::Service<1, uint64_t(rt::Claimed)> read_plainly;

uint64_t read(uint64_t address) {
    return *reinterpret_cast<const volatile uint64_t *>(address);
}
void write(uint64_t address) {
    *reinterpret_cast<volatile uint64_t *>(address) = 1;
}

uint64_t handle_read_plainly(Domain caller, rt::Claimed claimed) {
    uint64_t checked = 0;
    const uint64_t address = claimed.raw();
    return rt::copy_from_domain(caller, &checked, claimed.take(), sizeof checked) ? read(address)
                                                                                  : 0;
}

uint64_t ask() {
    return read_plainly(claim(places::alice_word));
}
constexpr rt::Entry<Domain::alice, ask> alice_asks;

// The task of a child, whose body takes no argument.
constinit Domain owner;
constinit uint64_t address;

void copy() {
    uint64_t word = 0;
    if (!rt::copy_from_domain(owner, &word, rt::Claimed::from_raw(address), sizeof word) ||
        !rt::copy_to_domain(owner, rt::Claimed::from_raw(address), &word, sizeof word)) {
        rt::sys::exit(1);
    }
}
void copy_only() {
    copy();
}
void read_after_copy() {
    copy();
    read(address);
}
void write_after_copy() {
    copy();
    write(address);
}
void read_only() {
    read(address);
}

/// The child must end with status 70 and name access, address, place and key, and what to use.
void expect_panic(const harness::ChildEnd &end, const char *access, const char *place,
                  const char *file, int line) {
    rt::Line wanted;
    wanted.format("postern: the monitor itself: {} of {} ({}", access, rt::Hex{address}, place);
    if (!rt::key::is_apart(owner)) {
        wanted.format(", key {}", rt::key::key_of(owner).raw());
    }
    wanted.append(") at ");
    wanted.append('\0');
    harness::expect_equal(static_cast<uint64_t>(end.exit_status), 70, "exit status", file, line);
    const bool good =
        end.says(wanted.text()) &&
        end.says("; reach a domain's memory by uaccess: rt::get_user, rt::copy_from_domain, ...\n");
    if (!harness::expect(good, "the panic names all", file, line)) {
        rt::log("seen: {}", end.text);
    }
}

void deny(Domain domain, uint64_t at, const char *place, const char *file = __builtin_FILE(),
          int line = __builtin_LINE()) {
    owner = domain;
    address = at;
    const auto copied = harness::in_child(copy_only);
    harness::expect_equal(static_cast<uint64_t>(copied.exit_status), 0, "copies alone", file, line);
    expect_panic(harness::in_child(read_only), "read", place, file, line);
    expect_panic(harness::in_child(read_after_copy), "read", place, file, line);
    expect_panic(harness::in_child(write_after_copy), "write", place, file, line);
}

} // namespace

POSTERN_SERVICES(rt::provide<read_plainly, handle_read_plainly>(Domain::alice));

POSTERN_TEST("deny.monitor.plain_dereference", SHOWS(plain_dereference_is_caught)) {
    deny(Domain::alice, claim(places::alice_word).raw(), "alice's data");
    deny(Domain::bob, claim(places::bob_word).raw(), "bob's data");
    deny(Domain::alice, places::record_of(Domain::alice, Kind::domain_stack).end - 8,
         "alice's stack");
}

// The page is closed where the monitor sees it; its own addresses always are.
POSTERN_TEST("deny.monitor.a_fault_where_it_sees_a_domain_names_the_domain",
             SHOWS(monitor_sees_domains_elsewhere)) {
    if (!rt::domain::is_any_apart()) {
        return harness::skip("needs an address space for each domain");
    }
    const places::Hole hole;
    address = rt::domain::seen(hole.begin());
    rt::Line wanted;
    wanted.format(
        "postern: the monitor itself: write of {} (alice's data at {}, as the monitor sees "
        "it) at ",
        rt::Hex{address}, rt::Hex{hole.begin()});
    wanted.append('\0');
    const auto end = harness::in_child([] { write(address); });
    EXPECT_EQUAL(end.exit_status, 70);
    EXPECT(end.says(wanted.text()));
}

POSTERN_TEST("deny.monitor.plain_dereference_in_a_service", SHOWS(plain_dereference_is_caught)) {
    owner = Domain::alice;
    address = claim(places::alice_word).raw();
    const auto end =
        harness::in_child([] { static_cast<void>(rt::call<Domain::alice>(alice_asks)); });
    expect_panic(end, "read", "alice's data", __FILE__, __LINE__);
}
