/// The attacker wants to find memory of the monitor's or of another domain's in its process: a
/// mapping that it should not have, bytes that were left there, or a descriptor. What must hold:
/// its process and the zygote have what rt/space/README.md lists, and nothing else.
#include <asm/unistd.h>

#include "linker/symbols.h"
#include "rt/domain/own_text.h"
#include "rt/domain/table.h"
#include "rt/space/zygote.h"
#include "rt/sys/call.h"
#include "rt/sys/smaps.h"
#include "tests/attack/spaces/hostile.h"
#include "tests/attack/spaces/process.h"

namespace {

using namespace spaces;
using rt::sys::call_raw;

struct Row {
    uint64_t begin, end;
    const char *permissions;
    uint64_t found; // bytes of it
};
constexpr size_t most_rows = 24;

struct Rows {
    Row rows[most_rows];
    size_t count = 0;

    void add(uint64_t begin, uint64_t end, const char *permissions) {
        if (begin != end && EXPECT(count < most_rows)) {
            rows[count++] = {begin, end, permissions, 0};
        }
    }
    /// Whether the mapping is a part of one row.
    bool take(const rt::sys::Mapping &mapping) {
        for (size_t i = 0; i < count; ++i) {
            Row &row = rows[i];
            if (mapping.begin >= row.begin && mapping.end <= row.end &&
                mapping.allows(row.permissions)) {
                row.found += mapping.end - mapping.begin;
                return true;
            }
        }
        return false;
    }
    bool all_there() const {
        bool all = true;
        for (size_t i = 0; i < count; ++i) {
            all &= rows[i].found == rows[i].end - rows[i].begin;
        }
        return all;
    }
};

/// The image's pages; the builder's page is the zygote's alone.
void add_image(Rows &rows, bool builds) {
    if (builds) {
        rows.add(address_of(__text_start), address_of(__text_end), "r-xp");
        const auto all = rt::domain::all_own_texts(); // each child keeps its domain's
        rows.add(all.begin(), all.end(), "r-xp");
    } else {
        rows.add(address_of(__text_start), address_of(rt_space_build_begin), "r-xp");
        rows.add(address_of(rt_space_stub_begin), address_of(__text_end), "r-xp");
    }
    rows.add(address_of(__rodata_start), address_of(__pristine_start), "r--p");
    rows.add(rt::space::mailbox_in_child(), rt::space::answers_in_child(), "r--s");
    rows.add(rt::space::answers_in_child(), address_of(__mailbox_end), "rw-s");
}

void add_domain(Rows &rows, Domain domain) {
    const uint64_t words = address_of(__arena_start) + POSTERN_SLOT_PUBLIC;
    rows.add(words, words + POSTERN_PAGE, "r--s");
    const auto text = rt::domain::own_text_of(domain);
    rows.add(text.begin(), text.end(), "r-xp");
    for (const auto &record : rt::domain::Table()) {
        if (rt::domain::domain_of(record) == domain) {
            rows.add(record.begin, record.end, "rw-s");
        }
    }
}

/// Compares with the kernel's own account. The vsyscall page is no memory, and a vdso that the
/// kernel has sealed stays.
void expect_rows(int process, Rows rows) {
    const auto file = open_of(process, "smaps");
    if (!file) {
        return harness::skip("another process is shown to root alone");
    }
    rt::sys::Smaps maps(file.value());
    uint64_t mappings = 0;
    for (;; ++mappings) {
        const auto next = maps.next();
        if (!EXPECT(bool(next)) || next.value() == nullptr) {
            break;
        }
        const auto &mapping = *next.value();
        const bool is_kernels = mapping.is_named("[vsyscall]") || mapping.is_named("[vdso]") ||
                                mapping.is_named("[vvar]") || mapping.is_named("[vvar_vclock]");
        if (!is_kernels && !EXPECT(rows.take(mapping))) {
            rt::log("{} to {}, {} {}", rt::Hex{mapping.begin}, rt::Hex{mapping.end},
                    static_cast<const char *>(mapping.permissions),
                    static_cast<const char *>(mapping.name));
        }
    }
    EXPECT(rows.all_there());
    EXPECT(mappings > 4);
}

constexpr size_t needle_bytes = 16;
struct Needle {
    uint64_t low, high;
};
POSTERN_BSS(bob) Needle bobs;
constinit Needle monitors{};

void keep(uint64_t low, uint64_t high) {
    bobs = {low, high};
    asm volatile("" : : "r"(&bobs) : "memory");
}
constexpr rt::Entry<Domain::bob, keep> keep_entry;

/// How many places of a mapping hold the needle; -1 if it cannot be read.
int64_t count(rt::sys::Descriptor memory, const rt::sys::Mapping &mapping, const Needle &needle) {
    static char chunk[1 << 16];
    int64_t found = 0;
    for (uint64_t at = mapping.begin; at < mapping.end; at += sizeof chunk - needle_bytes) {
        const uint64_t left = mapping.end - at;
        const long got = call_raw(__NR_pread64, static_cast<long>(memory), chunk,
                                  left < sizeof chunk ? left : sizeof chunk, at);
        if (got <= 0) {
            return -1;
        }
        for (long i = 0; i + static_cast<long>(needle_bytes) <= got; ++i) {
            Needle seen;
            __builtin_memcpy(&seen, chunk + i, sizeof seen);
            found += seen.low == needle.low && seen.high == needle.high ? 1 : 0;
        }
    }
    return found;
}

int64_t count(int process, const Needle &needle) {
    const auto file = open_of(process, "smaps"), memory = open_of(process, "mem");
    if (!file || !memory) {
        return -1;
    }
    rt::sys::Smaps maps(file.value());
    int64_t found = 0, readable = 0;
    for (;;) {
        const auto next = maps.next();
        if (!next || next.value() == nullptr) {
            break;
        }
        const int64_t here = count(memory.value(), *next.value(), needle);
        readable += here >= 0 ? 1 : 0;
        found += here > 0 ? here : 0;
    }
    static_cast<void>(rt::sys::close(memory.value()));
    return readable > 3 ? found : -1;
}

/// Random bits, none of which are in a constant.
uint64_t random_word() {
    uint64_t word = 0;
    constexpr long bytes = sizeof word;
    EXPECT_EQUAL(call_raw(__NR_getrandom, &word, bytes, 0), bytes);
    return word;
}

} // namespace

