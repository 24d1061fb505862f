/// Memory that a domain must not reach: each place read, written or executed, with the whole fault.
#include "rt/base/pkru_values.h"
#include "rt/base/slot.h"
#include "rt/domain/tag.h"
#include "rt/trap/strategy.h"
#include "tests/rt/domain/first_stack.h"
#include "tests/rt/trap/places.h"
#include "tests/rt/trap/whole.h"

namespace {

using whole::address_of;
using whole::deny_execute;
using whole::deny_read;
using whole::deny_write;

constexpr int nothing_mapped = 1, protection = 2, refused_by_key = 4;
constexpr int shared_key = 0, monitor_key = 1, bob_key = static_cast<int>(rt::key::key_of(Domain::bob).raw());

const uint64_t constant = 0x434241;
constinit uint64_t monitor_word = 0x51;
POSTERN_DATA(alice) uint64_t alice_word = 0x52;
POSTERN_BSS(alice) uint64_t alice_scratch[2];
POSTERN_DATA(bob) uint64_t bob_word = 0x53;

constexpr rt::Entry<Domain::bob, test_read> bob_reads;

void deny_read_and_write(uint64_t address, int key) {
    deny_read({.address = address, .code = refused_by_key, .key = key});
    deny_write({.address = address, .code = refused_by_key, .key = key});
}

uint64_t alice_reads(uint64_t address) {
    return rt::call<Domain::alice>(whole::read, address).value_or(~uint64_t{0});
}

} // namespace

POSTERN_TEST("deny.fault.null_page", SHOWS(faultinfo_is_the_kernels, fault_kinds_are_whole)) {
    const uint64_t addresses[] = {0, 1, 0xfff};
    for (const uint64_t address : addresses) {
        deny_read({.address = address, .code = nothing_mapped, .pages = 0});
        deny_write({.address = address, .code = nothing_mapped, .pages = 0});
        deny_execute({.address = address, .code = nothing_mapped, .pages = 0});
    }
}

POSTERN_TEST("deny.fault.nothing_mapped", SHOWS(fault_kinds_are_whole)) {
    const uint64_t address = POSTERN_BASE / 2;
    deny_read({.address = address, .code = nothing_mapped, .pages = 0});
    deny_write({.address = address, .code = nothing_mapped, .pages = 0});
    deny_execute({.address = address, .code = nothing_mapped, .pages = 0});
}

POSTERN_TEST("deny.fault.kernel_address", SHOWS(fault_kinds_are_whole)) {
    const uint64_t address = 0xffffffff81000000;
    deny_read({.address = address, .code = nothing_mapped});
    deny_write({.address = address, .code = nothing_mapped});
}

POSTERN_TEST("deny.fault.write_constants", SHOWS(fault_kinds_are_whole)) {
    EXPECT_EQUAL(alice_reads(address_of(constant)), 0x41);
    deny_write({.address = address_of(constant), .code = refused_by_key, .key = shared_key});
    EXPECT_EQUAL(constant, 0x434241);
}

POSTERN_TEST("deny.fault.write_text", SHOWS(fault_kinds_are_whole)) {
    const auto text = reinterpret_cast<uint64_t>(test_returns);
    const uint8_t before = *reinterpret_cast<const uint8_t *>(test_returns);
    EXPECT_EQUAL(alice_reads(text), before);
    deny_write({.address = text, .code = refused_by_key, .key = shared_key});
    deny_write({.address = reinterpret_cast<uint64_t>(__gate_start),
                .code = refused_by_key,
                .key = shared_key});
    EXPECT_EQUAL(*reinterpret_cast<const uint8_t *>(test_returns), before);
}

POSTERN_TEST("deny.fault.monitor_data",
             SHOWS(fault_kinds_are_whole, secrets_are_closed, domain_reaches_its_own_alone)) {
    deny_read_and_write(address_of(monitor_word), monitor_key);
    deny_execute({.address = address_of(monitor_word), .code = protection});
    EXPECT_EQUAL(monitor_word, 0x51);
}

POSTERN_TEST("deny.fault.monitor_stack", SHOWS(fault_kinds_are_whole)) {
    volatile uint64_t local = 0x54;
    deny_read_and_write(address_of(local), monitor_key);
    deny_execute({.address = address_of(local), .code = protection});
    EXPECT_EQUAL(local, 0x54);
}

