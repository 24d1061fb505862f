/// The addresses that strikes aim at, found in the image itself.
#include "tests/attack/code.h"

#include "linker/symbols.h"
#include "tests/harness/harness.h"

namespace attack {

Code gate_code() {
    return {"gates", __gate_start, __gate_end};
}

Code trap_code() {
    return {"trap entry", __trap_start, __trap_end};
}

Code syscall_code() {
    const char *syscall = find_bytes(rt_sys_call, "\x0f\x05\xc3", 3);
    return {"syscall function", rt_sys_call, syscall + 3};
}

Code start_code() {
    const char *end = find_bytes(crt_start, "\x0f\x0b", 2);
    return {"first instructions", crt_start, end + 2};
}

bool is_emulated() {
    return harness::arguments().environment("POSTERN_EMULATED") != nullptr;
}

const char *nth_wrpkru(const char *begin, size_t n) {
    for (const char *at = begin; at != begin + POSTERN_PAGE; ++at) {
        if (__builtin_memcmp(at, "\x0f\x01\xef", 3) == 0 && n-- == 0) {
            return at;
        }
    }
    EXPECT(false && "no such wrpkru in the image");
    return nullptr;
}

const char *find_bytes(const char *begin, const char *bytes, size_t count) {
    for (const char *at = begin; at != begin + POSTERN_PAGE; ++at) {
        if (__builtin_memcmp(at, bytes, count) == 0) {
            return at;
        }
    }
    EXPECT(false && "no such instruction in the image");
    return nullptr;
}

} // namespace attack
