/// The checks after each strike: memory to which the attacker has no right, and the monitor's
/// state.
#include "tests/attack/canaries.h"

#include "linker/symbols.h"
#include "rt/base/slot.h"
#include "rt/key/view.h"

/// The page that attack_steal reads (tests/attack/strike.S).
extern "C" {
POSTERN_BSS(bob) alignas(POSTERN_PAGE) uint64_t attack_secret[POSTERN_PAGE / 8];
}

namespace attack {

namespace {

constexpr size_t page_words = POSTERN_PAGE / 8;

alignas(POSTERN_PAGE) constinit uint64_t monitor_pages[canary_pages][page_words] = {};

/// The slot's private and public page as they were.
constinit uint64_t slot_picture[2 * page_words] = {};

uint64_t expected(size_t page, size_t word) {
    return 0xca4a6100000000 + (page << 16) + word;
}

const uint64_t *slot_pages() {
    return reinterpret_cast<const uint64_t *>(__arena_start + POSTERN_SLOT_PRIVATE);
}

/// Run in bob.
void fill_bob() {
    for (size_t word = 0; word < page_words; ++word) {
        attack_secret[word] = secret + word;
    }
}
bool bob_is_intact() {
    bool good = true;
    for (size_t word = 0; word < page_words; ++word) {
        good &= attack_secret[word] == secret + word;
    }
    return good;
}
constexpr rt::Entry<Domain::bob, fill_bob> fill_bob_entry;
constexpr rt::Entry<Domain::bob, bob_is_intact> bob_is_intact_entry;

bool monitor_is_intact() {
    bool good = true;
    for (size_t page = 0; page < canary_pages; ++page) {
        for (size_t word = 0; word < page_words; ++word) {
            good &= monitor_pages[page][word] == expected(page, word);
        }
    }
    return good;
}

/// Words that an asynchronous signal uses, such as a deadline's. They are not read before the next
/// signal has written them.
bool is_restless(size_t word) {
    constexpr size_t first = (POSTERN_SLOT_GS - POSTERN_SLOT_PRIVATE) / 8;
    using rt::base::Slot;
    const bool is_resume = word >= first + offsetof(Slot, resume_selector) / 8 &&
                           word <= first + offsetof(Slot, resume_ss) / 8;
    return is_resume || word == first + offsetof(Slot, resume_record) / 8;
}

bool slot_is_intact() {
    bool good = true;
    for (size_t word = 0; word < 2 * page_words; ++word) {
        const bool same = slot_pages()[word] == slot_picture[word] || is_restless(word);
        if (!same) {
            rt::log("slot word {} was {}, is {}", rt::Hex{word * 8 + POSTERN_SLOT_PRIVATE},
                    rt::Hex{slot_picture[word]}, rt::Hex{slot_pages()[word]});
        }
        good &= same;
    }
    return good;
}

uint64_t flags() {
    uint64_t flags;
    asm volatile("pushfq; popq %0" : "=r"(flags) : : "memory");
    return flags;
}

uint64_t gs_base() {
    uint64_t base;
    asm volatile("rdgsbase %0" : "=r"(base));
    return base;
}
uint64_t fs_base() {
    uint64_t base;
    asm volatile("rdfsbase %0" : "=r"(base));
    return base;
}

bool check(bool good, const char *what) {
    if (!good) {
        rt::log("after a strike: {}", what);
    }
    return good;
}

} // namespace

uint64_t *monitor_canary(size_t page) {
    return monitor_pages[page];
}

const volatile uint64_t *bob_canary() {
    return attack_secret;
}

uint64_t public_word() {
    return address_of(__arena_start) + POSTERN_SLOT_PUBLIC + 0xf00;
}

void set_canaries() {
    for (size_t page = 0; page < canary_pages; ++page) {
        for (size_t word = 0; word < page_words; ++word) {
            monitor_pages[page][word] = expected(page, word);
        }
    }
    EXPECT(bool(rt::call<Domain::bob>(fill_bob_entry)));
    load(hostile_file());
    __builtin_memcpy(slot_picture, slot_pages(), sizeof slot_picture);
}

bool canaries_intact() {
    constexpr uint64_t refused_flags = 0x244500; // ID, AC, NT, DF, TF
    bool good = check(!rt::key::has_keys() || rt::key::read_pkru() == rt::key::monitor_view,
                      "PKRU is not the monitor's");
    good &= check((flags() & refused_flags) == 0, "flags have come over from the domain");
    good &= check(gs_base() == address_of(__arena_start) + POSTERN_SLOT_GS, "gs has moved");
    good &= check(fs_base() == rt::base::slot().fs_base, "fs has moved");
    good &= check(slot_is_intact(), "the slot has changed");
    return memory_intact() && good;
}

bool memory_intact() {
    bool good = check(monitor_is_intact(), "monitor memory has changed");
    const auto bob = rt::call<Domain::bob>(bob_is_intact_entry);
    good &= check(bool(bob), "an honest call has failed");
    good &= check(bob && bob.value(), "bob's memory has changed");
    return good;
}

bool contained(const Outcome &outcome, const RegisterFile &file, const char *what) {
    bool good = canaries_intact();
    good &= check(outcome.returned || outcome.fault.domain == Domain::alice,
                  "a fault names another domain");
    if (!good) {
        rt::log("the strike was: {}, rip {}, rsp {}, eax {}", what, rt::Hex{file.rip},
                rt::Hex{file.rsp}, rt::Hex{file.rax});
        if (!outcome.returned) {
            rt::log("it ended as: {}", outcome.fault);
        }
    }
    return EXPECT(good);
}

} // namespace attack
