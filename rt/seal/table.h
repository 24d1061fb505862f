/// What is sealed at the end of start, and why the rest is not.
#pragma once

#include "linker/symbols.h"

namespace rt::seal {

/// A range of the image that one call seals, or something else in the address space and the reason
/// why no call seals it.
struct Row {
    const char *name; // one word
    const char *begin;
    const char *end;  // page-aligned, as `begin`; both null where nothing is sealed
    const char *text; // what the range holds, or the reason
};

inline constexpr Row table[] = {
    {"text", __text_start, __text_end, "code, gates and trap entry"},
    {"constants", __rodata_start, __pristine_end, "constants, tables and pristine copies"},
    {"regions", __regions_start, __regions_end,
     "data, stacks and heaps of monitor and domains, arguments, thread pages, alternate stacks, and "
     "the guards between them"},
    {"initial_stack", nullptr, nullptr, "removed at start: nothing runs on it"},
    {"vdso", nullptr, nullptr, "removed at start with its data; kept where the kernel sealed it"},
    {"vsyscall", nullptr, nullptr, "no mapping of the process: no call changes it"},
    {"brk", nullptr, nullptr, "nothing is there: brk is never called"},
    {"prepared", nullptr, nullptr,
     "mappings made in prepare() stay open: the app seals those that it need not unmap "
     "(rt::seal::seal)"},
};

} // namespace rt::seal
