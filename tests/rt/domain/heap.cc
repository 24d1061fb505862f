/// A domain's heap is a region of its own, after all others.
#include <asm/unistd.h>

#include "linker/symbols.h"
#include "rt/domain/table.h"
#include "rt/key/isolation.h"
#include "rt/sys/call.h"
#include "rt/sys/file.h"
#include "tests/rt/domain/smaps.h"
#include "tests/rt/trap/whole.h"

namespace {

using linker::Kind;

constexpr int closed_to_all = 2, refused_by_key = 4; // si_code [linux siginfo.h v6.12]

constexpr int number_of(Domain domain) {
    return static_cast<int>(rt::key::key_of(domain).raw());
}

const linker::HeapRecord &heap_of(Domain domain) {
    return rt_domain_heaps[number_of(domain)];
}

uint64_t begin_of(Domain domain) {
    return reinterpret_cast<uint64_t>(heap_of(domain).begin);
}

uint64_t end_of(Domain domain) {
    return reinterpret_cast<uint64_t>(heap_of(domain).end);
}

POSTERN_BSS(none) volatile uint64_t nones_word;
uint64_t touch_none() {
    return nones_word;
}
constexpr rt::Entry<Domain::none, touch_none> none_touches;
constexpr rt::Entry<Domain::bob, test_read> bob_reads;

void deny_access(uint64_t address, int code, int key) {
    whole::deny_read({.address = address, .code = code, .key = key});
    whole::deny_write({.address = address, .code = code, .key = key});
}

bool is_present(uint64_t page) {
    unsigned char present = 0;
    EXPECT_EQUAL(rt::sys::call_raw(__NR_mincore, rt::domain::seen(page), POSTERN_PAGE, &present), 0);
    return (present & 1) != 0;
}

/// Where `part` begins in `text`; nullptr if it does not.
const char *find(const char *text, const char *part) {
    for (; *text != '\0'; ++text) {
        size_t same = 0;
        while (part[same] != '\0' && text[same] == part[same]) {
            ++same;
        }
        if (part[same] == '\0') {
            return text;
        }
    }
    return nullptr;
}

/// Whether the line of flags of the mapping that begins there has this one. [proc_pid_smaps(5)]
bool has_flag(uint64_t begin, const char *flag) {
    static char text[1 << 17];
    rt::base::Line line;
    line.append(rt::Hex{begin}).append('-').append('\0');
    const auto file = rt::sys::open("/proc/self/smaps", rt::sys::Access::read);
    size_t bytes = 0;
    while (EXPECT(bool(file)) && bytes < sizeof text - 1) {
        const auto more = rt::sys::read(file.value(), text + bytes, sizeof text - 1 - bytes);
        if (!more || more.value() == 0) {
            break;
        }
        bytes += more.value();
    }
    text[bytes] = '\0';
    EXPECT(bool(rt::sys::close(file.value())));
    const char *found = find(text, line.text() + 2);
    found = found == nullptr ? nullptr : find(found, "VmFlags:");
    EXPECT(found != nullptr);
    for (; found != nullptr && *found != '\n' && *found != '\0'; ++found) {
        if (found[0] == ' ' && found[1] == flag[0] && found[2] == flag[1]) {
            return true;
        }
    }
    return false;
}

} // namespace

POSTERN_TEST("run.heap.table_has_what_was_declared", SHOWS(heap_is_a_region)) {
    EXPECT_EQUAL(end_of(Domain::alice) - begin_of(Domain::alice), 0x100000);
    EXPECT_EQUAL(heap_of(Domain::alice).kept_pages, 32);
    EXPECT(!heap_of(Domain::alice).is_fatal && !heap_of(Domain::alice).is_populated);
    EXPECT_EQUAL(end_of(Domain::bob) - begin_of(Domain::bob), 0x10000);
    EXPECT_EQUAL(heap_of(Domain::bob).kept_pages, 16); // the whole of it: the default is more
    EXPECT(heap_of(Domain::bob).is_fatal && heap_of(Domain::bob).is_populated);
    EXPECT(begin_of(Domain::none) == 0 && end_of(Domain::none) == 0);
    EXPECT_EQUAL(rt::call<Domain::none>(none_touches).value_or(1), 0);
    size_t heaps = 0;
    uintptr_t end_of_others = 0;
    for (const auto &record : rt::domain::Table()) {
        if (record.kind == Kind::domain_heap) {
            ++heaps;
            EXPECT_EQUAL(record.begin,
                         reinterpret_cast<uint64_t>(rt_domain_heaps[record.number].begin));
            EXPECT_EQUAL(record.end, reinterpret_cast<uint64_t>(rt_domain_heaps[record.number].end));
        } else {
            end_of_others = record.end > end_of_others ? record.end : end_of_others;
        }
    }
    EXPECT_EQUAL(heaps, 2);
    EXPECT(end_of_others < begin_of(Domain::alice) && end_of_others < begin_of(Domain::bob));
}

