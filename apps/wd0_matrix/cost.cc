/// Reads /proc/self/smaps_rollup.
#include "apps/wd0_matrix/cost.h"

namespace {

/// The number after the line head `Rss:`.
uint64_t rss_in(const char *text) {
    for (; *text != '\0'; ++text) {
        if (text[0] != '\n' || __builtin_memcmp(text + 1, "Rss:", 4) != 0) {
            continue;
        }
        for (text += 5; *text == ' '; ++text) {
        }
        uint64_t number = 0;
        for (; *text >= '0' && *text <= '9'; ++text) {
            number = number * 10 + static_cast<uint64_t>(*text - '0');
        }
        return number;
    }
    return 0;
}

} // namespace

uint64_t resident_kib() {
    const auto file = rt::sys::open("/proc/self/smaps_rollup", rt::sys::Access::read);
    if (!file) {
        return 0;
    }
    char text[1024] = {}; // the zeros after the read bytes end every comparison
    const auto bytes = rt::sys::read(file.value(), text, sizeof text - 8);
    static_cast<void>(rt::sys::close(file.value()));
    return bytes ? rss_in(text) : 0;
}
