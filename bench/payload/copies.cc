/// What does a checked copy cost, beside rep movsb of the same bytes?
#include "bench/payload/must.h"
#include "bench/payload/rows.h"
#include "rt/rt.h"

namespace bench {

namespace {

constexpr auto question = "What does a checked copy cost, beside rep movsb of the same bytes?";
constexpr size_t most = 65536;

POSTERN_BSS(distrusted) alignas(4096) char theirs[most];
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
void from_domain() {
    must(rt::copy_from_domain(Domain::distrusted, ours, rt::Claimed::of(theirs), bytes));
}

template <size_t bytes>
void to_domain() {
    must(rt::copy_to_domain(Domain::distrusted, rt::Claimed::of(theirs), ours, bytes));
}

/// Not `against_plain`: what is asked for is a ratio.
template <auto copy, size_t bytes>
constexpr Row row(const char *name, const char *yardstick) {
    return {name, Kind::loop, question, repeated<copy>, repeated<alone<bytes>>, yardstick};
}

#define COPIES(bytes)                                                                              \
    row<in_pair<bytes>, bytes>("floor_copy_" #bytes, "rep movsb of " #bytes),                      \
        row<from_domain<bytes>, bytes>("copy_from_domain_" #bytes, "rep movsb of " #bytes),        \
        row<to_domain<bytes>, bytes>("copy_to_domain_" #bytes, "rep movsb of " #bytes)
constexpr Row table[] = {COPIES(64),   COPIES(256),   COPIES(1024),
                         COPIES(4096), COPIES(16384), COPIES(65536)};
#undef COPIES

} // namespace

constinit const Rows copy_rows = rows_of(table);

} // namespace bench
