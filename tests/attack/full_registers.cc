/// What crosses a distrusting gate: nothing but arguments and results, in any register, either way.
#include "tests/attack/full_registers.h"

#include "tests/harness/harness.h"

extern "C" {
void test_enter_full(const void *stub, const void *function, uint64_t a0, void *dump);
uint64_t test_dump_and_return(uint64_t dump);
uint64_t test_fill_and_fault(uint64_t dump);
uint64_t test_fill_and_ask(uint64_t dump);
void test_serve_full(void *dump);
}

namespace {

/// As the assembly writes it: fifteen general registers, then an XSAVE area of the standard format.
struct alignas(64) Dump {
    uint64_t rax, rbx, rcx, rdx, rsi, rdi, rbp, r8, r9, r10, r11, r12, r13, r14, r15;
    uint64_t unused;
    unsigned char state[4096 - TEST_DUMP_STATE];

    uint32_t mxcsr() const { return part<uint32_t>(24); }
    uint16_t x87_control() const { return part<uint16_t>(0); }
    uint16_t x87_status() const { return part<uint16_t>(2); }

    template <class T>
    T part(size_t offset) const {
        T value;
        __builtin_memcpy(&value, state + offset, sizeof value);
        return value;
    }
};
static_assert(sizeof(Dump) == 4096 && offsetof(Dump, state) == TEST_DUMP_STATE);

POSTERN_BSS(alice) Dump alice_dump;
Dump monitor_dump;
Dump service_dump;

/// How many 8-byte words of the dump hold `pattern`.
unsigned count_pattern(const Dump &dump, uint64_t pattern) {
    unsigned count = 0;
    for (size_t offset = 0; offset < sizeof dump; offset += 8) {
        uint64_t word;
        __builtin_memcpy(&word, reinterpret_cast<const char *>(&dump) + offset, sizeof word);
        count += word == pattern ? 1 : 0;
    }
    return count;
}

/// Whether any x87 data register holds something: eight of 16 bytes, from byte 32 of the area.
bool x87_data_left(const Dump &dump) {
    for (size_t offset = 32; offset < 160; ++offset) {
        if (dump.state[offset] != 0 && offset % 16 < 8) {
            return true;
        }
    }
    return false;
}

void clear_dumps() {
    static const Dump zeros{};
    static_cast<void>(
        rt::copy_to_domain(Domain::alice, rt::Claimed::of(&alice_dump), &zeros, sizeof zeros));
    monitor_dump = zeros;
    service_dump = zeros;
}

Dump fetched;
const Dump &fetch_alice() {
    static_cast<void>(rt::copy_from_domain(Domain::alice, &fetched, rt::Claimed::of(&alice_dump),
                                           sizeof fetched));
    return fetched;
}

void enter(uint64_t (*function)(uint64_t)) {
    clear_dumps();
    constexpr auto *stub = rt::gate::enter_stub<static_cast<unsigned>(Domain::alice), false>();
    test_enter_full(reinterpret_cast<const void *>(stub), reinterpret_cast<const void *>(function),
                    rt::Claimed::of(&alice_dump).raw(), &monitor_dump);
}

void handle_ask(Domain) {
    test_serve_full(&service_dump);
}
constexpr rt::Service<1, void()> ask;

void expect_clean(const Dump &dump, uint64_t stranger) {
    EXPECT_EQUAL(count_pattern(dump, stranger), 0);
    EXPECT(!x87_data_left(dump));
    EXPECT_EQUAL(dump.x87_status() & 0xc7ff, 0);
}

/// The monitor's callee-saved registers and control words are its own again.
void expect_monitor_restored(const Dump &dump) {
    const uint64_t callee_saved[] = {dump.rbx, dump.rbp, dump.r12, dump.r13, dump.r14, dump.r15};
    for (const uint64_t kept : callee_saved) {
        EXPECT_EQUAL(kept, TEST_MONITOR_PATTERN);
    }
    EXPECT_EQUAL(dump.mxcsr(), TEST_MONITOR_MXCSR);
    EXPECT_EQUAL(dump.x87_control(), TEST_MONITOR_X87);
}

} // namespace

POSTERN_SERVICES(rt::provide<ask, handle_ask>(Domain::alice));

POSTERN_TEST("attack.registers.nothing_of_the_monitor_enters_a_domain") {
    enter(&test_dump_and_return);
    const Dump &dump = fetch_alice();
    EXPECT_EQUAL(dump.rdi, rt::Claimed::of(&alice_dump).raw()); // it did run
    expect_clean(dump, TEST_MONITOR_PATTERN);
    EXPECT_EQUAL(dump.mxcsr(), 0x1f80);
    EXPECT_EQUAL(dump.x87_control(), 0x37f);
}

POSTERN_TEST("attack.registers.nothing_of_a_domain_comes_back_with_a_result") {
    enter(&test_dump_and_return);
    EXPECT_EQUAL(monitor_dump.rax, 7);
    expect_clean(monitor_dump, TEST_DOMAIN_PATTERN);
    expect_monitor_restored(monitor_dump);
}

POSTERN_TEST("attack.registers.nothing_of_a_domain_comes_back_with_a_fault") {
    enter(&test_fill_and_fault);
    EXPECT_EQUAL(monitor_dump.rdx, rt::gate::faulted_by(rt::FaultKind::illegal));
    expect_clean(monitor_dump, TEST_DOMAIN_PATTERN);
    expect_monitor_restored(monitor_dump);
}

POSTERN_TEST("attack.registers.nothing_crosses_with_a_service_either_way") {
    enter(&test_fill_and_ask);
    // The request: rbx, rbp and r12 to r15 are kept on the monitor's stack, not in registers that a
    // handler reads as its own; what a handler sees of them is the callee-saved set of the domain.
    EXPECT_EQUAL(service_dump.mxcsr(), 0x1f80);
    EXPECT_EQUAL(service_dump.x87_control(), 0x37f);
    EXPECT(!x87_data_left(service_dump));
    EXPECT_EQUAL(count_pattern(service_dump, TEST_DOMAIN_PATTERN), 0);
    const Dump &dump = fetch_alice();
    expect_clean(dump, TEST_MONITOR_PATTERN);
    EXPECT_EQUAL(dump.rbx, TEST_DOMAIN_PATTERN);
    EXPECT_EQUAL(dump.r15, TEST_DOMAIN_PATTERN);
    EXPECT_EQUAL(dump.mxcsr() & 0xffc0, TEST_DOMAIN_MXCSR & 0xffc0);
    EXPECT_EQUAL(dump.x87_control(), TEST_DOMAIN_X87);
}
