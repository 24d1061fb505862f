/// Each byte of a domain's memory is accessed once: counted by the processor. A child makes the
/// access under ptrace, with a debug register that stops it whenever the bytes are read or written.
#include <asm/unistd.h>

#include "rt/sys/call.h"
#include "rt/sys/process.h"
#include "tests/rt/uaccess/places.h"

namespace {

using places::alice_area;
using places::claim;

// [ptrace(2)], [linux ptrace.h v6.12], [linux user_64.h v6.12], [sdm-3 17.2.4]
constexpr long trace_me = 0;
constexpr long poke_user = 6;
constexpr long proceed = 7;
constexpr long debug_registers = 848;
constexpr long sigtrap = 5;
constexpr long sigchld = 17;
constexpr long sigstop = 19;

/// Enables debug register 0 for reads and writes of `bytes` bytes.
constexpr uint64_t control_for(uint64_t bytes) {
    const uint64_t length = bytes == 8 ? 2 : bytes - 1;
    return 1 | uint64_t{3} << 16 | length << 18;
}

long wait_for(long child) {
    int status = 0;
    rt::sys::call_raw(__NR_wait4, child, &status);
    return status;
}

bool is_stopped(long status) {
    return (status & 0xff) == 0x7f;
}

[[noreturn]] void run_traced(bool (*access)()) {
    rt::sys::call_raw(__NR_ptrace, trace_me);
    rt::sys::call_raw(__NR_kill, rt::sys::getpid(), sigstop);
    rt::sys::exit(access() ? 0 : 1);
}

/// How often `access` reads or writes the `bytes` bytes of a domain's at `watched`; -1 when it did not succeed,
/// -2 where there are no debug registers.
long count(bool (*access)(), const void *watched, uint64_t bytes) {
    const long child = rt::sys::call_raw(__NR_clone, sigchld);
    if (child == 0) {
        run_traced(access);
    }
    long status = wait_for(child);
    const uintptr_t seen = rt::domain::seen(reinterpret_cast<uintptr_t>(watched));
    const long poked = rt::sys::call_raw(__NR_ptrace, poke_user, child, debug_registers, seen) |
                       rt::sys::call_raw(__NR_ptrace, poke_user, child, debug_registers + 7 * 8,
                                         control_for(bytes));
    long stops = 0;
    for (long signal = 0; is_stopped(status); status = wait_for(child)) {
        if ((status >> 8 & 0xff) == sigtrap) {
            ++stops;
        } else if ((status >> 8 & 0xff) != sigstop) {
            signal = status >> 8 & 0xff;
        }
        rt::sys::call_raw(__NR_ptrace, proceed, child, 0, signal);
    }
    return poked != 0 ? -2 : status == 0 ? stops : -1;
}

template <class T>
bool gets() {
    return bool(rt::get_user<T>(Domain::alice, claim(alice_area[0])));
}
template <class T>
bool puts() {
    return bool(rt::put_user(Domain::alice, claim(alice_area[0]), T{1}));
}
template <class T>
bool gets_in_a_window() {
    const rt::UserAccess window(Domain::alice);
    return bool(window.get<T>(claim(alice_area[0])));
}
template <class T>
bool puts_in_a_window() {
    const rt::UserAccess window(Domain::alice);
    return bool(window.put(claim(alice_area[0]), T{1}));
}

constexpr size_t several = 40;
unsigned char ours[several];

bool copies_from() {
    return bool(rt::copy_from_domain(Domain::alice, ours, claim(alice_area[0]), several));
}
bool copies_to() {
    return bool(rt::copy_to_domain(Domain::alice, claim(alice_area[0]), ours, several));
}
bool reads_a_string() {
    auto &text = reinterpret_cast<char(&)[several]>(ours);
    const auto got = rt::string_from_domain(Domain::alice, text, claim(alice_area[0]));
    return got && got.value() == several - 1;
}
bool reads_plainly_twice() {
    rt::user_access_begin(Domain::alice);
    const auto *word = reinterpret_cast<const volatile uint64_t *>(
        rt::domain::seen(reinterpret_cast<uintptr_t>(alice_area)));
    const bool same = *word == *word;
    rt::user_access_end();
    return same;
}

bool is_watching() {
    const long seen = count(reads_plainly_twice, alice_area, 8);
    if (seen == -2) {
        harness::skip("no debug registers for ptrace here: the accesses are counted by them");
        return false;
    }
    return EXPECT_EQUAL(seen, 2);
}

} // namespace

POSTERN_TEST("run.uaccess.a_value_is_fetched_once", SHOWS(each_byte_is_fetched_once),
             TRIES(attack_37)) {
    if (!is_watching()) {
        return;
    }
    EXPECT_EQUAL(count(gets<uint8_t>, alice_area, 1), 1);
    EXPECT_EQUAL(count(gets<uint16_t>, alice_area, 2), 1);
    EXPECT_EQUAL(count(gets<uint32_t>, alice_area, 4), 1);
    EXPECT_EQUAL(count(gets<uint64_t>, alice_area, 8), 1);
    EXPECT_EQUAL(count(gets_in_a_window<uint32_t>, alice_area, 4), 1);
    EXPECT_EQUAL(count(gets_in_a_window<uint64_t>, alice_area, 8), 1);
}

POSTERN_TEST("run.uaccess.a_value_is_stored_once", SHOWS(each_byte_is_fetched_once)) {
    if (!is_watching()) {
        return;
    }
    EXPECT_EQUAL(count(puts<uint8_t>, alice_area, 1), 1);
    EXPECT_EQUAL(count(puts<uint16_t>, alice_area, 2), 1);
    EXPECT_EQUAL(count(puts<uint32_t>, alice_area, 4), 1);
    EXPECT_EQUAL(count(puts<uint64_t>, alice_area, 8), 1);
    EXPECT_EQUAL(count(puts_in_a_window<uint32_t>, alice_area, 4), 1);
    EXPECT_EQUAL(count(puts_in_a_window<uint64_t>, alice_area, 8), 1);
}

POSTERN_TEST("run.uaccess.each_byte_of_a_copy_is_fetched_once", SHOWS(each_byte_is_fetched_once),
             TRIES(attack_37)) {
    if (!is_watching()) {
        return;
    }
    __builtin_memset(ours, 'x', sizeof ours);
    ours[several - 1] = 0;
    EXPECT(copies_to());
    const size_t places[] = {0, 1, several / 2, several - 2, several - 1};
    for (const size_t at : places) {
        EXPECT_EQUAL(count(copies_from, alice_area + at, 1), 1);
        EXPECT_EQUAL(count(copies_to, alice_area + at, 1), 1);
        EXPECT_EQUAL(count(reads_a_string, alice_area + at, 1), 1);
    }
    EXPECT_EQUAL(count(copies_from, alice_area + several, 1), 0);
    EXPECT_EQUAL(count(reads_a_string, alice_area + several, 1), 0);
}
