/// The kernel's own account of this process: each region has its key and its protection, nothing
/// else is open, and nothing but text can be executed.
#include "linker/symbols.h"
#include "rt/base/slot.h"
#include "rt/domain/tag.h"
#include "rt/trap/strategy.h"
#include "tests/harness/harness.h"
#include "tests/rt/domain/smaps.h"

namespace {

using linker::Kind;

constexpr uint64_t monitor_key = 1;

using rt::domain::AlternateStack;
constexpr AlternateStack alternate_stacks[] = {AlternateStack::handlers, AlternateStack::first,
                                               AlternateStack::second};

// The domain `idle` has no data at all: its region is empty.
POSTERN_DATA(alice) volatile uint64_t alice_word = 1;
POSTERN_BSS(alice) volatile unsigned char alice_large[3 * POSTERN_PAGE];
POSTERN_BSS(bob) volatile uint64_t bob_word;
uint64_t touch_alice() {
    return alice_word + alice_large[0];
}
uint64_t touch_bob() {
    return bob_word + 2;
}
uint64_t add(uint64_t left, uint64_t right) {
    return left + right;
}
constexpr rt::Entry<Domain::alice, touch_alice> alice_touches;
constexpr rt::Entry<Domain::bob, touch_bob> bob_touches;
constexpr rt::Entry<Domain::idle, add> idle_adds;

/// A range that must be mapped throughout, and how.
struct Wanted {
    uint64_t begin;
    uint64_t end;
    const char *permissions;
    uint64_t key;
    bool anonymous = true;
};

uint64_t address_of(const char *symbol) {
    return reinterpret_cast<uint64_t>(symbol);
}

bool is_stack(const linker::RegionRecord &record) {
    return record.kind == Kind::domain_stack || record.kind == Kind::monitor_stack;
}

/// Whether [begin, end) is covered by mappings that are all as wanted.
bool holds(const smaps::Mappings &mappings, const Wanted &wanted) {
    uint64_t next = wanted.begin;
    for (const auto &mapping : mappings) {
        if (mapping.end <= next || mapping.begin >= wanted.end || next == wanted.end) {
            continue;
        }
        if (mapping.begin > next || !mapping.allows(wanted.permissions) ||
            mapping.key != wanted.key || mapping.anonymous != wanted.anonymous) {
            rt::log("  {}-{} is {} key {}", rt::Hex{mapping.begin}, rt::Hex{mapping.end},
                    mapping.permissions, mapping.key);
            return false;
        }
        next = mapping.end;
    }
    return next >= wanted.end;
}

void expect_range(const smaps::Mappings &mappings, Wanted wanted,
                  const char *file = __builtin_FILE(), int line = __builtin_LINE()) {
    if (!harness::expect(holds(mappings, wanted), "the range is mapped as wanted", file, line)) {
        rt::log("  wanted: {}-{} {} key {}", rt::Hex{wanted.begin}, rt::Hex{wanted.end},
                wanted.permissions, wanted.key);
    }
}

/// The slots of the arena: private page, public page, a handler's stack, three alternate ones.
void expect_arena(const smaps::Mappings &mappings, const linker::RegionRecord &record) {
    const bool weaker = rt::trap::frame_strategy() == rt::trap::FrameStrategy::frame_key;
    const uint64_t slot = record.begin;
    const uint64_t private_page = slot + POSTERN_SLOT_PRIVATE;
    const uint64_t public_page = slot + POSTERN_SLOT_PUBLIC;
    expect_range(mappings, {slot, private_page, "---p", 0});
    expect_range(mappings, {private_page, public_page, "rw-p", monitor_key});
    expect_range(mappings, {public_page, public_page + POSTERN_PAGE, "rw-p", 0});
    const uint64_t handler = slot + POSTERN_SLOT_HANDLER;
    const uint64_t handler_end = slot + POSTERN_SLOT_HANDLER_END;
    expect_range(mappings, {public_page + POSTERN_PAGE, handler, "---p", 0});
    expect_range(mappings, {handler, handler_end, "rw-p", monitor_key});
    expect_range(mappings, {handler_end, slot + POSTERN_SLOT_STACK, "---p", 0});
    expect_range(mappings, {slot + POSTERN_SLOT_STACK, slot + POSTERN_SLOT_SIZE, "rw-p",
                            weaker ? uint64_t{POSTERN_KEY_FRAME} : monitor_key});
    uint64_t begin = slot + POSTERN_SLOT_STACK;
    for (const auto which : alternate_stacks) {
        const auto stack = rt::domain::alternate_stack(0, which);
        EXPECT_EQUAL(stack.begin(), begin);
        EXPECT(stack.bytes() >= 0x10000);
        begin = stack.end();
    }
    EXPECT_EQUAL(begin, slot + POSTERN_SLOT_SIZE);
}

/// The arguments: as much as there are, read-only, and the rest closed.
void expect_arguments(const smaps::Mappings &mappings, const linker::RegionRecord &record) {
    const auto name = reinterpret_cast<uint64_t>(harness::arguments()[0]);
    EXPECT(name >= record.begin && name < record.end);
    const uint64_t page = name & ~uint64_t{POSTERN_PAGE - 1};
    expect_range(mappings, {record.begin, page + POSTERN_PAGE, "r--p", monitor_key});
    expect_range(mappings, {record.end - POSTERN_PAGE, record.end, "---p", 0});
    for (const auto &mapping : mappings) {
        const bool inside = mapping.begin >= record.begin && mapping.end <= record.end;
        EXPECT(!inside || (mapping.allows("r--p") && mapping.key == monitor_key) ||
               (mapping.allows("---p") && mapping.key == 0));
    }
}

/// The monitor's data: the words that start alone writes are read-only, all others are not.
void expect_settled(const smaps::Mappings &mappings, const linker::RegionRecord &record) {
    const auto end = reinterpret_cast<uint64_t>(__settled_end);
    EXPECT_EQUAL(record.begin, reinterpret_cast<uint64_t>(__settled_start));
    EXPECT(end > record.begin && end < record.end);
    expect_range(mappings, {record.begin, end, "r--p", monitor_key});
    expect_range(mappings, {end, record.end, "rw-p", monitor_key});
}

void expect_region(const smaps::Mappings &mappings, const linker::RegionRecord &record) {
    const bool shared = record.sharing == linker::Sharing::shared_memory;
    switch (record.kind) {
    case Kind::arena:
        expect_arena(mappings, record);
        break;
    case Kind::arguments:
        expect_arguments(mappings, record);
        break;
    case Kind::monitor:
        expect_settled(mappings, record);
        break;
    case Kind::monitor_stack:
    case Kind::domain:
    case Kind::domain_stack:
    case Kind::domain_heap:
    case Kind::data_domain:
        // Shared anonymous memory is a file of the kernel's own.
        expect_range(mappings,
                     {record.begin, record.end, shared ? "rw-s" : "rw-p", record.number, !shared});
        break;
    }
    // A guard on either side.
    const uint64_t guard = is_stack(record) ? 0x100000 : POSTERN_PAGE;
    expect_range(mappings, {record.begin - guard, record.begin, "---p", 0});
    expect_range(mappings, {record.end, record.end + guard, "---p", 0});
}

/// Whether a mapping is in a region with its key or, for the monitor's key, in the initial copies.
bool has_its_place(const smaps::Mapping &mapping) {
    for (const auto &record : rt::domain::Table()) {
        if (mapping.begin >= record.begin && mapping.end <= record.end) {
            const bool frame = record.kind == Kind::arena && mapping.key == POSTERN_KEY_FRAME;
            return mapping.key == record.number || frame;
        }
    }
    const bool pristine =
        mapping.begin >= address_of(__pristine_start) && mapping.end <= address_of(__pristine_end);
    return mapping.key == monitor_key && pristine;
}

} // namespace

