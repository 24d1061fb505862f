/// Answers the hosted program that measures this image beside another process.
#include "bench/asked/serve.h"

#include "bench/payload/must.h"

namespace bench {

namespace {

bool equal(const char *left, const char *right) {
    while (*left != '\0' && *left == *right) {
        ++left;
        ++right;
    }
    return *left == *right;
}

rt::Exit answer(const AskedRow &row) {
    uint64_t loops = 0;
    while (must(rt::sys::read(rt::sys::Descriptor::input, &loops, sizeof loops)) == sizeof loops) {
        const uint64_t ticks = row.run(loops);
        must(rt::sys::write_all(rt::sys::Descriptor::output, &ticks, sizeof ticks));
    }
    return rt::Exit::success;
}

} // namespace

rt::Exit serve(const AskedRow *rows, size_t count, rt::Arguments arguments) {
    for (size_t row = 0; row < count; ++row) {
        if (arguments.count() == 1) {
            rows[row].run(2);
        } else if (equal(rows[row].name, arguments[1])) {
            return answer(rows[row]);
        }
    }
    if (arguments.count() == 1) {
        return rt::Exit::success;
    }
    rt::log("{}: no such row", arguments[1]);
    return rt::Exit::usage;
}

} // namespace bench
