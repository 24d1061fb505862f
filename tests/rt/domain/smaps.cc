/// /proc/self/smaps, read by the monitor: what the kernel says of each mapping.
#include "tests/rt/domain/smaps.h"

#include "rt/base/panic.h"
#include "rt/sys/file.h"

namespace smaps {

namespace {

constinit Mappings mappings{};

/// The rest of a line, word by word.
struct Words {
    const char *rest;

    /// A number in the given base; stops at what is no digit.
    uint64_t number(uint64_t base) {
        uint64_t value = 0;
        for (;; ++rest) {
            const char lower = static_cast<char>(*rest | 0x20);
            const bool letter = base == 16 && lower >= 'a' && lower <= 'f';
            if (letter) {
                value = value * base + static_cast<uint64_t>(lower - 'a' + 10);
            } else if (*rest >= '0' && *rest <= '9') {
                value = value * base + static_cast<uint64_t>(*rest - '0');
            } else {
                return value;
            }
        }
    }
    void skip_blanks() {
        while (*rest == ' ') {
            ++rest;
        }
    }
    bool skip(const char *text) {
        const char *end = rest;
        while (*text != '\0' && *end == *text) {
            ++end;
            ++text;
        }
        rest = *text == '\0' ? end : rest;
        return *text == '\0';
    }
};

/// "200000001000-200000005000 r-xp 00001000 00:02 1234   /path" [proc_pid_maps(5)]
void read_head(const char *line) {
    if (mappings.count_ == Mappings::capacity) {
        rt::base::panic("more than {} mappings", Mappings::capacity);
    }
    Mapping &mapping = mappings.mappings_[mappings.count_++];
    mapping = {};
    Words words{line};
    mapping.begin = words.number(16);
    words.skip("-");
    mapping.end = words.number(16);
    words.skip(" ");
    for (size_t i = 0; i < 4; ++i) {
        mapping.permissions[i] = *words.rest++;
    }
    words.skip_blanks();
    words.number(16); // offset
    words.skip_blanks();
    uint64_t file = words.number(16);
    words.skip(":");
    file |= words.number(16);
    words.skip_blanks();
    file |= words.number(10);
    mapping.anonymous = file == 0;
    words.skip_blanks();
    for (size_t i = 0; i < sizeof mapping.name - 1 && *words.rest != '\0'; ++i) {
        mapping.name[i] = *words.rest++;
    }
}

/// A line is the head of a mapping, its key, or of no interest.
void take(const char *line) {
    Words words{line};
    if (words.skip("ProtectionKey:")) {
        words.skip_blanks();
        mappings.mappings_[mappings.count_ - 1].key = words.number(10);
    } else if (*line < 'A' || *line > 'Z') {
        read_head(line);
    }
}

} // namespace

bool Mapping::is_named(const char *wanted) const {
    Words words{name};
    return words.skip(wanted) && *words.rest == '\0';
}

bool Mapping::allows(const char *wanted) const {
    Words words{permissions};
    return words.skip(wanted) && *words.rest == '\0';
}

const Mappings &read() {
    using rt::base::must;
    const auto file = must(rt::sys::open("/proc/self/smaps", rt::sys::Access::read), "smaps");
    mappings.count_ = 0;
    char line[256];
    size_t length = 0;
    char chunk[4096];
    for (;;) {
        const size_t got = must(rt::sys::read(file, chunk, sizeof chunk), "reading smaps");
        for (size_t i = 0; i < got; ++i) {
            if (chunk[i] != '\n') {
                line[length] = chunk[i];
                length += length < sizeof line - 1;
            } else {
                line[length] = '\0';
                take(line);
                length = 0;
            }
        }
        if (got == 0) {
            break;
        }
    }
    must(rt::sys::close(file), "closing smaps");
    return mappings;
}

int key_at(uint64_t address) {
    for (const Mapping &mapping : read()) {
        if (address >= mapping.begin && address < mapping.end) {
            return static_cast<int>(mapping.key);
        }
    }
    return -1;
}

} // namespace smaps
