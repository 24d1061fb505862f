/// The key allocator: who has which of the sixteen keys, and what memory the app tagged.
#include "rt/domain/key_allocator.h"

#include "rt/base/panic.h"
#include "rt/domain/table.h"
#include "rt/key/isolation.h"

namespace rt::domain {

using base::Errno;
using base::Region;
using base::Result;
using key::Pkey;

namespace {

constinit uint16_t handed_out = 0; // bit k: the app has key k; read without the callers' lock, too
constinit Tagged records[TaggedMemory::capacity] = {};
constinit size_t record_count = 0;

uint16_t bit_of(Pkey key) {
    return static_cast<uint16_t>(1u << key.raw());
}

/// Appends a record, joined with those of the same key that it touches.
void add(uintptr_t begin, uintptr_t end, Pkey key) {
    if (begin >= end) {
        return;
    }
    for (size_t i = record_count; i-- > 0;) {
        const Region old = records[i].region;
        if (records[i].key == key && (old.end() == begin || old.begin() == end)) {
            begin = old.begin() < begin ? old.begin() : begin;
            end = old.end() > end ? old.end() : end;
            records[i] = records[--record_count];
        }
    }
    records[record_count++] = {Region::from_raw(begin, end), key};
}

} // namespace

bool is_handed_out(Pkey key) {
    return (__atomic_load_n(&handed_out, __ATOMIC_RELAXED) & bit_of(key)) != 0;
}

Result<Pkey> hand_out() {
    if (!key::has_keys()) {
        return Errno::no_space; // as the kernel says it
    }
    for (unsigned number = POSTERN_KEY_FIRST_DOMAIN; number <= POSTERN_KEY_LAST_DOMAIN; ++number) {
        const Pkey key = Pkey::from_raw(number);
        if (!is_named(key) && !is_handed_out(key)) {
            __atomic_fetch_or(&handed_out, bit_of(key), __ATOMIC_RELAXED);
            return key;
        }
    }
    return Errno::no_space;
}

void take_back(Pkey key) {
    __atomic_fetch_and(&handed_out, static_cast<uint16_t>(~bit_of(key)), __ATOMIC_RELAXED);
    for (size_t i = record_count; i-- > 0;) { // of memory that is gone
        if (records[i].key == key) {
            records[i] = records[--record_count];
        }
    }
}

const Tagged *TaggedMemory::begin() const {
    return records;
}

const Tagged *TaggedMemory::end() const {
    return records + record_count;
}

bool has_room() {
    return record_count + 2 <= TaggedMemory::capacity; // one may be cut in two
}

void record(Region region, Pkey key) {
    if (!has_room()) {
        base::panic("the key allocator is full");
    }
    for (size_t i = record_count; i-- > 0;) {
        const Tagged old = records[i];
        if (old.region.end() > region.begin() && old.region.begin() < region.end()) {
            records[i] = records[--record_count];
            add(old.region.begin(), region.begin(), old.key);
            add(region.end(), old.region.end(), old.key);
        }
    }
    if (key != key::shared_key) {
        add(region.begin(), region.end(), key);
    }
}

Pkey recorded_key_at(uintptr_t address) {
    for (const Tagged &tagged : TaggedMemory()) {
        if (tagged.region.contains(address, 1)) {
            return tagged.key;
        }
    }
    return key::shared_key;
}

void append_to(base::Line &line, const KeyHolders &) {
    for (unsigned number = 0; number < Pkey::count; ++number) {
        const Pkey key = Pkey::from_raw(number);
        line.format("{}key {}: {}", number == 0 ? "" : ", ", number,
                    is_handed_out(key) ? "app" : name_of(key));
    }
}

} // namespace rt::domain
