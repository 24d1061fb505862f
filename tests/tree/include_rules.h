/// The rules for includes: the tables, and whether one include obeys them.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace tree {

/// One layer: a top-level folder or file, and what it includes by full path (beginnings).
struct Layer {
    std::string_view folder;
    std::array<std::string_view, 11> may_include;
};

/// `toolchain -> linker -> crt -> rt -> apps`; tests and bench see everything. The first row whose
/// folder fits a file is its layer.
inline constexpr std::array layers{
    Layer{"linker/verify/",
          {"linker/", "rt/base/", "rt/entry/", "rt/patch/"}}, // it judges the runtime's own words
    Layer{"linker/link/",
          {"linker/", "rt/entry/", "crt/library/"}}, // the table of entries, names without code
    Layer{"linker/audit/",
          {"linker/", "rt/base/", "rt/key/", "rt/gate/", "rt/life/", "rt/entry/", "rt/patch/",
           "rt/syscall/", "rt/uaccess/", "crt/library/",
           "system_call_names.inc"}}, // by the tables' own headers
    Layer{"linker/", {"linker/"}},
    Layer{"crt/", {"linker/", "crt/"}},
    Layer{"rt/rt.h", {"rt/", "postern/"}},    // what apps see of rt, and their own domains
    Layer{"rt/", {"linker/", "crt/", "rt/"}}, // and rt_order
    Layer{"apps/", {"rt/rt.h", "postern/"}},  // and the files of the same app
    Layer{"toolchain/guest/", {"linker/", "crt/", "rt/base/", "rt/sys/", "toolchain/guest/"}},
    Layer{"tests/", {"linker/", "crt/", "rt/", "apps/", "tests/", "bench/", "postern/"}},
    Layer{"bench/", {"linker/", "crt/", "rt/", "apps/", "tests/", "bench/", "postern/"}},
};

/// Inside rt a folder includes itself and the folders to its left.
inline constexpr std::array<std::string_view, 18> rt_order{
    "base",    "sys",   "sync", "key",  "patch", "memory", "domain", "uaccess",    "seal",
    "syscall", "space", "gate", "life", "entry", "trap",   "thread", "space_call", "start",
};

/// Built for the machine that builds: any angle include.
inline constexpr std::array<std::string_view, 13> hosted{
    "linker/link/",
    "linker/verify/",
    "linker/audit/",
    "tests/linker/",
    "tests/tree/",
    "tests/hosted/",
    "tests/races/",
    "tests/image/",
    "tests/cpuid/",
    "bench/driver",
    "bench/alternative/",
    "tests/crt/library/against_",
    "tests/crt/library/heap/fuzz",
};

/// For projects of their own, with include folders of their own.
inline constexpr std::array<std::string_view, 1> own_projects{"tests/package/"};

/// Headers that the compiler brings without a libc.
inline constexpr std::array<std::string_view, 8> compiler_headers{
    "stdint.h", "stddef.h",    "stdarg.h", "limits.h",
    "float.h",  "stdatomic.h", "cpuid.h",  "immintrin.h",
};

/// The C headers of domains (crt/library/include), and the folders that have code of domains. What
/// else is there does not see them: its compiler has no path to them.
inline constexpr std::array<std::string_view, 10> domain_headers{
    "assert.h", "ctype.h", "errno.h",  "malloc.h", "new",
    "setjmp.h", "stdio.h", "stdlib.h", "string.h", "strings.h",
};
inline constexpr std::array<std::string_view, 3> domain_header_users{"crt/library/", "apps/",
                                                                     "tests/"};

/// The kernel's headers, and the only places that include them: they define macros (`si_*`, `sa_*`,
/// `SIG*`) that must reach no other file.
inline constexpr std::array<std::string_view, 3> kernel_headers{"linux/", "asm/", "asm-generic/"};
struct KernelHeaderUser {
    std::string_view folder;
    std::array<std::string_view, 3> extensions;
};
inline constexpr std::array kernel_header_users{
    KernelHeaderUser{"crt/", {".cc"}},
    KernelHeaderUser{"crt/library/include/errno.h", {".h"}},
    KernelHeaderUser{"rt/life/core", {".cc"}}, // the kernel's format of files
    KernelHeaderUser{"rt/sys/", {".cc", ".h"}},
    KernelHeaderUser{"rt/syscall/", {".cc", ".h"}},
    KernelHeaderUser{"rt/space/", {".cc", ".h"}},
    KernelHeaderUser{"rt/space_call/", {".cc", ".h"}},
    KernelHeaderUser{"rt/trap/", {".cc", ".h"}},
    KernelHeaderUser{"toolchain/guest/", {".cc", ".h"}},
    KernelHeaderUser{"tests/", {".cc", ".h", ".S"}},
};

/// Whether this tool reads the file at all.
bool is_source(std::string_view path);

/// The error of `#include "target"` in `path`, or nothing. `resolved` is the file that the compiler
/// would take, "" where it is no file of the repository.
std::string wrong_quoted(std::string_view path, std::string_view target, std::string_view resolved);

/// The error of `#include <target>` in `path`, or nothing.
std::string wrong_angle(std::string_view path, std::string_view target);

} // namespace tree
