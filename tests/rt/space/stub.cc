/// The stub alone, at its own address and at three others: calls, services, traps, lists.
#include <asm/unistd.h>
#include <linux/mman.h>

#include "rt/base/slot.h"
#include "tests/harness/harness.h"
#include "tests/rt/space/child.h"
#include "tests/rt/space/probes.h"

namespace {

using probes::mark;
using probes::Registers;
using space_test::address_of;
using space_test::Child;
using space_test::Event;
using space_test::Happened;
using space_test::Order;

constexpr uint64_t page = POSTERN_PAGE;
/// Below 4 GiB, at the end of the address space, and beyond the image's 4 GiB.
constexpr uintptr_t others[] = {0x10000000, 0x7e0000000000, 0x200200000000};
constexpr int64_t not_permitted = -1, bad_file = -9;

Registers &kept(const Child &child) {
    return *reinterpret_cast<Registers *>(child.field().kept);
}

template <class Body>
void at_all_addresses(Body body) {
    body(space_test::own_page());
    for (const uintptr_t other : others) {
        body(other);
    }
}

/// Writes a list of `count` items, and runs it.
template <class Item>
Happened run_list(Child &child, size_t count, Item item) {
    auto &orders = child.box().orders;
    for (size_t i = 0; i < count; ++i) {
        orders.list[i] = item(i);
    }
    if (count <= RT_MAILBOX_LIST_ITEMS) {
        orders.list[count].number = 0;
    }
    for (auto &result : child.box().answers.results) {
        result = 0x5a5a;
    }
    return child.give(Order::batch);
}

rt::space::Item pid_item(size_t index) {
    return {index % 2 == 0 ? uint64_t{__NR_getpid} : uint64_t{__NR_getppid}, {}, 0};
}

bool has_results(const Child &child, size_t count) {
    const auto &results = child.box().answers.results;
    const auto parent = static_cast<uint64_t>(results[1]);
    bool good = true;
    for (size_t i = 0; i < count; ++i) {
        good &= results[i] == (i % 2 == 0 ? static_cast<uint64_t>(child.process()) : parent);
    }
    return good && results[count] == 0x5a5a;
}

/// A service of probe_service, and inside it a call of `inner`.
void expect_kept(Child &child, const void *inner, uint64_t x87_control) {
    Registers &seen = kept(child);
    child.box().orders.stack = child.field().stack_top();
    const Happened asked = child.call(probe_service, address_of(&seen),
                                      child.here(rt_space_stub_service), x87_control);
    if (!EXPECT(asked.is(Event::service))) {
        return;
    }
    const uint64_t wanted[] = {7, mark(4), mark(3), mark(2), mark(8), mark(9)};
    for (unsigned i = 0; i < 6; ++i) {
        EXPECT_EQUAL(asked.words[i], wanted[i]);
    }
    child.box().orders.stack = (asked.words[6] - 128) & ~uint64_t{15};
    EXPECT(child.call(inner).is(Event::returned));
    EXPECT(child.give(Order::answer, {asked.words[6], 0x1234, 0x5678}).is(Event::returned));
    EXPECT(seen.rax == 0x1234 && seen.rdx == 0x5678);
    EXPECT(seen.rbx == mark(1) && seen.rbp == mark(6) && seen.r12 == mark(12) &&
           seen.r13 == mark(13) && seen.r14 == mark(14) && seen.r15 == mark(15));
    const uint64_t cleared[] = {seen.rcx, seen.rsi, seen.rdi, seen.r8, seen.r9, seen.r10, seen.r11};
    for (const uint64_t other : cleared) {
        EXPECT_EQUAL(other, 0);
    }
    EXPECT(seen.mxcsr == 0x5f80 && seen.x87_control == x87_control);
}

} // namespace

POSTERN_TEST("run.space.stub_runs_at_any_address", SHOWS(stub_runs_at_any_address)) {
    at_all_addresses([](uintptr_t at) {
        Child child(at);
        const Happened sum = child.call(probe_add, 1, 20, 300);
        EXPECT(sum.is(Event::returned) && sum.words[0] == 321);
        const Happened trapped = child.call(probe_load, 24);
        EXPECT(trapped.is(Event::trapped));
        EXPECT(run_list(child, 2, pid_item).is(Event::batched) && has_results(child, 2));
        const Happened asked = child.call(probe_service, address_of(&kept(child)),
                                          child.here(rt_space_stub_service), 0x037f);
        EXPECT(asked.is(Event::service) && asked.words[0] == 7);
        EXPECT(child.give(Order::answer, {asked.words[6], 5, 6}).is(Event::returned));
        EXPECT_EQUAL(kept(child).rax, 5);
    });
}

