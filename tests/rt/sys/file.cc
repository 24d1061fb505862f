/// Files through typed system calls: values, ends, and the errors by their names.
#include "rt/sys/file.h"

#include <asm/unistd.h>

#include "rt/sys/call.h"
#include "rt/sys/memory.h"
#include "rt/sys/process.h"
#include "tests/harness/harness.h"

namespace {

using harness::failed_with;
using rt::Errno;
using rt::sys::Access;
using rt::sys::Descriptor;

constexpr const char *path = "/tmp/postern_test_file";
constexpr auto no_file = static_cast<Descriptor>(999);

} // namespace

POSTERN_TEST("run.sys.a_file_is_written_and_read_back") {
    const auto out = rt::sys::open(path, Access::write_new);
    if (!EXPECT(bool(out))) {
        return;
    }
    EXPECT(bool(rt::sys::write_all(out.value(), "first line\n", 11)));
    EXPECT(bool(rt::sys::write_all(out.value(), "", 0)));
    EXPECT_EQUAL(rt::sys::write(out.value(), "second", 6).value_or(0), 6);
    char text[32] = {};
    EXPECT(failed_with(rt::sys::read(out.value(), text, sizeof text), Errno::bad_descriptor));
    EXPECT(bool(rt::sys::close(out.value())));
    EXPECT(failed_with(rt::sys::close(out.value()), Errno::bad_descriptor));

    const auto in = rt::sys::open(path, Access::read);
    if (!EXPECT(bool(in))) {
        return;
    }
    const auto status = rt::sys::status(in.value());
    EXPECT(status && status.value().regular && !status.value().directory);
    EXPECT_EQUAL(status.value().bytes, 17);
    EXPECT_EQUAL(rt::sys::read(in.value(), text, 5).value_or(0), 5);
    EXPECT_EQUAL(rt::sys::read(in.value(), text + 5, sizeof text - 5).value_or(0), 12);
    EXPECT_EQUAL(__builtin_memcmp(text, "first line\nsecond", 17), 0);
    EXPECT_EQUAL(rt::sys::read(in.value(), text, sizeof text).value_or(1), 0);
    EXPECT(failed_with(rt::sys::write(in.value(), "x", 1), Errno::bad_descriptor));
    EXPECT(bool(rt::sys::close(in.value())));

    const auto emptied = rt::sys::open(path, Access::write_new);
    EXPECT(emptied && rt::sys::status(emptied.value()).value().bytes == 0);
    EXPECT(bool(rt::sys::close(emptied.value())));
    rt::sys::call_raw(__NR_unlink, path);
    EXPECT(failed_with(rt::sys::open(path, Access::read), Errno::no_such_file));
}

POSTERN_TEST("run.sys.errors_have_names") {
    char text[8];
    EXPECT(
        failed_with(rt::sys::open("/no/such/folder/file", Access::write_new), Errno::no_such_file));
    EXPECT(failed_with(rt::sys::open("/proc/self/maps/x", Access::read), Errno::not_a_directory));
    EXPECT(failed_with(rt::sys::open("/tmp", Access::write_new), Errno::is_a_directory));
    EXPECT(failed_with(rt::sys::open("", Access::read), Errno::no_such_file));
    EXPECT(failed_with(rt::sys::read(no_file, text, sizeof text), Errno::bad_descriptor));
    EXPECT(failed_with(rt::sys::write_all(no_file, text, sizeof text), Errno::bad_descriptor));
    EXPECT(failed_with(rt::sys::status(no_file), Errno::bad_descriptor));
    static char long_path[8192];
    for (size_t i = 0; i < sizeof long_path - 1; ++i) {
        long_path[i] = i % 2 == 0 ? '/' : 'a';
    }
    EXPECT(failed_with(rt::sys::open(long_path, Access::read), Errno::name_too_long));
    long_path[300] = '\0';
    for (size_t i = 1; i < 300; ++i) {
        long_path[i] = 'a';
    }
    EXPECT(failed_with(rt::sys::open(long_path, Access::read), Errno::name_too_long));

    const auto folder = rt::sys::open("/tmp", Access::read);
    EXPECT(folder && rt::sys::status(folder.value()).value().directory);
    EXPECT(failed_with(rt::sys::read(folder.value(), text, sizeof text), Errno::is_a_directory));
    EXPECT(bool(rt::sys::close(folder.value())));
}

POSTERN_TEST("run.sys.descriptors_end_at_exec") {
    const auto file = rt::sys::open("/proc/self/maps", Access::read);
    constexpr long get_flags = 1;                                            // F_GETFD
    EXPECT_EQUAL(rt::sys::call_raw(__NR_fcntl, file.value(), get_flags), 1); // FD_CLOEXEC
    EXPECT(bool(rt::sys::close(file.value())));
}

POSTERN_TEST("run.sys.anonymous_memory_and_time") {
    const auto region = rt::sys::map_anonymous(5000, rt::sys::Protection::read_write);
    if (EXPECT(bool(region))) {
        EXPECT_EQUAL(region.value().bytes(), 2 * POSTERN_PAGE);
        auto *words = reinterpret_cast<volatile uint64_t *>(region.value().begin());
        EXPECT_EQUAL(words[1023], 0);
        words[1023] = 5;
        EXPECT_EQUAL(words[1023], 5);
        EXPECT(bool(rt::sys::munmap(region.value())));
    }
    EXPECT(failed_with(rt::sys::map_anonymous(uint64_t{1} << 62, rt::sys::Protection::read),
                       Errno::no_memory));
    const uint64_t before = rt::sys::monotonic_nanoseconds();
    EXPECT(before != 0);
    EXPECT(rt::sys::monotonic_nanoseconds() >= before);
    EXPECT(rt::sys::getpid() > 0);
}
