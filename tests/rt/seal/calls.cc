/// The answers of rt::seal, the ranges that it names, and its findings in code that it cannot
/// remove.
#include "linker/symbols.h"
#include "rt/domain/alias.h"
#include "rt/seal/initial_mappings.h"
#include "rt/seal/seal.h"
#include "rt/seal/table.h"
#include "tests/rt/seal/sealed.h"

namespace {

bool is_sealing() {
    return rt::guarantees().map == rt::seal::Provider::mseal;
}

uint64_t address_of(const char *symbol) {
    return reinterpret_cast<uint64_t>(symbol);
}

/// Bytes that a vdso might have, here in read-only data: in code they would be the instructions.
struct Sample {
    unsigned char bytes[6];
    size_t count;
    int found; // -1: nowhere
};
constexpr Sample planted[] = {
    {{0x90, 0x0f, 0x01, 0xef}, 4, 1},       // wrpkru
    {{0xb8, 0x0f, 0x01, 0xef, 0x00}, 5, 1}, // inside a constant
    {{0x0f, 0xae, 0x28}, 3, 0},             // xrstor (%rax)
    {{0x48, 0x0f, 0xae, 0x6c}, 4, 1},       // xrstor64 with a displacement
    {{0x0f, 0xae, 0xad}, 3, 0},             // and with a longer one
    {{0xd5, 0x80, 0x01, 0xef}, 4, 0},       // wrpkru after REX2
    {{0xd5, 0xff, 0xae, 0x28}, 4, 0},       // xrstor after it
};
constexpr Sample planted_bases[] = {
    {{0xf3, 0x48, 0x0f, 0xae, 0xd7}, 5, 2}, // wrfsbase %rdi
    {{0xf3, 0x0f, 0xae, 0xd0}, 4, 1},       // wrfsbase %eax
    {{0xf3, 0x49, 0x0f, 0xae, 0xdf}, 5, 2}, // wrgsbase %r15
    {{0xf3, 0x67, 0x0f, 0xae, 0xd8}, 5, 2}, // wrgsbase %eax after a prefix that changes nothing
    {{0xf3, 0xd5, 0x98, 0xae, 0xd8}, 5, 1}, // wrgsbase after REX2
};
constexpr Sample innocent[] = {
    {{0x0f, 0x01, 0xee, 0x0f, 0x01, 0xf9}, 6, -1}, // rdpkru, rdtscp
    {{0x0f, 0xae, 0xe8, 0x0f, 0xae, 0xf0}, 6, -1}, // lfence, mfence
    {{0x0f, 0xae, 0x20, 0x0f, 0x05}, 5, -1},       // xsave, syscall
    {{0xf3, 0x0f, 0xae, 0xc0, 0x90}, 5, -1},       // rdfsbase %eax
    {{0xf3, 0x0f, 0xae, 0xc8, 0x90}, 5, -1},       // rdgsbase %eax
    {{0x0f, 0xae, 0x10, 0x0f, 0xae, 0x18}, 6, -1}, // ldmxcsr, stmxcsr
    {{0xd5, 0x7f, 0x01, 0xef}, 4, -1},             // REX2 with the other map
    {{0x01, 0xef, 0x0f, 0x01}, 4, -1},             // cut
    {{0xd5, 0x80, 0x01}, 3, -1},
};

template <size_t count>
void expect_found(const Sample (&samples)[count]) {
    for (const Sample &sample : samples) {
        const auto *found = rt::seal::find_forbidden(sample.bytes, sample.count);
        EXPECT_EQUAL(found == nullptr ? -1 : found - sample.bytes, sample.found);
    }
}

} // namespace

POSTERN_TEST("run.seal.errors_seal_nothing_and_again_is_none", SHOWS(app_seals_whole_regions)) {
    using rt::Errno;
    EXPECT(sealed::answers().first == Errno::none);
    EXPECT(sealed::answers().again == Errno::none);
    EXPECT(sealed::answers().empty == Errno::none);
    // `prepare` has seen that the first page before the gap could still be protected.
    EXPECT(sealed::answers().gap == (is_sealing() ? Errno::no_memory : Errno::none));
}

// For the filter that has to refuse what no kernel seals: the table's ranges, then the app's.
POSTERN_TEST("run.seal.ranges_are_those_of_the_image_and_the_apps", SHOWS(sealing_table_is_told)) {
    const auto *range = rt::seal::ranges().begin();
    const auto count = static_cast<size_t>(rt::seal::ranges().end() - range);
    EXPECT(range[0].begin() == address_of(__text_start) &&
           range[0].end() == address_of(__text_end));
    EXPECT(range[1].begin() == address_of(__rodata_start) &&
           range[1].end() == address_of(__pristine_end));
    EXPECT(range[2].begin() == address_of(__regions_start) &&
           range[2].end() == address_of(__regions_end));
    size_t own = 3;
    if (rt::domain::is_any_apart()) {
        const auto seen = rt::domain::aliases();
        own += static_cast<size_t>(rt::seal::added().end() - rt::seal::added().begin());
        size_t aliases = 3;
        while (aliases != own && range[aliases].begin() != seen.begin()) {
            ++aliases;
        }
        EXPECT(aliases != own && range[aliases].end() == seen.end());
    }
    if (is_sealing()) {
        EXPECT_EQUAL(count, own);
        return;
    }
    EXPECT(count == own + 16 && range[own].begin() == sealed::prepared_sealed().begin());
    EXPECT_EQUAL(sealed::answers().listed, 13); // three came before
    EXPECT(sealed::answers().full == rt::Errno::no_space);
    const auto late = rt::seal::seal(sealed::prepared_open());
    EXPECT(!late && late.error() == rt::Errno::not_implemented);
}

POSTERN_TEST("unit.seal.finds_what_changes_pkru", SHOWS(vdso_and_stack_leave)) {
    expect_found(planted);
}

POSTERN_TEST("unit.seal.finds_what_writes_a_base", SHOWS(vdso_and_stack_leave)) {
    expect_found(planted_bases);
}

POSTERN_TEST("unit.seal.finds_nothing_else", SHOWS(vdso_and_stack_leave)) {
    expect_found(innocent);
}
