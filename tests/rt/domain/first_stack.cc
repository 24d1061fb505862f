/// Where the kernel's initial stack was.
#include "tests/rt/domain/first_stack.h"

#include "rt/base/panic.h"
#include "rt/sys/file.h"

namespace smaps {

using rt::base::must;

uint64_t first_stack_pointer() {
    const auto file = must(rt::sys::open("/proc/self/stat", rt::sys::Access::read), "stat");
    char text[1024] = {};
    must(rt::sys::read(file, text, sizeof text - 1), "reading stat");
    must(rt::sys::close(file), "closing stat");
    const char *character = text;
    for (int field = 2; field < 28;) { // the second one ends with ") "
        const bool name_ends = field != 2 || character[-1] == ')';
        field += *character++ == ' ' && name_ends && character > text + 4;
    }
    uint64_t number = 0;
    while (*character >= '0' && *character <= '9') {
        number = number * 10 + static_cast<uint64_t>(*character++ - '0');
    }
    return number;
}

} // namespace smaps