POSTERN_TEST("run.space.call_begins_clean", SHOWS(child_starts_each_call_clean)) {
    Child child(space_test::own_page());
    const char *const leave[] = {probe_ruin, probe_round, probe_push, probe_mmx, probe_ruin};
    for (const char *ruin : leave) {
        EXPECT(child.call(ruin).is(Event::returned));
        Registers &seen = kept(child);
        EXPECT(child.call(probe_look, address_of(&seen), 1, 2, 3, 4, 5).is(Event::returned));
        EXPECT(seen.rdi == address_of(&seen) && seen.rsi == 1 && seen.rdx == 2 && seen.rcx == 3 &&
               seen.r8 == 4 && seen.r9 == 5);
        const uint64_t cleared[] = {seen.rax, seen.rbx, seen.rbp, seen.r10, seen.r11,
                                    seen.r12, seen.r13, seen.r14, seen.r15};
        for (const uint64_t other : cleared) {
            EXPECT_EQUAL(other, 0);
        }
        EXPECT_EQUAL(seen.rsp, child.field().stack_top() - 8);
        EXPECT_EQUAL(seen.flags & 0x244500, 0); // ID, AC, NT, DF, TF
        EXPECT(seen.mxcsr == 0x1f80 && seen.x87_control == 0x037f && seen.x87_status == 0 &&
               seen.x87_tags == 0xffff);
    }
}

POSTERN_TEST("run.space.service_keeps_the_domains_registers", SHOWS(child_starts_each_call_clean)) {
    Child child(space_test::own_page());
    constexpr uint64_t start = 0x037f, rounds_up = 0x0b7f;
    expect_kept(child, probe_ruin, rounds_up); // all that a call may change
    expect_kept(child, probe_round, start);    // MXCSR alone
}

POSTERN_TEST("run.space.cross_call_is_an_event_of_its_own", SHOWS(stub_runs_at_any_address)) {
    Child child(space_test::own_page());
    const Happened asked = child.call(probe_service, address_of(&kept(child)),
                                      child.here(rt_space_stub_cross), 0x037f);
    EXPECT(asked.is(Event::crossing) && asked.words[0] == 7 && asked.words[5] == mark(9));
    EXPECT(child.give(Order::answer, {asked.words[6], 8, 9}).is(Event::returned));
    EXPECT(kept(child).rax == 8 && kept(child).rdx == 9);
}

POSTERN_TEST("run.space.trap_says_what_the_processor_said", SHOWS(stub_runs_at_any_address)) {
    Child child(space_test::own_page());
    for (int round = 0; round < 3; ++round) { // each on the same alternate stack
        const Happened read = child.call(probe_load, 0x1238);
        EXPECT(read.is(Event::trapped) && read.words[0] == 11 && read.words[2] == 0x1238);
        EXPECT(read.words[3] == 4 && read.words[4] == rt::trap::trap_page_fault);
        const auto &frame = child.frame_of(read);
        EXPECT_EQUAL(frame.context.uc_mcontext.rip, address_of(probe_load));
        EXPECT_EQUAL(frame.context.uc_mcontext.rdi, 0x1238);
    }
    EXPECT(child.call(probe_add, 1, 2, 3).is(Event::returned));
}

POSTERN_TEST("run.space.resume_keeps_every_register", SHOWS(stub_resumes_every_register)) {
    const bool has_ymm = rt::base::slot().wipe_level >= RT_WIPE_AVX;
    Child child(space_test::own_page());
    auto &given = reinterpret_cast<Registers *>(child.field().kept)[1];
    for (unsigned i = 0; i < sizeof given.vectors; ++i) {
        given.vectors[i / 32][i % 32] = static_cast<unsigned char>(i * 7 + 1);
    }
    const Happened trapped =
        child.call(probe_trap, address_of(&given), address_of(&kept(child)), has_ymm);
    if (!EXPECT(trapped.is(Event::trapped) && trapped.words[0] == 4)) {
        return;
    }
    auto &context = child.frame_of(trapped).context.uc_mcontext;
    EXPECT_EQUAL(context.rip, address_of(probe_trap_here));
    EXPECT(context.rcx == mark(2) && context.r11 == mark(11) && context.rdi == mark(5));
    context.rip += 2;
    context.rax = 0x4321;
    // What the child does meanwhile is not seen.
    EXPECT(run_list(child, 2, pid_item).is(Event::batched));
    EXPECT(child.resume(trapped).is(Event::returned));
    const Registers &seen = kept(child);
    EXPECT_EQUAL(seen.rax, 0x4321);
    const uint64_t general[] = {seen.rbx, seen.rcx, seen.rdx, seen.rsi, seen.rdi, seen.rbp};
    for (unsigned i = 0; i < 6; ++i) {
        EXPECT_EQUAL(general[i], mark(i + 1));
    }
    const uint64_t numbered[] = {seen.r8,  seen.r9,  seen.r10, seen.r11,
                                 seen.r12, seen.r13, seen.r14, seen.r15};
    for (unsigned i = 0; i < 8; ++i) {
        EXPECT_EQUAL(numbered[i], mark(i + 8));
    }
    EXPECT_EQUAL(seen.flags & 0xcd5, 0x4d5);
    for (unsigned i = 0; i < 16; ++i) {
        EXPECT(__builtin_memcmp(seen.vectors[i], given.vectors[i], has_ymm ? 32 : 16) == 0);
    }
}

