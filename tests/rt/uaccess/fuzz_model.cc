/// The oracle of the fuzz tests: the contents and rights of alice's memory, kept apart from the
/// runtime's own tables.
#include "tests/rt/uaccess/fuzz_model.h"

#include "rt/sys/memory.h"

extern "C" {
extern const char __alice_start[], __alice_end[], __alice_stack_start[], __alice_stack_end[];
extern const char __bob_start[], __bob_end[], __bob_stack_start[], __bob_stack_end[];
}

namespace model {

namespace {

constexpr size_t page_bytes = POSTERN_PAGE;
constexpr size_t area_pages = 6;
constexpr size_t most_pages = 24;

POSTERN_BSS(alice) unsigned char alice_area[area_pages * page_bytes];
POSTERN_BSS(bob) unsigned char bob_area[page_bytes];

/// Of all pages of her data, then of all of her stack.
constinit unsigned char shadows[most_pages * page_bytes];
constinit rt::sys::Protection protections[most_pages];
constinit unsigned char canaries[2 * page_bytes];

uint64_t number_of(const void *address) {
    return reinterpret_cast<uint64_t>(address);
}

struct Both {
    Range ranges[2];
};
Both alices() {
    return {{data(), stack()}};
}
Both bobs() {
    return {{{number_of(__bob_start), number_of(__bob_end)},
             {number_of(__bob_stack_start), number_of(__bob_stack_end)}}};
}

/// Every 16th byte or so is a null, for strings.
unsigned char byte_of(uint64_t random) {
    return (random & 0xf00) == 0 ? uint8_t{0} : static_cast<unsigned char>(random);
}

unsigned char fixed_byte(uint64_t address) {
    return static_cast<unsigned char>(address * 7 + (address >> 12) * 31 + 3);
}

uint64_t index_of(uint64_t address) {
    return address - data().begin < data().end - data().begin
               ? address - data().begin
               : address - stack().begin + (data().end - data().begin);
}

size_t pages() {
    return (data().end - data().begin + stack().end - stack().begin) / page_bytes;
}

uint64_t page_address(size_t page) {
    const uint64_t offset = page * page_bytes;
    const uint64_t data_bytes = data().end - data().begin;
    return offset < data_bytes ? data().begin + offset : stack().begin + (offset - data_bytes);
}

void protect(size_t page, rt::sys::Protection protection) {
    if (protections[page] != protection) {
        protections[page] = protection;
        const uint64_t begin = rt::domain::seen(page_address(page));
        const int key =
            rt::key::has_keys() ? static_cast<int>(rt::key::key_of(Domain::alice).raw()) : -1;
        EXPECT(bool(rt::sys::pkey_mprotect(rt::base::Region::from_raw(begin, begin + page_bytes),
                                           protection, key)));
    }
}

void open_all() {
    for (size_t page = 0; page < pages(); ++page) {
        protect(page, rt::sys::Protection::read_write);
    }
}

bool allows(rt::sys::Protection protection, Access access) {
    return protection == rt::sys::Protection::read_write ||
           (access == Access::read && protection == rt::sys::Protection::read);
}

void fill_bob() {
    rt::user_access_begin(Domain::bob);
    for (const Range range : bobs().ranges) {
        for (uint64_t at = range.begin; at != range.end; ++at) {
            *reinterpret_cast<volatile unsigned char *>(rt::domain::seen(at)) = fixed_byte(at);
        }
    }
    rt::user_access_end();
}

uint64_t wrong_in_bob() {
    uint64_t wrong = 0;
    rt::user_access_begin(Domain::bob);
    for (const Range range : bobs().ranges) {
        for (uint64_t at = range.begin; at != range.end; ++at) {
            const auto *theirs =
                reinterpret_cast<const volatile unsigned char *>(rt::domain::seen(at));
            wrong += *theirs != fixed_byte(at);
        }
    }
    rt::user_access_end();
    return wrong;
}

uint64_t wrong_in_alice() {
    uint64_t wrong = 0;
    rt::user_access_begin(Domain::alice);
    for (size_t page = 0; page < pages(); ++page) {
        const auto *theirs =
            reinterpret_cast<const unsigned char *>(rt::domain::seen(page_address(page)));
        wrong += __builtin_memcmp(theirs, shadows + page * page_bytes, page_bytes) != 0;
    }
    rt::user_access_end();
    return wrong;
}

} // namespace

Range data() {
    return {number_of(__alice_start), number_of(__alice_end)};
}

Range stack() {
    return {number_of(__alice_stack_start), number_of(__alice_stack_end)};
}

void begin(uint64_t seed) {
    if (pages() > most_pages || !owns(number_of(alice_area), sizeof alice_area) ||
        number_of(bob_area) < bobs().ranges[0].begin) {
        rt::panic("tests/rt/uaccess/fuzz_model.cc: make most_pages at least {}", pages());
    }
    open_all();
    harness::Random random(seed);
    for (auto &byte : shadows) {
        byte = byte_of(random.next());
    }
    rt::user_access_begin(Domain::alice);
    for (size_t page = 0; page < pages(); ++page) {
        __builtin_memcpy(reinterpret_cast<void *>(rt::domain::seen(page_address(page))),
                         shadows + page * page_bytes, page_bytes);
    }
    rt::user_access_end();
    fill_bob();
    for (size_t i = 0; i < sizeof canaries; ++i) {
        canaries[i] = fixed_byte(i);
    }
}

bool owns(uint64_t address, uint64_t bytes) {
    using Wide = unsigned __int128;
    for (const Range range : alices().ranges) {
        if (Wide{address} >= range.begin && Wide{address} + bytes <= range.end) {
            return true;
        }
    }
    return false;
}

uint64_t room(uint64_t address) {
    for (const Range range : alices().ranges) {
        if (address >= range.begin && address < range.end) {
            return range.end - address;
        }
    }
    return 0;
}

uint64_t reach(uint64_t address, uint64_t bytes, Access access) {
    uint64_t reached = 0;
    while (reached < bytes) {
        if (!allows(protections[index_of(address + reached) / page_bytes], access)) {
            return reached;
        }
        reached += page_bytes - (address + reached) % page_bytes;
    }
    return bytes;
}

unsigned char *shadow(uint64_t address) {
    return shadows + index_of(address);
}

void redraw(harness::Random &random) {
    for (size_t page = 0; page < pages(); ++page) {
        switch (random.below(24)) {
        case 0:
            protect(page, rt::sys::Protection::none);
            break;
        case 1:
            protect(page, rt::sys::Protection::read);
            break;
        default:
            protect(page, rt::sys::Protection::read_write);
        }
    }
}

uint64_t page_edge(harness::Random &random) {
    return page_address(random.below(pages()));
}

bool intact() {
    open_all();
    bool good = true;
    for (size_t i = 0; i < sizeof canaries; ++i) {
        good = good && canaries[i] == fixed_byte(i);
    }
    return EXPECT(good) && EXPECT_EQUAL(wrong_in_bob(), 0) && EXPECT_EQUAL(wrong_in_alice(), 0);
}

} // namespace model
