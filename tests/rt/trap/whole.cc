/// A fault compared whole: kind, place, key, the processor's own words, and every register.
#include "tests/rt/trap/whole.h"

#include "rt/base/pkru_values.h"
#include "rt/base/slot.h"
#include "rt/key/view.h"

namespace whole {

namespace {

POSTERN_DATA(alice) uint64_t own = 0x77;

constexpr const char *register_names[] = {"r8",  "r9",  "r10", "r11", "r12", "r13",
                                          "r14", "r15", "rdi", "rsi", "rbp", "rbx",
                                          "rdx", "rax", "rcx", "rsp", "rip"};
constexpr size_t named = sizeof register_names / sizeof *register_names;
static_assert(sizeof(Registers) == (named + 1) * sizeof(uint64_t),
              "rip is followed by rflags alone");

bool equal(uint64_t seen, uint64_t wanted, const char *what, const char *file, int line) {
    return harness::expect_equal(seen, wanted, what, file, line);
}

/// The fault of `kind` at `rip` that `refusal` describes.
Whole wanted(rt::FaultKind kind, const Refusal &refusal, uint64_t error, const char *rip) {
    return {{.kind = kind,
             .domain = Domain::alice,
             .signal = 11,
             .code = refusal.code,
             .address = refusal.address,
             .key = refusal.key},
            {.cr2 = refusal.address, .error_code = error, .trap_number = 14},
            registers_at(rip, refusal.address, Domain::alice)};
}

uint64_t error_of(const Refusal &refusal, uint64_t access) {
    const bool key_measured = refusal.key >= 0 && refusal.pages == present;
    return user | access | refusal.pages | (key_measured ? by_key : 0);
}

/// Where domains have address spaces no page has a key, and memory of others is not there at all.
uint64_t comparable(uint64_t error_code) {
    return harness::in_spaces() ? error_code & ~(present | by_key) : error_code;
}

} // namespace

Registers registers_at(const char *rip, uint64_t rdi, Domain domain) {
    Registers filled;
    auto *word = reinterpret_cast<uint64_t *>(&filled);
    for (size_t index = 0; index <= named; ++index) {
        word[index] = TEST_FILLED + index;
    }
    filled.rdi = rdi;
    filled.rsp = rt::base::slot().stack[rt::key::key_of(domain).raw()] - 8;
    filled.rip = reinterpret_cast<uint64_t>(rip);
    filled.rflags = 0;
    return filled;
}

bool expect(const rt::Fault &seen, const Whole &wanted, const char *file, int line) {
    const auto view = rt::key::domain_view(rt::domain::key_of(wanted.fault.domain));
    const uint64_t pkru = harness::in_spaces() ? 0 : view.raw();
    bool good = harness::expect_fault(seen, wanted.fault, file, line);
    good &= equal(seen.pkru, pkru, "pkru", file, line);
    good &= equal(seen.info.cr2, wanted.info.cr2, "cr2", file, line);
    good &= equal(comparable(seen.info.error_code), comparable(wanted.info.error_code),
                  "error code", file, line);
    good &= equal(seen.info.trap_number, wanted.info.trap_number, "trap number", file, line);
    const auto *seen_word = reinterpret_cast<const uint64_t *>(&seen.registers);
    const auto *wanted_word = reinterpret_cast<const uint64_t *>(&wanted.registers);
    for (size_t index = 0; index < named; ++index) {
        good &= equal(seen_word[index], wanted_word[index], register_names[index], file, line);
    }
    good &= equal(seen.registers.rflags & RT_FLAGS_REFUSED, wanted.registers.rflags, "AC NT DF TF",
                  file, line);
    return good;
}

void deny_read(Refusal refusal, const char *file, int line) {
    const auto allowed = rt::call<Domain::alice>(read, address_of(own));
    equal(allowed.value_or(0), 0x77, "a byte of her own", file, line);
    const auto denied = rt::call<Domain::alice>(read, refusal.address);
    if (harness::expect(!denied, "the read is refused", file, line)) {
        expect(denied.fault(),
               wanted(rt::FaultKind::read, refusal, error_of(refusal, 0), test_read_at), file,
               line);
    }
}

void deny_write(Refusal refusal, const char *file, int line) {
    const auto allowed = rt::call<Domain::alice>(write, address_of(own) + 1);
    equal(allowed.value_or(0), 1, "a write to her own memory", file, line);
    const auto denied = rt::call<Domain::alice>(write, refusal.address);
    if (harness::expect(!denied, "the write is refused", file, line)) {
        expect(denied.fault(),
               wanted(rt::FaultKind::write, refusal, error_of(refusal, writing), test_write_at),
               file, line);
    }
}

void deny_execute(Refusal refusal, const char *file, int line) {
    const auto text = reinterpret_cast<uint64_t>(test_returns);
    const auto allowed = rt::call<Domain::alice>(execute, text);
    equal(allowed.value_or(0), 1, "a jump into text", file, line);
    const auto denied = rt::call<Domain::alice>(execute, refusal.address);
    if (harness::expect(!denied, "the jump is refused", file, line)) {
        const auto *rip = reinterpret_cast<const char *>(refusal.address);
        expect(denied.fault(),
               wanted(rt::FaultKind::execute, refusal, error_of(refusal, fetching), rip), file,
               line);
    }
}

} // namespace whole
