/// What the kernel says of this program's processes.
#include "tests/attack/spaces/process.h"

#include <asm/unistd.h>

#include "rt/sys/call.h"
#include "rt/sys/process.h"

namespace spaces {

namespace {

using rt::sys::Descriptor;

/// The text of a file of /proc, null-terminated, as far as it fits.
size_t read_file(int process, const char *name, char *text, size_t capacity) {
    const auto file = open_of(process, name);
    size_t length = 0;
    while (EXPECT(bool(file)) && length < capacity - 1) {
        const auto got = rt::sys::read(file.value(), text + length, capacity - 1 - length);
        if (!got || got.value() == 0) {
            break;
        }
        length += got.value();
    }
    text[length] = '\0';
    if (file) {
        static_cast<void>(rt::sys::close(file.value()));
    }
    return length;
}

/// What follows `head`; null if it is not there.
const char *after(const char *text, const char *head) {
    for (; *text != '\0'; ++text) {
        size_t same = 0;
        while (head[same] != '\0' && text[same] == head[same]) {
            ++same;
        }
        if (head[same] == '\0') {
            text += same;
            while (*text == ' ' || *text == '\t') {
                ++text;
            }
            return text;
        }
    }
    return nullptr;
}

uint64_t number_after(const char *text, const char *head) {
    const char *found = after(text, head);
    return found == nullptr ? 0 : harness::number_in(found);
}

} // namespace

long send(long process, long signal) {
    constexpr long no_process = -3;
    return process > 0 ? rt::sys::call_raw(__NR_kill, process, signal) : no_process;
}

rt::Result<Descriptor> open_of(int process, const char *name) {
    rt::Line path;
    path.format("/proc/{}/{}", process, name);
    char text[64] = {};
    __builtin_memcpy(text, path.text(), path.bytes() < sizeof text ? path.bytes() : 0);
    return rt::sys::open(text, rt::sys::Access::read);
}

uint64_t in_status(int process, const char *head) {
    static char text[4096];
    read_file(process, "status", text, sizeof text);
    uint64_t number = 0;
    for (const char *at = after(text, head); at != nullptr; ++at) {
        const bool is_digit = *at >= '0' && *at <= '9';
        if (!is_digit && (*at < 'a' || *at > 'f')) {
            break;
        }
        number = 16 * number + static_cast<uint64_t>(*at - (is_digit ? '0' : 'a' - 10));
    }
    return number;
}

Footprint footprint() {
    static char text[1 << 16];
    const int self = rt::sys::getpid();
    Footprint found{};
    for (long number = 0; number < 1024; ++number) {
        constexpr long get_flags = 1; // F_GETFD
        found.descriptors += rt::sys::call_raw(__NR_fcntl, number, get_flags) >= 0 ? 1 : 0;
    }
    const size_t length = read_file(self, "maps", text, sizeof text);
    for (size_t i = 0; i < length; ++i) {
        found.mappings += text[i] == '\n' ? 1 : 0;
    }
    read_file(self, "status", text, sizeof text);
    found.kilobytes = number_after(text, "RssAnon:");
    return found;
}

void expect_same(const Footprint &before, const Footprint &after) {
    rt::log("descriptors {}, mappings {}, own memory {} kB, before {} kB", after.descriptors,
            after.mappings, after.kilobytes, before.kilobytes);
    EXPECT_EQUAL(after.descriptors, before.descriptors);
    EXPECT_EQUAL(after.mappings, before.mappings);
    EXPECT(after.kilobytes <= before.kilobytes + 64);
}

uint64_t children() {
    static char text[4096];
    const int self = rt::sys::getpid();
    rt::Line name;
    name.format("task/{}/children", self);
    char path[48] = {};
    __builtin_memcpy(path, name.text(), name.bytes() < sizeof path ? name.bytes() : 0);
    const size_t length = read_file(self, path, text, sizeof text);
    uint64_t found = 0;
    for (size_t i = 0; i < length; ++i) {
        found += text[i] == ' ' ? 1 : 0;
    }
    return found;
}

bool is_long() {
    return harness::arguments().environment("POSTERN_LONG") != nullptr;
}

} // namespace spaces
