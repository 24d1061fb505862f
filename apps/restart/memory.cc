/// Reads /proc/self/smaps_rollup.
#include "apps/restart/memory.h"

namespace {

constexpr char head[] = "\nRss:";

/// The place after the head; null without one.
const char *after_head(const char *text, size_t bytes) {
    constexpr size_t head_bytes = sizeof head - 1;
    for (size_t place = 0; place + head_bytes <= bytes; ++place) {
        if (__builtin_memcmp(text + place, head, head_bytes) == 0) {
            return text + place + head_bytes;
        }
    }
    return nullptr;
}

/// The number at `text`, after spaces.
uint64_t number_at(const char *text) {
    while (*text == ' ') {
        ++text;
    }
    uint64_t number = 0;
    for (; *text >= '0' && *text <= '9'; ++text) {
        number = number * 10 + static_cast<uint64_t>(*text - '0');
    }
    return number;
}

} // namespace

rt::Result<uint64_t> resident_kib() {
    const auto file = rt::sys::open("/proc/self/smaps_rollup", rt::sys::Access::read);
    if (!file) {
        return file.error();
    }
    char text[1024];
    const auto bytes = rt::sys::read(file.value(), text, sizeof text - 1);
    static_cast<void>(rt::sys::close(file.value()));
    if (!bytes) {
        return bytes.error();
    }
    text[bytes.value()] = '\0';
    const char *number = after_head(text, bytes.value());
    if (number == nullptr) {
        return rt::Errno::input_output;
    }
    return number_at(number);
}