POSTERN_TEST("run.heap.populated_is_present_at_start", SHOWS(heap_is_a_region)) {
    for (uint64_t page = begin_of(Domain::bob); page != end_of(Domain::bob); page += POSTERN_PAGE) {
        EXPECT(is_present(page));
    }
    EXPECT(!is_present(end_of(Domain::alice) - 2 * POSTERN_PAGE));
}

POSTERN_TEST("run.heap.has_no_huge_pages", SHOWS(heap_is_a_region),
             NEEDS_KEYS("memory of domains is in a file, and has no such flag")) {
    if (!rt::sys::open("/sys/kernel/mm/transparent_hugepage/enabled", rt::sys::Access::read)) {
        return harness::skip("this kernel has no transparent huge pages");
    }
    EXPECT(has_flag(begin_of(Domain::alice), "nh"));
    EXPECT(has_flag(begin_of(Domain::bob), "nh"));
}

POSTERN_TEST("run.heap.all_of_it_is_the_domains", SHOWS(heap_is_a_region)) {
    constexpr uint64_t written = 0x5a; // test_write
    const uint64_t places[] = {begin_of(Domain::alice), begin_of(Domain::alice) + 0x7ffff,
                               end_of(Domain::alice) - 1};
    for (const uint64_t place : places) {
        EXPECT_EQUAL(rt::call<Domain::alice>(whole::read, place).value_or(1), 0);
        EXPECT_EQUAL(rt::call<Domain::alice>(whole::write, place).value_or(0), 1);
        EXPECT_EQUAL(rt::get_user<uint8_t>(Domain::alice, rt::Claimed::from_raw(place)).value_or(0),
                     written);
        EXPECT(bool(rt::put_user<uint8_t>(Domain::alice, rt::Claimed::from_raw(place), 0)));
        EXPECT(!rt::get_user<uint8_t>(Domain::bob, rt::Claimed::from_raw(place)));
    }
    // No copy goes beyond the quota.
    const auto last = [] { return rt::Claimed::from_raw(end_of(Domain::alice) - 4); };
    EXPECT(!rt::get_user<uint64_t>(Domain::alice, last()));
    uint32_t word = 0;
    EXPECT(bool(rt::copy_to_domain(Domain::alice, last(), &word, sizeof word)));
}

POSTERN_TEST("deny.heap.neighbours_heap", SHOWS(heap_is_a_region)) {
    deny_access(begin_of(Domain::bob), refused_by_key, number_of(Domain::bob));
    deny_access(begin_of(Domain::bob) + 0x8000, refused_by_key, number_of(Domain::bob));
    deny_access(end_of(Domain::bob) - 1, refused_by_key, number_of(Domain::bob));
    const auto reading = rt::call<Domain::bob>(bob_reads, begin_of(Domain::alice));
    if (EXPECT(!reading)) {
        rt::base::Line wanted;
        wanted.format("bob: read of {} refused: ", rt::Hex{begin_of(Domain::alice)});
        if (rt::key::has_keys()) {
            wanted.format("key {}, ", number_of(Domain::alice));
        }
        wanted.format("alice's heap, at {}", rt::Hex{reinterpret_cast<uint64_t>(test_read_at)});
        rt::base::Line line;
        line.format("{}", reading.error());
        line.append('\0');
        wanted.append('\0');
        EXPECT(find(line.text(), wanted.text()) == line.text());
    }
}

POSTERN_TEST("deny.heap.guards", SHOWS(heap_is_a_region)) {
    const uint64_t bytes[] = {begin_of(Domain::alice) - 1, begin_of(Domain::alice) - POSTERN_PAGE,
                              end_of(Domain::alice), end_of(Domain::alice) + POSTERN_PAGE - 1};
    for (const uint64_t byte : bytes) {
        whole::deny_read({.address = byte, .code = closed_to_all, .pages = 0});
        whole::deny_write({.address = byte, .code = refused_by_key, .key = 0, .pages = 0});
    }
}

POSTERN_TEST("deny.heap.execution", SHOWS(heap_is_a_region)) {
    EXPECT_EQUAL(rt::call<Domain::alice>(whole::write, begin_of(Domain::alice)).value_or(0), 1);
    whole::deny_execute({.address = begin_of(Domain::alice), .code = closed_to_all});
    EXPECT(bool(
        rt::put_user<uint8_t>(Domain::alice, rt::Claimed::from_raw(begin_of(Domain::alice)), 0)));
}
