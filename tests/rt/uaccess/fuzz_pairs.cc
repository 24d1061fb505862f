/// Addresses and lengths to fuzz with: half of the addresses are within 64 bytes of an edge of a
/// region.
#include "tests/rt/uaccess/fuzz_pairs.h"

#include "rt/domain/tag.h"

namespace fuzz {

namespace {

constexpr uint64_t within = 64;

uint64_t number_of(const void *address) {
    return reinterpret_cast<uint64_t>(address);
}

/// The edges of the image that are not in the region table, and those of the address space.
constexpr uint64_t outer_edges[] = {
    0, // and 2^64
    POSTERN_PAGE,
    uint64_t{1} << 31,
    uint64_t{1} << 32,
    0x7ffffffff000,      // the highest page of user space [linux processor.h v6.12]
    0x800000000000,      // the first address that is not canonical
    0xffff800000000000,  // the first one that is again
    0xffffffffff600000}; // vsyscall

uint64_t edge_of_image(uint64_t choice) {
    const uint64_t edges[] = {
        POSTERN_BASE,
        number_of(__text_start),
        number_of(__text_end),
        number_of(__gate_start),
        number_of(__gate_end),
        number_of(__trap_start),
        number_of(__trap_end),
        number_of(__rodata_start),
        number_of(__rodata_end),
        number_of(__pristine_start),
        number_of(__pristine_end),
        number_of(__regions_start),
        number_of(__regions_end),
        number_of(__arena_start) + POSTERN_SLOT_PRIVATE,
        number_of(__arena_start) + POSTERN_SLOT_PUBLIC,
        number_of(__arena_start) + POSTERN_SLOT_PUBLIC + POSTERN_PAGE,
        rt::domain::alternate_stack(0, rt::domain::AlternateStack::first).begin(),
        rt::domain::alternate_stack(0, rt::domain::AlternateStack::second).end()};
    return edges[choice % (sizeof edges / sizeof edges[0])];
}

uint64_t edge_of_region(uint64_t choice) {
    const auto count = static_cast<uint64_t>(__region_table_end - __region_table_start);
    const auto &record = __region_table_start[choice % count];
    return (choice / count) % 2 == 0 ? record.begin : record.end;
}

uint64_t edge_of_alice(uint64_t choice) {
    const uint64_t edges[] = {model::data().begin, model::data().end, model::stack().begin,
                              model::stack().end};
    return edges[choice % 4];
}

/// Of all magnitudes: as many with 10 bits as with 60.
uint64_t of_any_magnitude(harness::Random &random) {
    const uint64_t bits = random.below(64);
    return random.next() >> bits;
}

} // namespace

uint64_t Pairs::address_near_an_edge() {
    const uint64_t choice = random_.next() >> 8;
    uint64_t edge = edge_of_alice(choice);
    switch (random_.below(8)) {
    case 0:
        edge = outer_edges[choice % (sizeof outer_edges / sizeof outer_edges[0])];
        break;
    case 1:
        edge = edge_of_image(choice);
        break;
    case 2:
    case 3:
        edge = edge_of_region(choice);
        break;
    default:
        break;
    }
    return edge + random_.below(2 * within + 1) - within;
}

uint64_t Pairs::address_anywhere() {
    switch (random_.below(8)) {
    case 0:
        return of_any_magnitude(random_);
    case 1: {
        const auto count = static_cast<uint64_t>(__region_table_end - __region_table_start);
        const auto &record = __region_table_start[random_.below(count)];
        return record.begin + random_.below(record.end - record.begin + 1);
    }
    case 2:
    case 3:
    case 4:
        return model::page_edge(random_) + random_.below(2 * within + 1) - within;
    case 5:
        return model::stack().begin + random_.below(model::stack().end - model::stack().begin);
    default:
        return model::data().begin + random_.below(model::data().end - model::data().begin);
    }
}

/// Small, of any magnitude, up to an edge of the region or just beyond, or around the end of the
/// address space.
uint64_t Pairs::length_at(uint64_t address) {
    const uint64_t choice = random_.below(64);
    if (choice < 40) {
        return random_.below(192);
    }
    if (choice < 48) {
        return of_any_magnitude(random_);
    }
    if (choice < 56) {
        const uint64_t edge = edge_of_alice(random_.next() >> 8);
        const uint64_t distance = edge - address + random_.below(9) - 4;
        // Whole regions are copied now and then only: they take their time.
        return distance < 4096 || choice == 48 ? distance : distance | uint64_t{1} << 40;
    }
    return 0 - address + random_.below(129) - 64;
}

Pair Pairs::next() {
    near_ = !near_;
    const uint64_t address = near_ ? address_near_an_edge() : address_anywhere();
    return {address, length_at(address), near_};
}

} // namespace fuzz
