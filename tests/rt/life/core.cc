/// Core files: the memory and registers of one domain, and no byte of anything else.
#include <asm/unistd.h>
#include <linux/fcntl.h>
#include <linux/resource.h>

#include "rt/sys/call.h"
#include "rt/sys/pagemap.h"
#include "rt/sys/signal.h"
#include "tests/harness/harness.h"
#include "tests/rt/life/core_file.h"
#include "tests/rt/life/memory.h"

namespace {

using core_file::CoreFile;
using rt::Errno;
using rt::Fault;
using rt::FaultKind;

/// Eight bytes that are nowhere else.
constexpr uint64_t of_monitor = 0x6d9a1f07c3e5b281, of_bob = 0x8c41d6b2f0937e5a,
                   of_ledger = 0xa7e02c95d8613bf4;

constinit volatile uint64_t monitors[512] = {of_monitor};
POSTERN_BSS(ledger) uint64_t ledger_word;
POSTERN_DATA(alice) volatile uint64_t alice_word = 77;

/// In alice: faults with `address` in all registers, the stack pointer among them.
uint64_t fall(uint64_t address) {
    alice_word = alice_word + 1;
    asm volatile("movq %0, %%rax\n\t"
                 "leaq 1(%%rax), %%rbx\n\t"
                 "leaq 2(%%rax), %%rcx\n\t"
                 "leaq 3(%%rax), %%rdx\n\t"
                 "leaq 4(%%rax), %%rsi\n\t"
                 "leaq 5(%%rax), %%rdi\n\t"
                 "leaq 6(%%rax), %%rbp\n\t"
                 "leaq 8(%%rax), %%r8\n\t"
                 "leaq 9(%%rax), %%r9\n\t"
                 "leaq 10(%%rax), %%r10\n\t"
                 "leaq 11(%%rax), %%r11\n\t"
                 "leaq 12(%%rax), %%r12\n\t"
                 "leaq 13(%%rax), %%r13\n\t"
                 "leaq 14(%%rax), %%r14\n\t"
                 "leaq 15(%%rax), %%r15\n\t"
                 "leaq 16(%%rax), %%rsp\n\t"
                 "movq %%rax, 8"
                 :
                 : "r"(address)
                 : "memory");
    __builtin_unreachable();
}
uint64_t fall_in_bob() {
    *reinterpret_cast<volatile uint64_t *>(8) = 1;
    return 0;
}
uint64_t fall_in_carol() {
    *reinterpret_cast<volatile uint64_t *>(8) = 1;
    return 0;
}
constexpr rt::Entry<Domain::alice, fall> fall_entry;
constexpr rt::Entry<Domain::bob, fall_in_bob> fall_in_bob_entry;
constexpr rt::Entry<Domain::carol, fall_in_carol> fall_in_carol_entry;

// Requests that are bob's alone.
constexpr rt::Service<1, void()> service_of_bob;
constexpr rt::CrossCall<1, Domain::bob, fall_in_carol_entry> cross_call_of_bob;
uint64_t ask_for_service() {
    service_of_bob();
    return alice_word;
}
uint64_t ask_for_cross_call() {
    return cross_call_of_bob() ? alice_word : 0;
}
constexpr rt::Entry<Domain::alice, ask_for_service> ask_for_service_entry;
constexpr rt::Entry<Domain::alice, ask_for_cross_call> ask_for_cross_call_entry;
void serve_bob(Domain) {}

/// Whether a debugger of the core file begins in `function`, after the call of the gate, with the
/// frame of that function.
bool begins_in(const Fault &fault, uint64_t (*function)()) {
    constexpr uint64_t most_bytes = 100;
    constexpr unsigned place_of_rbp = 4, place_of_rip = 16, place_of_rsp = 19;
    const CoreFile core;
    EXPECT(bool(rt::write_core(fault, core.file())));
    const uint64_t rsp = core.register_at(place_of_rsp), rbp = core.register_at(place_of_rbp);
    return EXPECT_EQUAL(rsp, fault.registers.rsp + sizeof(uint64_t)) &&
           EXPECT(rt::domain::stack_of(fault.domain).contains(rbp, 16) && rbp >= rsp) &&
           EXPECT(core.register_at(place_of_rip) - reinterpret_cast<uint64_t>(function) <
                  most_bytes);
}

Fault fault_of_alice() {
    const auto ended =
        rt::call<Domain::alice>(fall_entry, reinterpret_cast<uint64_t>(&monitors[0]));
    EXPECT(!ended);
    return ended ? Fault{} : ended.fault();
}
Fault fault_of_bob() {
    const auto ended = rt::call<Domain::bob>(fall_in_bob_entry);
    EXPECT(!ended);
    return ended ? Fault{} : ended.fault();
}

/// Fills all of bob's memory.
void fill_bob(uint64_t with) {
    for (const auto &record : rt::domain::Table()) {
        if (rt::domain::domain_of(record) != Domain::bob) {
            continue;
        }
        for (uintptr_t at = record.begin; at != record.end; at += sizeof with) {
            EXPECT(bool(rt::put_user(Domain::bob, rt::Claimed::from_raw(at), with)));
        }
    }
}

/// Writes to the heap: the first page, one in the middle, none at the end.
void use_heap(Domain domain) {
    const auto &heap = memory::heap_of(domain);
    const uintptr_t places[] = {heap.begin, heap.begin + (heap.end - heap.begin) / 2 + 24};
    for (const uintptr_t place : places) {
        EXPECT(bool(rt::put_user(domain, rt::Claimed::from_raw(place), uint64_t{5})));
    }
}

uint64_t mapped_pages(const linker::RegionRecord &heap) {
    if (rt::key::is_apart(rt::domain::domain_of(heap))) {
        return 0; // a file has the pages
    }
    rt::sys::FoundPages found[8];
    uint64_t bytes = 0;
    for (uintptr_t at = heap.begin; at != heap.end;) {
        const auto search = rt::sys::read_pages(rt::Region::from_raw(at, heap.end), found, 8);
        if (!EXPECT(bool(search))) {
            break;
        }
        for (size_t i = 0; i < search.value().found; ++i) {
            bytes += found[i].region().bytes();
        }
        at = search.value().next;
    }
    return bytes / POSTERN_PAGE;
}

// What is done about carol's faults: a core file of hers is written where `target` says.
constinit auto target = static_cast<rt::sys::Descriptor>(-1);
constinit Errno told{};
constinit uint64_t mapped = 0; // pages of her heap, before the restart
constinit Fault fault_in_handler{};
void keep_core(Domain, const Fault &fault) {
    const auto written = rt::write_core(fault, target);
    told = written ? Errno::none : written.error();
    mapped = mapped_pages(memory::heap_of(Domain::carol));
}

/// The error of a core file of carol's in `file`, and whether she is in her next life all the same.
Errno error_of_core_in(rt::sys::Descriptor file) {
    const uint64_t life = rt::life_of(Domain::carol);
    target = file;
    EXPECT(!rt::call<Domain::carol>(fall_in_carol_entry));
    EXPECT_EQUAL(rt::life_of(Domain::carol), life + 1);
    return told;
}

} // namespace