POSTERN_TEST("attack.spaces.maps_of_processes", SHOWS(child_has_its_own_alone), TRIES(attack_119)) {
    EXPECT(all_well());
    Rows of_zygote, of_alice, of_bob;
    add_image(of_zygote, true);
    add_image(of_alice, false);
    add_image(of_bob, false);
    add_domain(of_alice, Domain::alice);
    add_domain(of_bob, Domain::bob);
    expect_rows(zygote(), of_zygote);
    expect_rows(process_of(Domain::alice), of_alice);
    expect_rows(process_of(Domain::bob), of_bob);
}

POSTERN_TEST("attack.spaces.search_of_processes", SHOWS(child_has_its_own_alone),
             TRIES(attack_119)) {
    const Needle needle{random_word(), random_word()}, of_bob{random_word(), random_word()};
    monitors = needle;
    EXPECT(all_well());
    EXPECT(bool(rt::call<Domain::bob>(keep_entry, of_bob.low, of_bob.high)));
    rt::space::bury(rt::space::child_of(Domain::bob)); // its orders are not its memory
    EXPECT(all_well());
    if (count(process_of(Domain::alice), needle) < 0) {
        return harness::skip("memory of another process is shown to root alone");
    }
    EXPECT(count(rt::sys::getpid(), needle) > 0); // it finds what is there
    EXPECT(count(process_of(Domain::bob), of_bob) > 0);
    const int others[] = {zygote(), process_of(Domain::alice), process_of(Domain::bob)};
    for (const int process : others) {
        EXPECT_EQUAL(count(process, needle), 0);
    }
    EXPECT_EQUAL(count(zygote(), of_bob), 0);
    EXPECT_EQUAL(count(process_of(Domain::alice), of_bob), 0);
}

POSTERN_TEST("attack.spaces.descriptors_of_processes", SHOWS(child_has_its_own_alone),
             TRIES(attack_119)) {
    EXPECT(all_well());
    const auto folder = open_of(process_of(Domain::alice), "fd");
    if (!folder) {
        return harness::skip("descriptors of another process are shown to root alone");
    }
    alignas(8) char entries[1024];
    constexpr long capacity = sizeof entries;
    const long bytes =
        call_raw(__NR_getdents64, static_cast<long>(folder.value()), entries, capacity);
    constexpr long two_dots = 48; // "." and ".." [getdents64(2)]
    EXPECT_EQUAL(bytes, two_dots);
    static_cast<void>(rt::sys::close(folder.value()));
}
