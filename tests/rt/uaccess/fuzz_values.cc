/// 10,000,000 addresses into get_user, put_user and a window's get and put, of each size.
#include "tests/rt/uaccess/fuzz.h"

namespace {

using fuzz::Ends;
using fuzz::Pair;
using model::Access;

constexpr uint64_t seed = 0x706f737465726e01;

template <class T>
T value_at(uint64_t address) {
    T value;
    __builtin_memcpy(&value, model::shadow(address), sizeof value);
    return value;
}

/// A value that differs from one address to the next.
template <class T>
T value_for(uint64_t address) {
    return static_cast<T>(address * 0x9e3779b97f4a7c15 >> 7);
}

template <class T>
bool is_right(const rt::Result<T> &got, bool whole, uint64_t address) {
    return whole ? got && got.value() == value_at<T>(address)
                 : !got && got.error() == rt::Errno::bad_address;
}

bool is_right(const rt::Result<rt::Done> &put, bool whole) {
    return whole ? bool(put) : !put && put.error() == rt::Errno::bad_address;
}

template <class T>
void store_in_shadow(uint64_t address, T value) {
    __builtin_memcpy(model::shadow(address), &value, sizeof value);
}

template <class T>
bool gets(const Pair &pair, Ends &ends) {
    const bool whole =
        fuzz::judge(pair.address, sizeof(T), Access::read, ends).reached == sizeof(T);
    auto claimed = rt::Claimed::from_raw(pair.address);
    return is_right(rt::get_user<T>(Domain::alice, claimed.take()), whole, pair.address);
}

template <class T>
bool puts(const Pair &pair, Ends &ends) {
    const bool whole =
        fuzz::judge(pair.address, sizeof(T), Access::write, ends).reached == sizeof(T);
    const auto value = value_for<T>(pair.address);
    if (whole) {
        store_in_shadow(pair.address, value);
    }
    return is_right(rt::put_user(Domain::alice, rt::Claimed::from_raw(pair.address), value), whole);
}

/// Three accesses in one window: what a fault closes stays closed, what is refused closes nothing.
template <class T>
bool gets_in_a_window(const Pair &pair, Ends &ends) {
    bool good = true;
    bool closed = false;
    const rt::UserAccess window(Domain::alice);
    const uint64_t addresses[] = {pair.address ^ 0x1000, pair.address, pair.address + sizeof(T)};
    for (const uint64_t address : addresses) {
        const auto verdict = fuzz::judge(address, sizeof(T), Access::read, ends);
        const bool whole = verdict.reached == sizeof(T) && !closed;
        good = good && is_right(window.get<T>(rt::Claimed::from_raw(address)), whole, address);
        closed = closed || (verdict.owned && verdict.reached != sizeof(T));
    }
    return good;
}

template <class T>
bool puts_in_a_window(const Pair &pair, Ends &ends) {
    bool good = true;
    bool closed = false;
    const rt::UserAccess window(Domain::alice);
    const uint64_t addresses[] = {pair.address ^ 0x1000, pair.address, pair.address + sizeof(T)};
    for (const uint64_t address : addresses) {
        const auto verdict = fuzz::judge(address, sizeof(T), Access::write, ends);
        const bool whole = verdict.reached == sizeof(T) && !closed;
        const auto value = value_for<T>(address);
        if (whole) {
            store_in_shadow(address, value);
        }
        good = good && is_right(window.put(rt::Claimed::from_raw(address), value), whole);
        closed = closed || (verdict.owned && verdict.reached != sizeof(T));
    }
    return good;
}

/// A window's accesses of all sizes, in turn.
bool gets_in_windows(const Pair &pair, Ends &ends) {
    switch (pair.address >> 3 & 3) {
    case 0:
        return gets_in_a_window<uint8_t>(pair, ends);
    case 1:
        return gets_in_a_window<uint16_t>(pair, ends);
    case 2:
        return gets_in_a_window<uint32_t>(pair, ends);
    default:
        return gets_in_a_window<uint64_t>(pair, ends);
    }
}

bool puts_in_windows(const Pair &pair, Ends &ends) {
    switch (pair.address >> 3 & 3) {
    case 0:
        return puts_in_a_window<uint8_t>(pair, ends);
    case 1:
        return puts_in_a_window<uint16_t>(pair, ends);
    case 2:
        return puts_in_a_window<uint32_t>(pair, ends);
    default:
        return puts_in_a_window<uint64_t>(pair, ends);
    }
}

} // namespace

POSTERN_TEST("fuzz.uaccess.get_user_1", SHOWS(access_fuzz_agrees_with_oracle)) {
    fuzz::run(seed, 1, gets<uint8_t>);
}
POSTERN_TEST("fuzz.uaccess.get_user_2", SHOWS(access_fuzz_agrees_with_oracle)) {
    fuzz::run(seed + 1, 2, gets<uint16_t>);
}
POSTERN_TEST("fuzz.uaccess.get_user_4", SHOWS(access_fuzz_agrees_with_oracle)) {
    fuzz::run(seed + 2, 4, gets<uint32_t>);
}
POSTERN_TEST("fuzz.uaccess.get_user_8", SHOWS(access_fuzz_agrees_with_oracle)) {
    fuzz::run(seed + 3, 8, gets<uint64_t>);
}
POSTERN_TEST("fuzz.uaccess.put_user_1", SHOWS(access_fuzz_agrees_with_oracle)) {
    fuzz::run(seed + 4, 1, puts<uint8_t>);
}
POSTERN_TEST("fuzz.uaccess.put_user_2", SHOWS(access_fuzz_agrees_with_oracle)) {
    fuzz::run(seed + 5, 2, puts<uint16_t>);
}
POSTERN_TEST("fuzz.uaccess.put_user_4", SHOWS(access_fuzz_agrees_with_oracle)) {
    fuzz::run(seed + 6, 4, puts<uint32_t>);
}
POSTERN_TEST("fuzz.uaccess.put_user_8", SHOWS(access_fuzz_agrees_with_oracle)) {
    fuzz::run(seed + 7, 8, puts<uint64_t>);
}
POSTERN_TEST("fuzz.uaccess.get_in_a_window", SHOWS(access_fuzz_agrees_with_oracle)) {
    fuzz::run(seed + 8, 8, gets_in_windows);
}
POSTERN_TEST("fuzz.uaccess.put_in_a_window", SHOWS(access_fuzz_agrees_with_oracle)) {
    fuzz::run(seed + 9, 8, puts_in_windows);
}
