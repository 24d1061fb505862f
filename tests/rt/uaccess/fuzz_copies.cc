/// 10,000,000 addresses and lengths into each copy.
#include "tests/rt/uaccess/fuzz.h"

namespace {

using fuzz::Ends;
using fuzz::Pair;
using model::Access;

constexpr uint64_t seed = 0x706f737465726e41;

constexpr size_t slack = 16;
constexpr size_t most = 2 * POSTERN_PAGE;
constexpr unsigned char untouched = 0xdd;

/// Where copies go, between what must stay as it is.
struct Buffer {
    unsigned char before[slack];
    unsigned char bytes[most + slack];
};
constinit Buffer ours{};

/// As large as her largest region.
constinit unsigned char source[24 * POSTERN_PAGE];

void prepare(uint64_t bytes) {
    __builtin_memset(ours.before, untouched, sizeof ours.before);
    __builtin_memset(ours.bytes, untouched, bytes + slack);
}

bool all_are(const unsigned char *bytes, uint64_t count, unsigned char wanted) {
    for (uint64_t i = 0; i < count; ++i) {
        if (bytes[i] != wanted) {
            return false;
        }
    }
    return true;
}

/// `copied` bytes of hers, zeros up to `bytes`, nothing after or before.
bool holds(uint64_t address, uint64_t copied, uint64_t bytes) {
    const bool hers =
        copied == 0 || __builtin_memcmp(ours.bytes, model::shadow(address), copied) == 0;
    return hers && all_are(ours.bytes + copied, bytes - copied, 0) &&
           all_are(ours.bytes + bytes, slack, untouched) &&
           all_are(ours.before, sizeof ours.before, untouched);
}

bool says(const rt::Copied &copied, const fuzz::Verdict &verdict, uint64_t bytes) {
    const bool whole = verdict.owned && verdict.reached == bytes;
    return bool(copied) == whole && copied.copied() == verdict.reached &&
           copied.error() == (whole ? rt::Errno::none : rt::Errno::bad_address);
}

/// The buffer must have room for what is asked: a longer length would be the caller's bug.
bool copies_from(const Pair &pair, Ends &ends) {
    const uint64_t bytes = pair.bytes <= most ? pair.bytes : pair.bytes % 512;
    const auto verdict = fuzz::judge(pair.address, bytes, Access::read, ends);
    prepare(bytes);
    auto claimed = rt::Claimed::from_raw(pair.address);
    const auto copied =
        rt::copy_from_domain(Domain::alice, static_cast<void *>(ours.bytes), claimed.take(), bytes);
    return says(copied, verdict, bytes) && holds(pair.address, verdict.reached, bytes);
}

/// The array knows its room: any length may be asked for.
bool copies_from_to_an_array(const Pair &pair, Ends &ends) {
    constexpr size_t room = 512;
    auto &array = reinterpret_cast<unsigned char(&)[room]>(ours.bytes);
    fuzz::Verdict verdict{};
    if (pair.bytes <= room) {
        verdict = fuzz::judge(pair.address, pair.bytes, Access::read, ends);
    } else {
        ++ends.refused;
    }
    prepare(room);
    auto claimed = rt::Claimed::from_raw(pair.address);
    const auto copied = rt::copy_from_domain(Domain::alice, array, claimed.take(), pair.bytes);
    if (pair.bytes > room) {
        return says(copied, verdict, pair.bytes) && holds(pair.address, 0, room);
    }
    return says(copied, verdict, pair.bytes) &&
           all_are(array + pair.bytes, room - pair.bytes, untouched) &&
           (__builtin_memset(array + pair.bytes, untouched, slack),
            holds(pair.address, verdict.reached, pair.bytes));
}

bool copies_to(const Pair &pair, Ends &ends) {
    const auto verdict = fuzz::judge(pair.address, pair.bytes, Access::write, ends);
    const uint64_t offset = verdict.reached < most ? pair.address % most : 0;
    for (uint64_t i = 0; i < verdict.reached && i < 64; ++i) {
        source[offset + i] = static_cast<unsigned char>(pair.address + i * 7);
    }
    if (verdict.reached != 0) {
        __builtin_memcpy(model::shadow(pair.address), source + offset, verdict.reached);
    }
    const auto copied = rt::copy_to_domain(Domain::alice, rt::Claimed::from_raw(pair.address),
                                           source + offset, pair.bytes);
    return says(copied, verdict, pair.bytes);
}

/// A string according to the shadow: its length, or the error.
struct String {
    bool good;
    uint64_t length;
    rt::Errno error;
};
String string_at(uint64_t address, uint64_t capacity, Ends &ends) {
    const uint64_t room = model::room(address);
    const uint64_t limit = room < capacity ? room : capacity;
    const uint64_t reached = limit == 0 ? 0 : model::reach(address, limit, Access::read);
    for (uint64_t i = 0; i < reached; ++i) {
        if (model::shadow(address)[i] == 0) {
            ++ends.whole;
            return {true, i, rt::Errno::none};
        }
    }
    ++(reached < limit ? ends.faulted : ends.refused);
    const bool too_long = reached == capacity && room > capacity;
    return {false, 0, too_long ? rt::Errno::name_too_long : rt::Errno::bad_address};
}

bool strings(const Pair &pair, Ends &ends) {
    const uint64_t capacity = pair.bytes % 129;
    const String wanted = string_at(pair.address, capacity, ends);
    prepare(capacity);
    auto claimed = rt::Claimed::from_raw(pair.address);
    const auto got = rt::string_from_domain(Domain::alice, reinterpret_cast<char *>(ours.bytes),
                                            capacity, claimed.take());
    if (!wanted.good) {
        return !got && got.error() == wanted.error && holds(pair.address, 0, capacity);
    }
    return got && got.value() == wanted.length &&
           all_are(ours.bytes + wanted.length + 1, capacity - wanted.length - 1, untouched) &&
           (__builtin_memset(ours.bytes + wanted.length + 1, untouched, slack),
            holds(pair.address, wanted.length + 1, wanted.length + 1));
}

} // namespace

POSTERN_TEST("fuzz.uaccess.copy_from_domain", SHOWS(access_fuzz_agrees_with_oracle),
             TRIES(attack_38)) {
    fuzz::run(seed, 0, copies_from);
}
POSTERN_TEST("fuzz.uaccess.copy_from_domain_to_an_array", SHOWS(access_fuzz_agrees_with_oracle)) {
    fuzz::run(seed + 1, 0, copies_from_to_an_array);
}
POSTERN_TEST("fuzz.uaccess.copy_to_domain", SHOWS(access_fuzz_agrees_with_oracle)) {
    fuzz::run(seed + 2, 0, copies_to);
}
POSTERN_TEST("fuzz.uaccess.string_from_domain", SHOWS(access_fuzz_agrees_with_oracle)) {
    fuzz::run(seed + 3, 0, strings);
}
