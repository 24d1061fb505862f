/// The kernel's own account of this process's memory, mapping by mapping.
#include "rt/sys/smaps.h"

#include "linker/layout.h"

namespace rt::sys {

using base::Errno;
using base::Result;

namespace {

/// The rest of a line, word by word.
struct Words {
    const char *rest;

    /// A number in the given base, 10 or 16; stops at the first character that is not a digit.
    uint64_t number(uint64_t base) {
        uint64_t value = 0;
        for (;; ++rest) {
            if (*rest >= '0' && *rest <= '9') {
                value = value * base + static_cast<uint64_t>(*rest - '0');
            } else if (base == 16 && *rest >= 'a' && *rest <= 'f') {
                value = value * base + static_cast<uint64_t>(*rest - 'a' + 10);
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

bool is_equal(const char *left, const char *right) {
    Words words{left};
    return words.skip(right) && *words.rest == '\0';
}

/// Reads "200000001000-200000005000 r-xp 00001000 00:02 1234   /path" [proc_pid_maps(5)]. Whether
/// the line is of that form.
bool read_head(Words words, Mapping &mapping) {
    mapping = {};
    mapping.begin = words.number(16);
    bool good = words.skip("-");
    mapping.end = words.number(16);
    good = good && words.skip(" ") && mapping.begin < mapping.end &&
           mapping.begin % POSTERN_PAGE == 0 && mapping.end % POSTERN_PAGE == 0;
    for (size_t i = 0; i < 4 && *words.rest != '\0'; ++i) {
        mapping.permissions[i] = *words.rest++;
    }
    good = good && words.skip(" ");
    words.number(16); // offset
    words.skip_blanks();
    uint64_t file = words.number(16);
    good = good && words.skip(":");
    file |= words.number(16);
    words.skip_blanks();
    file |= words.number(10);
    mapping.anonymous = file == 0;
    words.skip_blanks();
    for (size_t i = 0; i < sizeof mapping.name - 1 && *words.rest != '\0'; ++i) {
        mapping.name[i] = *words.rest++;
    }
    return good;
}

/// Reads "ProtectionKey:         0", "VmFlags: rd wr mr mw me ac sl", or a line of no interest.
/// False if the line is malformed. [linux task_mmu.c v6.12]
bool read_detail(Words words, Mapping &mapping) {
    if (words.skip("ProtectionKey:")) {
        words.skip_blanks();
        mapping.key = static_cast<unsigned>(words.number(10));
        return mapping.key < 16;
    }
    if (words.skip("VmFlags:")) {
        for (; *words.rest != '\0'; ++words.rest) {
            mapping.sealed = mapping.sealed || Words{words.rest}.skip(" sl");
        }
    }
    return true;
}

} // namespace

bool Mapping::is_named(const char *wanted) const {
    return is_equal(name, wanted);
}

bool Mapping::allows(const char *wanted) const {
    return is_equal(permissions, wanted);
}

Smaps::~Smaps() {
    if (file_) {
        static_cast<void>(close(file_.value()));
    }
}

/// Keeps the beginning of the next line in `line_`; false at the end of the text.
Result<bool> Smaps::read_line() {
    size_t length = 0;
    for (bool any = false;; any = true) {
        if (used_ == filled_) {
            const auto got = read(file_.value(), chunk_, sizeof chunk_);
            if (!got) {
                return got.error();
            }
            used_ = 0;
            filled_ = got.value();
        }
        if (filled_ == 0 || chunk_[used_] == '\n') {
            line_[length] = '\0';
            used_ += filled_ != 0;
            return any || filled_ != 0;
        }
        line_[length] = chunk_[used_++];
        length += length < sizeof line_ - 1;
    }
}

Result<const Mapping *> Smaps::next() {
    if (!file_) {
        return file_.error();
    }
    bool begun = has_ahead_;
    current_ = ahead_;
    has_ahead_ = false;
    for (;;) {
        const auto more = read_line();
        if (!more) {
            return more.error();
        }
        if (!more.value()) {
            return begun ? &current_ : nullptr;
        }
        const bool detail = *line_ >= 'A' && *line_ <= 'Z';
        const bool good =
            detail ? begun && read_detail({line_}, current_) : read_head({line_}, ahead_);
        if (!good) {
            return Errno::input_output;
        }
        if (!detail && begun) {
            has_ahead_ = true;
            return &current_;
        }
        if (!detail) {
            current_ = ahead_;
            begun = true;
        }
    }
}

} // namespace rt::sys
