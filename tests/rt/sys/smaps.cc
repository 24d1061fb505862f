/// The reader of smaps, on texts of its form that no process has, and on none.
#include "rt/sys/smaps.h"

#include <asm/unistd.h>
#include <linux/resource.h>

#include "rt/sys/call.h"
#include "tests/harness/harness.h"

using rt::Errno;
using rt::sys::Descriptor;
using rt::sys::Smaps;

namespace {

size_t length_of(const char *text) {
    size_t length = 0;
    while (text[length] != '\0') {
        ++length;
    }
    return length;
}

/// A file with `text`, `filler` times "x", and `rest`, to be read from its beginning.
Descriptor file_with(const char *text, size_t filler = 0, const char *rest = "") {
    const auto file = static_cast<Descriptor>(rt::sys::call_raw(__NR_memfd_create, "smaps", 0));
    const auto append = [file](const char *part, size_t bytes) {
        EXPECT(bool(rt::sys::write_all(file, part, bytes)));
    };
    append(text, length_of(text));
    for (; filler != 0; --filler) {
        append("x", 1);
    }
    append(rest, length_of(rest));
    rt::sys::call_raw(__NR_lseek, file, 0, 0);
    return file;
}

bool is_refused(const char *text) {
    Smaps smaps(file_with(text));
    for (;;) {
        const auto next = smaps.next();
        if (!next) {
            return next.error() == Errno::input_output;
        }
        if (next.value() == nullptr) {
            return false;
        }
    }
}

} // namespace

POSTERN_TEST("run.smaps.every_word_that_it_takes", SHOWS(audit_names_each_deviation)) {
    Smaps smaps(file_with("200000001000-200000005000 r-xp 00001000 00:02 1234    /a file\n"
                          "Size: 16 kB\nProtectionKey:         0\nVmFlags: rd ex mr mw me\n"
                          "7ffffffde000-7ffffffff000 rw-p 00000000 00:00 0     [heap]\n"
                          "ProtectionKey:        15\nVmFlags: rd wr mr mw me ac sl\n"
                          "ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0 [vsyscall]"));
    const auto *mapping = smaps.next().value();
    EXPECT_EQUAL(mapping->begin, 0x200000001000);
    EXPECT_EQUAL(mapping->end, 0x200000005000);
    EXPECT(mapping->allows("r-xp") && !mapping->allows("r-x") && mapping->is_named("/a file"));
    EXPECT(!mapping->anonymous && !mapping->sealed && mapping->key == 0);
    mapping = smaps.next().value();
    EXPECT(mapping->anonymous && mapping->sealed && mapping->key == 15);
    EXPECT(mapping->allows("rw-p") && mapping->is_named("[heap]"));
    mapping = smaps.next().value();
    EXPECT_EQUAL(mapping->begin, 0xffffffffff600000);
    EXPECT(mapping->is_named("[vsyscall]") && mapping->key == 0 && !mapping->sealed);
    EXPECT(smaps.next().value() == nullptr);
    EXPECT(smaps.next().value() == nullptr); // and so it stays
}

POSTERN_TEST("run.smaps.lines_of_any_length", SHOWS(audit_names_each_deviation)) {
    Smaps smaps(file_with("1000-2000 rw-p 00000000 00:02 7 /", 5000,
                          "\nProtectionKey: 3\n2000-3000 r--p 00000000 00:00 0\n"));
    const auto *mapping = smaps.next().value();
    EXPECT_EQUAL(mapping->key, 3);
    EXPECT_EQUAL(length_of(mapping->name), sizeof mapping->name - 1);
    mapping = smaps.next().value();
    EXPECT(mapping->begin == 0x2000 && mapping->is_named(""));
    EXPECT(smaps.next().value() == nullptr);
}

POSTERN_TEST("run.smaps.other_texts_are_refused", SHOWS(audit_names_each_deviation)) {
    EXPECT(!is_refused(""));
    EXPECT(!is_refused("1000-2000 rw-p 00000000 00:00 0\n"));
    EXPECT(is_refused("\n"));
    EXPECT(is_refused("ProtectionKey: 3\n")); // of no mapping
    EXPECT(is_refused("1000-2000 rw-p 00000000 00:00 0\nProtectionKey: 16\n"));
    EXPECT(is_refused("1000 2000 rw-p 00000000 00:00 0\n"));
    EXPECT(is_refused("2000-1000 rw-p 00000000 00:00 0\n"));
    EXPECT(is_refused("1001-2000 rw-p 00000000 00:00 0\n"));
    EXPECT(is_refused("1000-2000 rw\n"));
    EXPECT(is_refused("no such thing\n"));
}

POSTERN_TEST("run.smaps.errors_are_the_kernels", SHOWS(audit_names_each_deviation)) {
    Smaps folder(rt::sys::open("/", rt::sys::Access::read).value());
    const auto next = folder.next();
    EXPECT(!next && next.error() == Errno::is_a_directory);
    // Where it cannot be opened: no descriptor is allowed.
    const auto end = harness::in_child([] {
        constexpr struct rlimit64 none { 0, 0 };
        rt::sys::call_raw(__NR_prlimit64, 0, RLIMIT_NOFILE, &none, 0);
        Smaps nobody;
        const auto first = nobody.next();
        rt::sys::exit(!first && first.error() == Errno::too_many_files ? 3 : 4);
    });
    EXPECT_EQUAL(end.exit_status, 3);
}