POSTERN_TEST("deny.fault.other_domains_data",
             SHOWS(faultinfo_is_the_kernels, fault_kinds_are_whole, domain_reaches_its_own_alone)) {
    deny_read_and_write(address_of(bob_word), bob_key);
    deny_execute({.address = address_of(bob_word), .code = protection});
    EXPECT_EQUAL(rt::call<Domain::bob>(bob_reads, address_of(bob_word)).value_or(0), 0x53);

    const auto denied = rt::call<Domain::bob>(bob_reads, address_of(alice_word));
    EXPECT(!denied) &&
        whole::expect(denied.fault(),
                      {{.kind = rt::FaultKind::read,
                        .domain = Domain::bob,
                        .signal = 11,
                        .code = refused_by_key,
                        .address = address_of(alice_word),
                        .key = static_cast<int>(rt::key::key_of(Domain::alice).raw())},
                       {.cr2 = address_of(alice_word),
                        .error_code = whole::present | whole::user | whole::by_key,
                        .trap_number = 14},
                       whole::registers_at(test_read_at, address_of(alice_word), Domain::bob)});
}

POSTERN_TEST("deny.fault.other_domains_stack", SHOWS(fault_kinds_are_whole)) {
    const uint64_t top = places::stack_of(Domain::bob).end - 8;
    EXPECT(bool(rt::call<Domain::bob>(bob_reads, top))); // it has been used: the page is there
    deny_read_and_write(top, bob_key);
    deny_execute({.address = top, .code = protection});
    const uint64_t bottom = places::stack_of(Domain::bob).begin;
    deny_read({.address = bottom, .code = refused_by_key, .key = bob_key, .pages = 0});
    deny_write({.address = bottom, .code = refused_by_key, .key = bob_key, .pages = 0});
}

POSTERN_TEST("deny.fault.thread_private_page", SHOWS(fault_kinds_are_whole)) {
    deny_read_and_write(address_of(rt::base::slot().gate_rsp), monitor_key);
    deny_read_and_write(address_of(rt::base::slot().state), monitor_key);
}

POSTERN_TEST("deny.fault.write_thread_public_page", SHOWS(fault_kinds_are_whole),
             TRIES(attack_60)) {
    EXPECT_EQUAL(alice_reads(address_of(rt::base::slot().selector)), RT_SELECTOR_BLOCK);
    const rt::base::Slot &slot = rt::base::slot();
    const uint64_t words[] = {address_of(slot.selector), address_of(slot.view),
                              address_of(slot.token)};
    for (const uint64_t word : words) {
        deny_write({.address = word, .code = refused_by_key, .key = shared_key});
    }
    EXPECT_EQUAL(rt::base::slot().selector, RT_SELECTOR_BLOCK);
    EXPECT_EQUAL(rt::base::slot().view, RT_PKRU_MONITOR);
}

POSTERN_TEST("deny.fault.alternate_stack", TRIES(attack_46)) {
    const uint64_t top =
        rt::domain::alternate_stack(0, rt::domain::AlternateStack::second).end() - 8;
    if (rt::trap::frame_strategy() == rt::trap::FrameStrategy::frame_key) {
        if (EXPECT(bool(rt::call<Domain::alice>(whole::read, top)))) {
            harness::skip("frame_key: key 15 is open in every view, domains reach this stack");
        }
        return;
    }
    deny_read_and_write(top, monitor_key);
    deny_execute({.address = top, .code = protection});
}

POSTERN_TEST("deny.fault.guard_page", SHOWS(fault_kinds_are_whole)) {
    const auto &data = places::data_of(Domain::alice);
    const auto &stack = places::stack_of(Domain::alice);
    const uint64_t guards[] = {data.begin - 1, data.end, stack.begin - 1, stack.end};
    for (const uint64_t guard : guards) {
        deny_read({.address = guard, .code = protection, .pages = 0});
        // A guard has key 0, whose write-disable the kernel finds before the missing permission.
        deny_write({.address = guard, .code = refused_by_key, .key = shared_key, .pages = 0});
        deny_execute({.address = guard, .code = protection, .pages = 0});
    }
}