POSTERN_TEST("run.regions.each_has_its_key_and_guards",
             SHOWS(every_page_has_its_key, stack_overflow_says_so), NEEDS_KEYS("reads keys of pages")) {
    EXPECT_EQUAL(rt::call<Domain::alice>(alice_touches).value_or(0), 1);
    EXPECT_EQUAL(rt::call<Domain::bob>(bob_touches).value_or(0), 2);
    EXPECT_EQUAL(rt::call<Domain::idle>(idle_adds, 1ul, 2ul).value_or(0), 3);
    const auto &mappings = smaps::read();
    size_t domains = 0;
    for (const auto &record : rt::domain::Table()) {
        domains += record.kind == Kind::domain;
        const bool idle = record.number == rt::key::key_of(Domain::idle).raw();
        EXPECT(record.begin < record.end || (idle && record.kind == Kind::domain));
        expect_region(mappings, record);
    }
    EXPECT_EQUAL(domains, 4);
}

POSTERN_TEST("run.regions.stacks_lie_behind_all_data", SHOWS(stack_overflow_says_so)) {
    uintptr_t data_end = 0;
    uintptr_t stacks_begin = ~uintptr_t{0};
    for (const auto &record : rt::domain::Table()) {
        if (record.kind == Kind::domain_heap) {
            continue;
        }
        if (is_stack(record) || record.kind == Kind::arena) {
            stacks_begin = record.begin < stacks_begin ? record.begin : stacks_begin;
        } else {
            data_end = record.end > data_end ? record.end : data_end;
        }
    }
    EXPECT(data_end < stacks_begin);
}

