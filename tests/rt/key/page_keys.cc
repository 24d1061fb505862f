/// Reads /proc/self/smaps line by line.
#include "tests/rt/key/page_keys.h"

#include "rt/sys/file.h"

namespace page_keys {

namespace {

class LineReader {
public:
    explicit LineReader(rt::sys::Descriptor file) : file_(file) {}

    /// Reads the next line into `line`, cut to its size; false at the end.
    template <size_t size>
    bool next(char (&line)[size]) {
        size_t length = 0;
        for (;;) {
            if (at_ == filled_ && !refill()) {
                return false;
            }
            const char character = buffer_[at_++];
            if (character == '\n') {
                line[length] = '\0';
                return true;
            }
            if (length < size - 1) {
                line[length++] = character;
            }
        }
    }

private:
    bool refill() {
        filled_ = rt::sys::read(file_, buffer_, sizeof buffer_).value_or(0);
        at_ = 0;
        return filled_ != 0;
    }

    rt::sys::Descriptor file_;
    char buffer_[4096];
    size_t at_ = 0;
    size_t filled_ = 0;
};

bool is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

uintptr_t take_hex(const char *&text) {
    uintptr_t number = 0;
    for (; is_hex(*text); ++text) {
        number =
            number * 16 + static_cast<uintptr_t>(*text <= '9' ? *text - '0' : *text - 'a' + 10);
    }
    return number;
}

/// "begin-end rights ..." opens a mapping; all other lines begin with a capital letter.
bool take_header(const char *line, Mapping &mapping) {
    if (!is_hex(*line)) {
        return false;
    }
    mapping.begin = take_hex(line);
    ++line;
    mapping.end = take_hex(line);
    ++line;
    mapping.accessible = line[0] != '-' || line[1] != '-' || line[2] != '-';
    return true;
}

bool take_key(const char *line, Mapping &mapping) {
    static const char head[] = "ProtectionKey:";
    for (const char *wanted = head; *wanted != '\0'; ++wanted, ++line) {
        if (*line != *wanted) {
            return false;
        }
    }
    mapping.key = 0;
    for (; *line != '\0'; ++line) {
        mapping.key = *line == ' ' ? 0 : mapping.key * 10 + (*line - '0');
    }
    return true;
}

struct Search {
    uintptr_t address;
    int key;
};

void compare(void *context, const Mapping &mapping) {
    auto &search = *static_cast<Search *>(context);
    if (search.address >= mapping.begin && search.address < mapping.end) {
        search.key = mapping.key;
    }
}

} // namespace

bool for_each(void (*visit)(void *context, const Mapping &mapping), void *context) {
    const auto file = rt::sys::open("/proc/self/smaps", rt::sys::Access::read);
    if (!file) {
        return false;
    }
    LineReader lines(file.value());
    Mapping mapping{};
    bool named_keys = false;
    char line[128];
    while (lines.next(line)) {
        if (!take_header(line, mapping) && take_key(line, mapping)) {
            named_keys = true;
            visit(context, mapping);
        }
    }
    static_cast<void>(rt::sys::close(file.value()));
    return named_keys;
}

int of(uintptr_t address) {
    Search search{address, -1};
    for_each(compare, &search);
    return search.key;
}

} // namespace page_keys
