/// Checksums of all memory that is not the attacker's.
#include "tests/attack/memory_sums.h"

#include "rt/domain/table.h"
#include "rt/domain/tag.h"
#include "tests/attack/strike.h"

namespace attack {

namespace {

constexpr size_t piece_bytes = 64;
constexpr size_t piece_words = piece_bytes / 8;
constexpr size_t page_pieces = POSTERN_PAGE / piece_bytes;
constexpr size_t most_pages = 1 << 15;
constexpr size_t most_sums = 1 << 14;
constexpr size_t turns = 64;
constexpr uint64_t restless = 0; // no sum is

/// The marks of pages that have no sums.
constexpr uint32_t all_zero = ~uint32_t{0};
constexpr uint32_t all_restless = all_zero - 1;

/// The watching itself, left out of what is watched.
struct alignas(POSTERN_PAGE) Watch {
    uint32_t pages[most_pages]; // the first of its sums, or what is known of it
    uint64_t sums[most_sums];
    size_t sum_count;
    size_t turn;
    uint64_t page[POSTERN_PAGE / 8];
    uintptr_t stack;
};
constinit Watch watch{};

uint64_t sum_of(const uint64_t *words) {
    uint64_t sum = 0xcbf29ce484222325;
    for (size_t word = 0; word < piece_words; ++word) {
        sum = (sum ^ words[word]) * 0x100000001b3;
        sum ^= sum >> 32;
    }
    return sum | 1;
}

/// Not watched: the sums themselves, and the monitor's stack below its watched part.
bool is_left_out(uintptr_t address) {
    const auto begin = reinterpret_cast<uintptr_t>(&watch);
    const bool is_own = address >= begin && address < begin + sizeof watch;
    const bool is_stack = address >= reinterpret_cast<uintptr_t>(__monitor_stack_start) &&
                          address < reinterpret_cast<uintptr_t>(__monitor_stack_end);
    return is_own || (is_stack && address < watch.stack);
}

/// The first byte of a region that is watched; its end where nothing is.
uintptr_t first_of(const linker::RegionRecord &record) {
    const auto domain = rt::domain::domain_of(record);
    switch (record.kind) {
    case linker::Kind::monitor:
    case linker::Kind::arguments:
        return record.begin;
    case linker::Kind::monitor_stack:
        return watch.stack;
    case linker::Kind::arena:
        return record.end;
    case linker::Kind::domain:
    case linker::Kind::data_domain:
        return domain == Domain::alice ? record.end : record.begin;
    case linker::Kind::domain_stack:
        return domain == Domain::alice || domain == Domain::bob ? record.end : record.begin;
    }
    return record.end;
}

/// Of the command line's region, what is used: the rest is not mapped.
uintptr_t end_of(const linker::RegionRecord &record) {
    return record.kind == linker::Kind::arguments ? rt::domain::used_arguments().end() : record.end;
}

/// The page's words where the monitor may read them.
const uint64_t *read_page(const linker::RegionRecord &record, uintptr_t page) {
    if (record.number == POSTERN_KEY_MONITOR) {
        return reinterpret_cast<const uint64_t *>(page);
    }
    const auto copied = rt::copy_from_domain(rt::domain::domain_of(record), watch.page,
                                             rt::Claimed::from_raw(page), sizeof watch.page);
    EXPECT(bool(copied));
    return watch.page;
}

/// visit(page's record, address, record) for each page, in the same order each time.
template <class Visit>
void for_each_page(Visit visit) {
    size_t count = 0;
    for (const linker::RegionRecord &record : rt::domain::Table()) {
        const uintptr_t first = first_of(record) & -uintptr_t{POSTERN_PAGE};
        for (uintptr_t page = first; page < end_of(record); page += POSTERN_PAGE) {
            if (is_left_out(page) && is_left_out(page + POSTERN_PAGE - 1)) {
                continue;
            }
            if (!EXPECT(count < most_pages && "room for pages")) {
                return;
            }
            visit(watch.pages[count++], page, record);
        }
    }
}

/// visit(sum, address, words) for each piece of a page that has sums.
template <class Visit>
void for_each_piece(uint32_t first_sum, uintptr_t page, const uint64_t *words, Visit visit) {
    for (size_t piece = 0; piece < page_pieces; ++piece) {
        const uintptr_t address = page + piece * piece_bytes;
        if (!is_left_out(address)) {
            visit(watch.sums[first_sum + piece], address, words + piece * piece_words);
        }
    }
}

bool is_zero(const uint64_t *words) {
    uint64_t any = 0;
    for (size_t word = 0; word < POSTERN_PAGE / 8; ++word) {
        any |= words[word];
    }
    return any == 0;
}

void begin(uint32_t &known, uintptr_t page, const linker::RegionRecord &record) {
    const uint64_t *words = read_page(record, page);
    known = all_zero;
    if (is_zero(words) || !EXPECT(watch.sum_count + page_pieces <= most_sums && "room for sums")) {
        return;
    }
    known = static_cast<uint32_t>(watch.sum_count);
    watch.sum_count += page_pieces;
    for_each_piece(known, page, words,
                   [](uint64_t &sum, uintptr_t, const uint64_t *piece) { sum = sum_of(piece); });
}

void learn(uint32_t &known, uintptr_t page, const linker::RegionRecord &record) {
    const uint64_t *words = read_page(record, page);
    if (known >= all_restless) {
        known = is_zero(words) ? known : all_restless;
        return;
    }
    for_each_piece(known, page, words, [](uint64_t &sum, uintptr_t, const uint64_t *piece) {
        sum = sum == sum_of(piece) ? sum : restless;
    });
}

uint64_t restless_bytes(uint32_t known, uintptr_t page) {
    uint64_t bytes = known == all_restless ? POSTERN_PAGE : 0;
    if (known < all_restless) {
        for_each_piece(known, page, nullptr, [&](const uint64_t &sum, uintptr_t, const uint64_t *) {
            bytes += sum == restless ? piece_bytes : 0;
        });
    }
    return bytes;
}

bool note_change(uintptr_t address) {
    const auto place = rt::domain::place_of(address);
    rt::log("changed: {} ({} {})", rt::Hex{address}, place.owner == nullptr ? "" : place.owner,
            place.what);
    return false;
}

bool is_intact(uint32_t known, uintptr_t page, const linker::RegionRecord &record) {
    if (known == all_restless) {
        return true;
    }
    const uint64_t *words = read_page(record, page);
    if (known == all_zero) {
        return is_zero(words) || note_change(page);
    }
    bool good = true;
    for_each_piece(known, page, words,
                   [&](const uint64_t &sum, uintptr_t address, const uint64_t *piece) {
                       good &= sum == restless || sum == sum_of(piece) || note_change(address);
                   });
    return good;
}

} // namespace

Watched watch_everything(uintptr_t stack, void (*exercise)()) {
    constexpr int times = 3;
    watch.stack = (stack + piece_bytes - 1) & -uintptr_t{piece_bytes};
    watch.sum_count = 0;
    for_each_page(begin);
    for (int time = 0; time < times; ++time) {
        exercise();
        for_each_page(learn);
    }
    Watched seen{};
    for_each_page([&](uint32_t known, uintptr_t page, const linker::RegionRecord &) {
        seen.bytes += POSTERN_PAGE;
        seen.restless += restless_bytes(known, page);
    });
    return seen;
}

bool everything_intact(bool all) {
    bool good = true;
    size_t count = 0;
    ++watch.turn;
    for_each_page([&](uint32_t known, uintptr_t page, const linker::RegionRecord &record) {
        if (known < all_restless || all || ++count % turns == watch.turn % turns) {
            good &= is_intact(known, page, record);
        }
    });
    return good;
}

} // namespace attack
