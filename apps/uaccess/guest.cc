/// The guest: its data, and functions that pass pointers of every kind.
#include "apps/uaccess/guest.h"

uint64_t guests_word = 0x64726f77; // as a string: "word"
alignas(POSTERN_PAGE) char guests_pages[2 * POSTERN_PAGE];

namespace guest {
namespace {

constexpr size_t page_bytes = POSTERN_PAGE;

char word[] = "a guest's own word";
alignas(POSTERN_PAGE) char untouched[page_bytes];
alignas(POSTERN_PAGE) char two_pages[2 * page_bytes];

/// Writes a text without its null byte; returns its address.
template <size_t size>
rt::Claimed written(char *to, const char (&text)[size]) {
    __builtin_memcpy(to, text, size - 1);
    return rt::Claimed::of(to);
}

/// The guest's data, by the tables on key 0, which every domain reads.
const linker::RegionRecord &data() {
    const auto *record = __region_table_start;
    while (record->number != rt::key_of(Domain::guest).raw() || record->kind != linker::Kind::domain) {
        ++record;
    }
    return *record;
}

rt::Claimed at(uintptr_t address) {
    return rt::Claimed::from_raw(address);
}

} // namespace

rt::Claimed pointer(Kind kind) {
    char here[32] = "a word on the guest's stack";
    asm volatile("" : : "r"(here) : "memory");
    switch (kind) {
    case Kind::own_word:
        return rt::Claimed::of(&guests_word);
    case Kind::own_string:
        return rt::Claimed::of(word);
    case Kind::own_bytes_across_a_page:
        return written(two_pages + page_bytes - 4, "across the edge");
    case Kind::own_stack:
        return rt::Claimed::of(here);
    case Kind::own_page_never_touched:
        return rt::Claimed::of(untouched);
    case Kind::others_data:
        return rt::Claimed::of(&others_word);
    case Kind::monitors_data:
        return rt::Claimed::of(&trusted_word);
    case Kind::monitors_stack:
        return at(reinterpret_cast<uintptr_t>(__monitor_stack_end) - 64);
    case Kind::thread_pages:
        return rt::Claimed::of(__arena_start);
    case Kind::text:
        return rt::Claimed::of(__text_start);
    case Kind::constants:
        return rt::Claimed::of(__rodata_start);
    case Kind::null:
        return at(0);
    case Kind::odd_low:
        return at(0x1001);
    case Kind::partly_before:
        return at(data().begin - 4);
    case Kind::partly_behind:
        return at(data().end - 4);
    case Kind::just_behind:
        return at(data().end);
    case Kind::wraps:
        return at(~uintptr_t{3});
    case Kind::non_canonical:
        return at(uintptr_t{1} << 47);
    case Kind::kernels:
        return at(0xffff800000000000);
    case Kind::page_that_is_gone:
        return rt::Claimed::of(guests_pages + page_bytes);
    case Kind::up_to_the_page_that_is_gone:
        return written(guests_pages + page_bytes - 5, "until");
    }
    return at(0);
}

} // namespace guest