POSTERN_TEST("run.regions.image_and_nothing_of_the_kernels",
             SHOWS(every_page_has_its_key, vdso_and_stack_leave), NEEDS_KEYS("reads keys of pages")) {
    const auto &mappings = smaps::read();
    constexpr bool of_file = false;
    expect_range(mappings, {address_of(__text_start), address_of(__text_end), "r-xp", 0, of_file});
    expect_range(mappings,
                 {address_of(__rodata_start), address_of(__rodata_end), "r--p", 0, of_file});
    expect_range(mappings, {address_of(__pristine_start), address_of(__pristine_end), "r--p",
                            monitor_key, of_file});
    for (const auto &mapping : mappings) {
        const bool ours =
            mapping.begin >= address_of(__text_start) && mapping.end <= address_of(__regions_end);
        EXPECT(ours || mapping.is_named("[vsyscall]"));
    }
}

POSTERN_TEST("run.regions.only_text_is_executable") {
    for (const auto &mapping : smaps::read()) {
        const bool text =
            mapping.begin >= address_of(__text_start) && mapping.end <= address_of(__text_end);
        EXPECT(mapping.permissions[2] != 'x' || text || mapping.is_named("[vsyscall]"));
        EXPECT(mapping.permissions[2] != 'x' || mapping.permissions[1] != 'w');
        EXPECT(!text || mapping.permissions[1] != 'w');
    }
}

POSTERN_TEST("run.regions.no_key_elsewhere_and_nothing_writable_on_key_0",
             SHOWS(every_page_has_its_key), NEEDS_KEYS("reads keys of pages")) {
    const auto &slot = rt::base::slot();
    const auto public_word = reinterpret_cast<uint64_t>(&slot.selector);
    for (const auto &mapping : smaps::read()) {
        EXPECT(mapping.key == 0 || has_its_place(mapping));
        const bool public_page = public_word >= mapping.begin && public_word < mapping.end;
        // Every domain's view refuses writes to key 0. Besides, only one page on it is mapped
        // writable.
        EXPECT(mapping.key != 0 || mapping.permissions[1] != 'w' || public_page);
    }
}
