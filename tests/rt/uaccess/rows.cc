/// Each row of the exception table: its instruction faults at every byte of an edge, and control
/// goes on at the fix-up.
#include "tests/rt/uaccess/rows.h"

#include "rt/domain/alias.h"
#include "rt/uaccess/exception_table.h"
#include "tests/rt/uaccess/places.h"

namespace {

using places::claim_at;
using places::Hole;
using places::is_closed;
using rt::sys::Protection;
using rt::uaccess::ExceptionEntry;

constexpr size_t most = 64;

bool is_bad_address(const auto &result) {
    return !result && result.error() == rt::Errno::bad_address && is_closed();
}

/// An access of `bytes` bytes around both edges of the hole faults exactly when a byte of it is
/// inside.
template <class Try>
void around_the_hole(size_t bytes, Try faults) {
    const uint64_t edges[] = {Hole::begin(), Hole::end()};
    for (const uint64_t edge : edges) {
        for (uint64_t at = edge - bytes; at <= edge; ++at) {
            const bool inside = at + bytes > Hole::begin() && at < Hole::end();
            EXPECT_EQUAL(faults(at), inside);
            EXPECT(is_closed());
        }
    }
}

template <class T>
void loads() {
    const Hole hole;
    around_the_hole(sizeof(T), [](uint64_t at) {
        const auto got = rt::get_user<T>(Domain::alice, claim_at(at));
        return !got && is_bad_address(got);
    });
}

template <class T>
void stores() {
    const Protection protections[] = {Protection::none, Protection::read};
    for (const auto protection : protections) {
        const Hole hole(protection);
        around_the_hole(sizeof(T), [](uint64_t at) {
            const auto put = rt::put_user(Domain::alice, claim_at(at), T{1});
            return !put && is_bad_address(put);
        });
    }
}

/// A copy stops at every one of its bytes, the first and the last too, whichever side of it is
/// hers.
void copies_of(size_t bytes) {
    for (size_t before = 0; before <= bytes; ++before) {
        unsigned char ours[most];
        __builtin_memset(ours, 0x5a, sizeof ours);
        const uint64_t at = Hole::begin() - before;
        const auto to = rt::copy_to_domain(Domain::alice, claim_at(at), ours, bytes);
        EXPECT_EQUAL(to.copied(), before);
        EXPECT(bool(to) == (before == bytes) && is_closed());
        const auto from = rt::copy_from_domain(Domain::alice, ours, claim_at(at), bytes);
        EXPECT_EQUAL(from.copied(), before);
        EXPECT(bool(from) == (before == bytes) && is_closed());
        for (size_t i = 0; i < most; ++i) {
            EXPECT_EQUAL(ours[i], i < before || i >= bytes ? 0x5a : 0);
        }
    }
}

/// Clearing stops at every one of its bytes, too.
void clears() {
    const Hole hole;
    for (size_t before = 0; before <= most; ++before) {
        const uint64_t at = Hole::begin() - before;
        const auto cleared = rt::clear_in_domain(Domain::alice, claim_at(at), most);
        EXPECT_EQUAL(cleared.copied(), before);
        EXPECT(bool(cleared) == (before == most) && is_closed());
    }
}

/// By the loop, where there is one, and by one instruction.
void copies() {
    const Hole hole;
    for (size_t bytes = 1; bytes <= most; ++bytes) {
        copies_of(bytes);
    }
}

void strings() {
    unsigned char text[most];
    __builtin_memset(text, 'x', most);
    const uint64_t first = Hole::begin() - most;
    EXPECT(bool(rt::copy_to_domain(Domain::alice, claim_at(first), text, most)));
    const Hole hole;
    for (size_t before = 0; before <= most; ++before) {
        char ours[most + 1];
        const uint64_t at = Hole::begin() - before;
        EXPECT(is_bad_address(rt::string_from_domain(Domain::alice, ours, claim_at(at))));
        size_t wrong = 0;
        for (const char byte : ours) {
            wrong += byte != 0;
        }
        EXPECT_EQUAL(wrong, 0);
        // With a null byte right before the hole it is a string.
        const uint64_t last = Hole::begin() - 1;
        EXPECT(bool(rt::put_user(Domain::alice, claim_at(last), '\0')));
        const auto string = rt::string_from_domain(Domain::alice, ours, claim_at(at));
        EXPECT(before == 0 ? is_bad_address(string) : string && string.value() == before - 1);
        EXPECT(bool(rt::put_user(Domain::alice, claim_at(last), 'x')));
    }
}

/// The rows that the table must have: these functions, so many rows each.
struct Access {
    const void *function;
    void (*faults)();
    unsigned rows = 1;
};
template <class Function>
const void *code(Function *function) {
    return reinterpret_cast<const void *>(function);
}
const Access accesses[] = {{code(rt_uaccess_load_1), loads<uint8_t>, 2},
                           {code(rt_uaccess_load_2), loads<uint16_t>, 2},
                           {code(rt_uaccess_load_4), loads<uint32_t>, 2},
                           {code(rt_uaccess_load_8), loads<uint64_t>, 2},
                           {code(rt_uaccess_store_1), stores<uint8_t>, 2},
                           {code(rt_uaccess_store_2), stores<uint16_t>, 2},
                           {code(rt_uaccess_store_4), stores<uint32_t>, 2},
                           {code(rt_uaccess_store_8), stores<uint64_t>, 2},
                           {code(rt_uaccess_copy), copies, 3},
                           {code(rt_uaccess_string), strings},
                           {code(rt_uaccess_clear), clears}};

/// The access whose function the address is in: the one that begins last before it.
const Access *access_of(uint64_t address) {
    const Access *best = nullptr;
    for (const auto &access : accesses) {
        const auto begin = reinterpret_cast<uint64_t>(access.function);
        if (begin <= address && address - begin < 64 &&
            (best == nullptr || begin > reinterpret_cast<uint64_t>(best->function))) {
            best = &access;
        }
    }
    return best;
}

/// MXCSR and the x87 control word.
struct ControlWords {
    uint32_t mxcsr;
    uint16_t x87;
};
void load(const ControlWords &words) {
    asm volatile("ldmxcsr %0" : : "m"(words.mxcsr));
    asm volatile("fldcw %0" : : "m"(words.x87));
}
ControlWords store() {
    ControlWords words;
    asm volatile("stmxcsr %0" : "=m"(words.mxcsr));
    asm volatile("fnstcw %0" : "=m"(words.x87));
    return words;
}

} // namespace

