/// The running kernel's version, from uname(2).
#include "tests/kernel/version.h"

#include <asm/unistd.h>
#include <linux/utsname.h>

#include "rt/base/panic.h"
#include "rt/sys/call.h"

namespace kernel {

namespace {

/// Reads digits and steps over them and what follows them.
uint32_t number(const char *&text) {
    uint32_t value = 0;
    while (*text >= '0' && *text <= '9') {
        value = value * 10 + static_cast<uint32_t>(*text++ - '0');
    }
    ++text;
    return value;
}

} // namespace

uint32_t running_version() {
    new_utsname names{};
    if (rt::sys::call_raw(__NR_uname, &names) != 0) {
        rt::base::panic("uname fails");
    }
    const char *text = names.release;
    const uint32_t major = number(text);
    return version(major, number(text));
}

} // namespace kernel
