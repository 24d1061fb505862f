/// Sites in memory functions, gates and trap entry that start-up patches, and the features that decide it: the macros
/// that write a row of the table, and the row as C++ sees it.
#pragma once

// One row is one way to patch one site where one feature holds; features of the same site exclude
// each other. The bytes in the file are right without any patching wherever protection keys are.
//   no_keys      a run without protection keys: an instruction on PKRU would be SIGILL
//   wipe_sse     vector registers are wiped as deep as this; exactly one of the three holds
//   wipe_avx
//   wipe_avx512
//   fsrm         short `rep movsb` is as fast as any loop
//   avx2         vector registers of 32 bytes, and integer instructions on them
//   avx512       vector registers of 64 bytes that are no slower for their width
//   spaces       each domain runs in an address space of its own; no_keys holds too, and no site has both
//   apart        some domain does, or each
#define RT_FEATURES(FEATURE)                                                                       \
    FEATURE(no_keys, 0)                                                                            \
    FEATURE(wipe_sse, 1)                                                                           \
    FEATURE(wipe_avx, 2)                                                                           \
    FEATURE(wipe_avx512, 3)                                                                        \
    FEATURE(fsrm, 4)                                                                               \
    FEATURE(avx2, 5)                                                                               \
    FEATURE(avx512, 6)                                                                             \
    FEATURE(spaces, 7)                                                                             \
    FEATURE(apart, 8)

#ifdef __ASSEMBLER__
// clang-format off

#define FEATURE(name, number) .set feature_##name, number;
RT_FEATURES(FEATURE)
#undef FEATURE

// A row's section is bound to the section of its site: the linker sorts rows by the addresses of
// their sites' sections, and drops the rows of a dropped gate. The site begins at the label \begin
// and ends here.
.macro alternative_row feature, begin, end, bytes, count
  .pushsection .alternatives, "ao", @progbits, \begin
  .long \begin - .
  .long \bytes - .
  .byte \end - \begin
  .byte \count
  .short feature_\feature
  .popsection
.endm

// The code between \begin and here is replaced by NOPs if \feature holds.
.macro nop_where feature, begin
  .set .Lalternative_\@, .
  alternative_row \feature, \begin, .Lalternative_\@, \begin, 0
.endm

// The code becomes a jump to \target, in the same section, if \feature holds. The distance counts
// from the site, not from the table, so the bytes are written as bytes. The site must have at least
// five bytes.
.macro jump_where feature, begin, target
  .set .Lalternative_\@, .
  .pushsection .alternatives.bytes, "ao", @progbits, \begin
.Lalternative_bytes_\@:
  .byte 0xe9 // jmp
  .long \target - \begin - 5
  .popsection
  alternative_row \feature, \begin, .Lalternative_\@, .Lalternative_bytes_\@, 5
.endm

// clang-format on
#else

#include <stdint.h>

#include "linker/layout.h"

namespace rt::patch {

#define FEATURE(name, number) name = number,
enum class Feature : uint16_t { RT_FEATURES(FEATURE) };
#undef FEATURE

/// One row. Distances count from the field that holds them.
struct Alternative {
    int32_t site_distance;
    int32_t bytes_distance;
    uint8_t length;  // of the site
    uint8_t count;   // of the bytes that replace it; NOPs fill the rest
    Feature feature; //

    uintptr_t site() const { return distant(&site_distance, site_distance); }
    uintptr_t bytes() const { return distant(&bytes_distance, bytes_distance); }

private:
    static uintptr_t distant(const void *from, int32_t distance) {
        return reinterpret_cast<uintptr_t>(from) + static_cast<uintptr_t>(intptr_t{distance});
    }
};
static_assert(sizeof(Alternative) == POSTERN_ALTERNATIVE_BYTES);

} // namespace rt::patch

/// Defined by the linker script.
extern "C" const rt::patch::Alternative __alternatives_start[], __alternatives_end[];

namespace rt::patch {

/// All rows, by the addresses of their sites, for range-for.
struct Table {
    const Alternative *begin() const { return __alternatives_start; }
    const Alternative *end() const { return __alternatives_end; }
};

} // namespace rt::patch

#endif
