/// The places at which a signal came, printed so that a script can hold them against the
/// disassembly.
#include "tests/rt/signal/places.h"

#include "linker/symbols.h"
#include "rt/patch/apply.h"
#include "tests/harness/harness.h"

namespace places {

namespace {

constexpr size_t in_a_line = 64; // bytes of text
constexpr size_t most_lines = 64 * POSTERN_PAGE / in_a_line;
uint64_t lines[most_lines];

constexpr const char *names[] = {
#define FEATURE(name, number) #name,
    RT_FEATURES(FEATURE)
#undef FEATURE
};

uint64_t address_of(size_t line) {
    return reinterpret_cast<uint64_t>(__text_start) + line * in_a_line;
}

} // namespace

void note(const char *place) {
    const auto distance = static_cast<size_t>(place - __text_start);
    if (EXPECT(distance / in_a_line < most_lines)) {
        lines[distance / in_a_line] |= uint64_t{1} << distance % in_a_line;
    }
}

void print_met() {
    for (size_t line = 0; line != most_lines; ++line) {
        if (lines[line] != 0) {
            rt::log("met {} {}", rt::Hex{address_of(line)}, rt::Hex{lines[line]});
            lines[line] = 0;
        }
    }
}

void print_patched() {
    const rt::patch::Features features = rt::patch::applied().features;
    for (uint16_t number = 0; number != sizeof names / sizeof names[0]; ++number) {
        if (features.has(static_cast<rt::patch::Feature>(number))) {
            rt::log("holds {}", names[number]);
        }
    }
    for (const rt::patch::Alternative &row : rt::patch::Table()) {
        if (features.has(row.feature)) {
            rt::log("patched {} {}", rt::Hex{row.site()}, static_cast<uint64_t>(row.length));
        }
    }
}

} // namespace places