POSTERN_TEST("deny.exception_table.each_row_faults_at_every_byte_of_an_edge",
             SHOWS(table_rows_fault_at_every_byte)) {
    unsigned seen[sizeof accesses / sizeof accesses[0]] = {};
    for (const auto *row = __start___ex_table; row != __stop___ex_table; ++row) {
        const Access *access = access_of(row->instruction_address());
        if (EXPECT(access != nullptr)) { // else this file lacks a case
            ++seen[access - accesses];
        }
    }
    for (const auto &access : accesses) {
        EXPECT_EQUAL(seen[&access - accesses], access.rows);
        access.faults();
    }
}

POSTERN_TEST("unit.exception_table.rows_ascend_and_lead_into_the_gates",
             SHOWS(table_rows_fault_at_every_byte)) {
    const auto begin = reinterpret_cast<uint64_t>(__gate_start);
    const auto bytes = reinterpret_cast<uint64_t>(__gate_end) - begin;
    uint64_t last = 0;
    for (const auto *row = __start___ex_table; row != __stop___ex_table; ++row) {
        EXPECT(row->instruction_address() > last);
        EXPECT(row->instruction_address() - begin < bytes && row->fixup_address() - begin < bytes);
        last = row->instruction_address();
    }
}

POSTERN_TEST("unit.exception_table.finds_each_row_and_nothing_beside_it",
             SHOWS(table_rows_fault_at_every_byte)) {
    for (const auto *row = __start___ex_table; row != __stop___ex_table; ++row) {
        const uint64_t rip = row->instruction_address();
        EXPECT_EQUAL(rt::uaccess::fixup_of(rip), row->fixup_address());
        EXPECT_EQUAL(rt::uaccess::fixup_of(rip - 1), 0);
        EXPECT_EQUAL(rt::uaccess::fixup_of(rip + 1), 0);
    }
    EXPECT_EQUAL(rt::uaccess::fixup_of(0), 0);
    EXPECT_EQUAL(rt::uaccess::fixup_of(~uint64_t{0}), 0);
}

namespace {

/// Calls the access with `bytes` bytes of the hole, and registers that are all known.
void expect_registers(const Access &access, size_t bytes) {
    uint64_t registers[2][UACCESS_REGISTERS];
    for (size_t i = 0; i < UACCESS_REGISTERS; ++i) {
        registers[0][i] = 0x1111111111111111 * (i + 1);
    }
    const bool from =
        access.function == code(rt_uaccess_copy) || access.function == code(rt_uaccess_string);
    unsigned char ours[most];
    const uint64_t hole = rt::domain::seen(Hole::begin());
    registers[0][rows::rdi] = from ? reinterpret_cast<uint64_t>(ours) : hole;
    registers[0][rows::rsi] = access.function == code(rt_uaccess_clear) ? bytes : hole;
    registers[0][rows::rdx] = bytes;
    rt::user_access_begin(Domain::alice);
    test_call_with_registers(access.function, registers);
    EXPECT(is_closed());
    for (size_t i = 0; i < UACCESS_REGISTERS; ++i) {
        // Registers that the functions themselves set: the second word of an answer, the counter of
        // a copy.
        const bool changes = (i == rows::rdx && registers[1][i] == 1) ||
                             (i == rows::rcx && registers[1][i] == bytes);
        EXPECT(changes || registers[1][i] == registers[0][i]);
    }
}

} // namespace

// The fix-up gives back what the fault found: a register that it forgot would be one of the
// handler's.
POSTERN_TEST("run.exception_table.registers_are_as_the_fault_found_them",
             SHOWS(fixup_keeps_registers)) {
    const Hole hole;
    for (const auto &access : accesses) {
        expect_registers(access, 8);
        expect_registers(access, most);
    }
}

// The kernel starts a handler with words of its own; those of the app are its callee's to
// keep.
POSTERN_TEST("run.exception_table.control_words_are_as_the_fault_found_them",
             SHOWS(fixup_keeps_registers)) {
    const Hole hole;
    const ControlWords before = store();
    const ControlWords downwards = {0x3f80, 0x077f}; // rounding towards minus infinity
    load(downwards);
    const auto got = rt::get_user<uint64_t>(Domain::alice, claim_at(Hole::begin()));
    const ControlWords after = store();
    load(before);
    EXPECT(!got);
    EXPECT_EQUAL(after.mxcsr, downwards.mxcsr);
    EXPECT_EQUAL(after.x87, downwards.x87);
}