POSTERN_SERVICES(rt::provide<service_of_bob, serve_bob>(Domain::bob));
POSTERN_CROSS_CALLS(cross_call_of_bob);
POSTERN_ON_FAULT(rt::restart_always(Domain::carol).before_restart(keep_core));

POSTERN_TEST("run.core.memory_and_registers_of_the_fault", SHOWS(core_file_of_one_domain)) {
    use_heap(Domain::alice);
    const Fault fault = fault_of_alice();
    const CoreFile core;
    EXPECT(bool(rt::write_core(fault, core.file())));
    EXPECT_EQUAL(core.bytes(), core_file::expected_bytes(Domain::alice));
    EXPECT(core.has_headers_of(Domain::alice));
    EXPECT_EQUAL(core.changed(Domain::alice), 0);
    // r15 to rdi: what `fall` adds to the address, in the order of user_regs_struct.
    constexpr uint64_t added[] = {15, 14, 13, 12, 6, 1, 11, 10, 9, 8, 0, 2, 3, 4, 5};
    const auto address = reinterpret_cast<uint64_t>(&monitors[0]);
    for (unsigned place = 0; place < sizeof added / sizeof added[0]; ++place) {
        EXPECT_EQUAL(core.register_at(place), address + added[place]);
    }
    EXPECT_EQUAL(core.register_at(16), fault.registers.rip);
    EXPECT_EQUAL(core.register_at(18), fault.registers.rflags);
    EXPECT_EQUAL(core.register_at(19), address + 16);
}

// No trap has its registers.
POSTERN_TEST("run.core.of_a_refused_request", SHOWS(core_file_of_one_domain)) {
    if (rt::key::is_apart(Domain::alice)) {
        return harness::skip("a stub puts the registers elsewhere than a gate");
    }
    const auto service = rt::call<Domain::alice>(ask_for_service_entry);
    EXPECT(!service && service.fault().kind == FaultKind::service) &&
        EXPECT(begins_in(service.fault(), ask_for_service));
    const auto cross_call = rt::call<Domain::alice>(ask_for_cross_call_entry);
    EXPECT(!cross_call && cross_call.fault().kind == FaultKind::cross_call) &&
        EXPECT(begins_in(cross_call.fault(), ask_for_cross_call));
}