POSTERN_TEST("run.space.list_of_any_length", SHOWS(stub_runs_lists)) {
    at_all_addresses([](uintptr_t at) {
        Child child(at);
        const size_t counts[] = {size_t{0}, size_t{1}, size_t{500}, size_t{RT_MAILBOX_LIST_ITEMS}};
        for (const size_t count : counts) {
            const Happened done = run_list(child, count, pid_item);
            EXPECT(done.is(Event::batched));
            EXPECT_EQUAL(done.words[0], count);
            EXPECT(has_results(child, count));
        }
    });
}

POSTERN_TEST("run.space.list_without_its_end", SHOWS(stub_runs_lists)) {
    Child child(space_test::own_page());
    const Happened done = run_list(child, RT_MAILBOX_LIST_ITEMS + 1, pid_item);
    EXPECT(done.is(Event::batched) && done.words[0] == RT_MAILBOX_LIST_ITEMS);
    EXPECT(has_results(child, RT_MAILBOX_LIST_ITEMS));
}

POSTERN_TEST("run.space.list_stops_at_the_first_error", SHOWS(stub_runs_lists)) {
    Child child(space_test::own_page());
    const size_t places[] = {size_t{0}, size_t{1}, size_t{250}, size_t{499}};
    for (const size_t bad : places) {
        const Happened done = run_list(child, 500, [&](size_t index) {
            return index == bad ? rt::space::Item{__NR_close, {~uint64_t{0}}, 0} : pid_item(index);
        });
        EXPECT(done.is(Event::batched));
        EXPECT_EQUAL(done.words[0], bad);
        EXPECT_EQUAL(child.box().answers.results[bad], static_cast<uint64_t>(bad_file));
        EXPECT_EQUAL(child.box().answers.results[bad + 1], 0x5a5a);
    }
}

POSTERN_TEST("run.space.list_touches_neither_stub_nor_mailbox", SHOWS(stub_runs_lists)) {
    constexpr uintptr_t stub = 0x7e0000000000, end = stub + page + sizeof(space_test::Mailbox);
    Child child(stub, [] {
        space_test::map_shared(stub - page, page);
        space_test::map_shared(end, page);
    });
    const struct {
        uint64_t address, bytes;
        bool is_refused;
    } ranges[] = {{stub - page, page, false},
                  {end, page, false},
                  {stub, page, true},
                  {stub + page, page, true},
                  {end - page, page, true},
                  {stub - page, 2 * page, true},
                  {stub - page, page + 1, true},
                  {stub - page, end - stub + 2 * page, true},
                  {end - page, 2 * page, true},
                  {stub + 2 * page, 0, true},
                  {stub, ~uint64_t{0} - stub + 1, true},
                  {end, ~uint64_t{0} - end + 1, true},
                  {stub - page, ~uint64_t{0}, true}};
    for (const auto &range : ranges) {
        const Happened done = run_list(child, 1, [&](size_t) {
            return rt::space::Item{
                __NR_mprotect, {range.address, range.bytes, PROT_READ | PROT_WRITE}, 0};
        });
        const auto result = static_cast<int64_t>(child.box().answers.results[0]);
        EXPECT(done.is(Event::batched));
        EXPECT_EQUAL(done.words[0], range.is_refused ? 0 : 1);
        EXPECT_EQUAL(result, range.is_refused ? not_permitted : 0);
    }
    EXPECT(child.call(probe_add, 1, 2, 3).is(Event::returned));
}
