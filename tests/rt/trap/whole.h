/// A fault compared whole: kind, place, key, the processor's own words, and every register.
#pragma once

#include "tests/harness/harness.h"
#include "tests/rt/trap/provoke.h"

namespace whole {

using rt::base::FaultInfo;
using rt::base::Registers;

/// Everything that a fault record says; system calls and services have more, compared by their
/// tests.
struct Whole {
    harness::WantedFault fault;
    FaultInfo info;
    Registers registers; // of rflags, only what a gate refuses (RT_FLAGS_REFUSED) is compared
};

/// The registers as the functions of provoke.h leave them in `domain`, one call deep.
Registers registers_at(const char *rip, uint64_t rdi, Domain domain);

/// Compares part by part and names what differs; false, with a failure recorded, on any difference.
bool expect(const rt::Fault &seen, const Whole &wanted, const char *file = __builtin_FILE(),
            int line = __builtin_LINE());

/// Page-fault error codes. [sdm-3 4.7]
inline constexpr uint64_t present = 1, writing = 2, user = 4, fetching = 16, by_key = 32;

/// An access that alice attempts, and how it must be refused.
struct Refusal {
    uint64_t address;
    int code;                 // si_code: 1 nothing mapped, 2 protection, 4 key
    int key = -1;             // -1: no key involved
    uint64_t pages = present; // `present`, or 0 for a page that has never been touched
};

/// Lets alice read (write, execute) memory of her own and then `refusal.address`; compares the
/// whole fault.
void deny_read(Refusal refusal, const char *file = __builtin_FILE(), int line = __builtin_LINE());
void deny_write(Refusal refusal, const char *file = __builtin_FILE(), int line = __builtin_LINE());
void deny_execute(Refusal refusal, const char *file = __builtin_FILE(),
                  int line = __builtin_LINE());

/// The same three as entries, for tests that want the result of one call.
inline constexpr rt::Entry<Domain::alice, test_read> read;
inline constexpr rt::Entry<Domain::alice, test_write> write;
inline constexpr rt::Entry<Domain::alice, test_execute> execute;

template <class T>
uint64_t address_of(const T &object) {
    return reinterpret_cast<uint64_t>(&object);
}

} // namespace whole
