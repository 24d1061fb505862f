/// What does a checked copy cost, beside rep movsb of the same bytes?
#include "bench/payload/must.h"
#include "bench/payload/rows.h"
#include "rt/rt.h"

/// rt/uaccess/copy.S.
extern "C" size_t rt_uaccess_copy(void *to, const void *from, size_t bytes);

namespace bench {

namespace {

constexpr auto question =
    "What does a checked copy cost, beside rep movsb of the same bytes? 1.11 x is 0.90 of its "
    "bandwidth";
constexpr size_t most = 1048576;

POSTERN_BSS(untrusted) alignas(4096) char theirs[most];
alignas(4096) constinit char ours[most]{};
alignas(4096) constinit char other[most]{};

template <size_t bytes>
void alone() {
    bench_copy(ours, other, bytes);
}

template <size_t bytes>
void in_pair() {
    bench_copy_in_pair(ours, theirs, bytes);
}

template <size_t bytes>
void in_window() {
    bench_copy_in_window(ours, theirs, bytes);
}

/// The copying alone: one window around all copies.
template <size_t bytes>
void in_open_window(uint64_t loops) {
    rt::user_access_begin(Domain::untrusted);
    for (; loops != 0; --loops) {
        if (rt_uaccess_copy(ours, theirs, bytes) != 0) [[unlikely]] {
            rt::panic("a row's own copy failed");
        }
    }
    rt::user_access_end();
}

template <size_t bytes>
void from_domain() {
    must(rt::copy_from_domain(Domain::untrusted, ours, rt::Claimed::of(theirs), bytes));
}

template <size_t bytes>
void to_domain() {
    must(rt::copy_to_domain(Domain::untrusted, rt::Claimed::of(theirs), ours, bytes));
}

/// `run` over written pages. Before they are written, all pages of a source are the kernel's one
/// page of zeros, which fits in the nearest cache.
template <auto run>
uint64_t over_pages(uint64_t loops) {
    static constinit bool written = false;
    if (!written) {
        __builtin_memset(other, 1, sizeof other);
        must(rt::copy_to_domain(Domain::untrusted, rt::Claimed::of(theirs), other, sizeof other));
        written = true;
    }
    return run(loops);
}

/// Not `against_plain`, because the question asks for a ratio.
template <auto run, size_t bytes>
constexpr Row row(const char *name, const char *yardstick) {
    return {name,     Kind::loop, question, over_pages<run>, over_pages<repeated<alone<bytes>>>,
            yardstick};
}

#define COPIES(bytes)                                                                              \
    row<repeated<in_pair<bytes>>, bytes>("floor_copy_" #bytes, "rep movsb of " #bytes),            \
        row<repeated<in_window<bytes>>, bytes>("floor_copy_with_compares_" #bytes,                 \
                                               "rep movsb of " #bytes),                            \
        row<timed<in_open_window<bytes>>, bytes>("copy_in_open_window_" #bytes,                    \
                                                 "rep movsb of " #bytes),                          \
        row<repeated<from_domain<bytes>>, bytes>("copy_from_domain_" #bytes,                       \
                                                 "rep movsb of " #bytes),                          \
        row<repeated<to_domain<bytes>>, bytes>("copy_to_domain_" #bytes, "rep movsb of " #bytes)
constexpr Row table[] = {COPIES(64),    COPIES(256),   COPIES(1024),   COPIES(4096),
                         COPIES(16384), COPIES(65536), COPIES(262144), COPIES(1048576)};
#undef COPIES

} // namespace

constinit const Rows copy_rows = rows_of(table);

} // namespace bench