POSTERN_TEST("deny.fault.exhausted_stack", SHOWS(fault_kinds_are_whole)) {
    constexpr rt::Entry<Domain::alice, test_recurse> recurse;
    const auto &stack = places::stack_of(Domain::alice);
    const uint64_t top = rt::base::slot().stack[rt::key::key_of(Domain::alice).raw()];
    EXPECT_EQUAL(top, stack.end - RT_RESUME_RECORD_BYTES);
    const uint64_t room = (top - stack.begin) / 8 - 1; // return addresses above the last call
    EXPECT_EQUAL(rt::call<Domain::alice>(recurse, room).value_or(0), 1);
    const auto denied = rt::call<Domain::alice>(recurse, room + 100);
    if (!EXPECT(!denied)) {
        return;
    }
    auto registers = whole::registers_at(test_recurse_at, 99, Domain::alice);
    registers.rsp = stack.begin;
    whole::expect(
        denied.fault(),
        {{.kind = rt::FaultKind::write,
          .domain = Domain::alice,
          .signal = 11,
          .code = refused_by_key,
          .address = stack.begin - 8,
          .key = shared_key},
         {.cr2 = stack.begin - 8, .error_code = whole::user | whole::writing, .trap_number = 14},
         registers});
    EXPECT_EQUAL(rt::call<Domain::alice>(recurse, room).value_or(0), 1);
}

POSTERN_TEST("deny.fault.stack_pointer_led_to_the_monitor", SHOWS(handlers_run_on_armed_stack)) {
    constexpr rt::Entry<Domain::alice, test_push> push;
    EXPECT_EQUAL(rt::call<Domain::alice>(push, address_of(alice_scratch[1])).value_or(0), 1);
    volatile uint64_t local[2] = {0x54, 0x55};
    const auto denied = rt::call<Domain::alice>(push, address_of(local[1]));
    if (!EXPECT(!denied)) {
        return;
    }
    auto registers = whole::registers_at(test_push_at, address_of(local[1]), Domain::alice);
    registers.rbx = registers.rsp;
    registers.rsp = address_of(local[1]);
    whole::expect(denied.fault(),
                  {{.kind = rt::FaultKind::write,
                    .domain = Domain::alice,
                    .signal = 11,
                    .code = refused_by_key,
                    .address = address_of(local[0]),
                    .key = monitor_key},
                   {.cr2 = address_of(local[0]),
                    .error_code = whole::user | whole::writing | whole::present | whole::by_key,
                    .trap_number = 14},
                   registers});
    EXPECT_EQUAL(local[0], 0x54);
}

POSTERN_TEST("deny.fault.arguments", SHOWS(secrets_are_closed)) {
    const rt::Arguments arguments = harness::arguments();
    deny_read_and_write(address_of(arguments[0][0]), monitor_key);
    const auto &region = places::region(linker::Kind::arguments, monitor_key);
    deny_read({.address = region.end - 1, .code = protection, .pages = 0}); // the part not in use
}

POSTERN_TEST("deny.fault.pristine_copies", SHOWS(secrets_are_closed), TRIES(attack_51)) {
    const linker::RegionRecord records[] = {places::data_of(Domain::bob),
                                            places::data_of(Domain::alice),
                                            places::region(linker::Kind::monitor, monitor_key)};
    for (const auto &record : records) {
        EXPECT(record.pristine_bytes != 0);
        deny_read_and_write(record.pristine, monitor_key);
        deny_read_and_write(record.pristine + record.pristine_bytes - 1, monitor_key);
    }
    deny_read_and_write(reinterpret_cast<uint64_t>(__pristine_start), monitor_key);
    deny_read_and_write(reinterpret_cast<uint64_t>(__pristine_end) - 1, monitor_key);
}

// The kernel would let a stack grow for any code that touches the page below it. No such stack is
// left.
POSTERN_TEST("deny.fault.initial_stack", SHOWS(secrets_are_closed, vdso_and_stack_leave),
             TRIES(attack_64)) {
    const uint64_t first = smaps::first_stack_pointer() & ~uint64_t{POSTERN_PAGE - 1};
    const uint64_t places[] = {first, first - 8, first - 64 * POSTERN_PAGE, first};
    for (const uint64_t address : places) {
        deny_read({.address = address, .code = nothing_mapped, .pages = 0});
        deny_write({.address = address, .code = nothing_mapped, .pages = 0});
        deny_execute({.address = address, .code = nothing_mapped, .pages = 0});
    }
}

POSTERN_TEST("deny.fault.execute_own_memory", SHOWS(fault_kinds_are_whole)) {
    EXPECT_EQUAL(alice_reads(address_of(alice_word)), 0x52);
    deny_execute({.address = address_of(alice_word), .code = protection});
    deny_execute({.address = places::stack_of(Domain::alice).end - 8, .code = protection});
}