// The registers lead to the monitor's memory, and the core file before this one was bob's.
POSTERN_TEST("attack.core.bytes_of_others", SHOWS(core_file_of_one_domain), TRIES(attack_113)) {
    EXPECT(bool(rt::put_user(Domain::ledger, rt::Claimed::of(&ledger_word), of_ledger)));
    fill_bob(of_bob);
    const Fault bobs = fault_of_bob();
    const Fault alices = fault_of_alice();
    const CoreFile first, second;
    EXPECT(bool(rt::write_core(bobs, first.file())));
    EXPECT(first.count(of_bob) > 0x1000);
    EXPECT_EQUAL(first.count(monitors[0]) + first.count(of_ledger), 0);
    EXPECT(bool(rt::write_core(alices, second.file())));
    EXPECT_EQUAL(second.count(of_bob), 0);
    EXPECT_EQUAL(second.count(monitors[0]) + second.count(of_ledger), 0);
    EXPECT(bool(rt::restart(Domain::bob)));
}

POSTERN_TEST("run.core.zeros_are_written_where_no_hole_can_be", SHOWS(core_file_of_one_domain)) {
    use_heap(Domain::alice);
    const Fault fault = fault_of_alice();
    const CoreFile plain, appending, full;
    EXPECT(bool(rt::write_core(fault, plain.file())));

    EXPECT(rt::sys::call_raw(__NR_fcntl, appending.file(), F_SETFL, O_RDWR | O_APPEND) == 0);
    EXPECT(bool(rt::write_core(fault, appending.file())));
    EXPECT_EQUAL(appending.bytes(), plain.bytes());
    EXPECT_EQUAL(appending.differences(plain), 0);

    for (uint64_t bytes = 0; bytes < plain.bytes(); bytes += sizeof bytes) {
        EXPECT(bool(rt::sys::write_all(full.file(), &of_bob, sizeof of_bob)));
    }
    EXPECT(rt::sys::call_raw(__NR_lseek, full.file(), 0, 0) == 0);
    EXPECT(bool(rt::write_core(fault, full.file())));
    EXPECT_EQUAL(full.differences(plain), 0);
}

// A page that was only read would be mapped afterwards, and each restart would look at it.
POSTERN_TEST("run.core.an_unused_heap_costs_nothing", SHOWS(core_files_are_small)) {
    if (rt::key::is_apart(Domain::carol)) {
        return harness::skip("counts pages that this process has mapped; with spaces, a file has them");
    }
    use_heap(Domain::carol);
    const CoreFile core;
    EXPECT(error_of_core_in(core.file()) == Errno::none);
    EXPECT_EQUAL(core.bytes(), core_file::expected_bytes(Domain::carol));
    constexpr uint64_t most_pages = 80; // KEEP of a heap is 64 of them
    EXPECT(core.bytes_stored() <= most_pages * POSTERN_PAGE);
    EXPECT(mapped > 0 && mapped <= most_pages);
}

POSTERN_TEST("run.core.an_error_keeps_no_domain_from_its_restart",
             SHOWS(core_file_errors_change_nothing)) {
    EXPECT(error_of_core_in(static_cast<rt::sys::Descriptor>(900)) == Errno::bad_descriptor);
    const auto full = rt::sys::open("/dev/full", rt::sys::Access::write);
    if (EXPECT(bool(full))) {
        EXPECT(error_of_core_in(full.value()) == Errno::no_space);
        EXPECT(bool(rt::sys::close(full.value())));
    }
    const CoreFile small, whole;
    const rlimit64 three_pages{3 * POSTERN_PAGE + 8, RLIM64_INFINITY};
    const rlimit64 any{RLIM64_INFINITY, RLIM64_INFINITY};
    EXPECT(rt::sys::call_raw(__NR_prlimit64, 0, RLIMIT_FSIZE, &three_pages, 0) == 0);
    EXPECT(error_of_core_in(small.file()) == Errno::file_too_large);
    EXPECT(rt::sys::call_raw(__NR_prlimit64, 0, RLIMIT_FSIZE, &any, 0) == 0);
    EXPECT(error_of_core_in(whole.file()) == Errno::none);
    EXPECT_EQUAL(whole.bytes(), core_file::expected_bytes(Domain::carol));
}

POSTERN_TEST("deny.core.wrong_uses", SHOWS(core_file_errors_change_nothing)) {
    const CoreFile core;
    constexpr Domain others[] = {Domain::ledger, rt::no_domain};
    for (const Domain domain : others) {
        Fault fault = fault_of_alice();
        fault.domain = domain;
        const auto written = rt::write_core(fault, core.file());
        EXPECT(!written) && EXPECT(written.error() == Errno::invalid);
    }
    EXPECT(bool(rt::on_signal(rt::Signal::user1,
                              [](rt::Signal) { keep_core(Domain::alice, fault_in_handler); })));
    target = core.file();
    fault_in_handler = fault_of_alice();
    EXPECT(bool(rt::sys::raise(rt::Signal::user1)));
    EXPECT(told == Errno::busy);
    EXPECT_EQUAL(core.bytes(), 0);
    EXPECT(bool(rt::on_signal(rt::Signal::user1, nullptr)));
}
