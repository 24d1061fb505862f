/// What do gates of the published shapes cost, as we would write them?
#include "bench/payload/guest.h"
#include "bench/payload/rows.h"

namespace bench {

namespace {

constexpr auto question = "What do gates of the published shapes cost, written by us?";

void two_inline(uint64_t loops) {
    bench_shape_two_inline(loops, nullptr);
}

void two_around_a_call(uint64_t loops) {
    bench_shape_two_around_a_call(loops, reinterpret_cast<const void *>(&guest::nothing));
}

void four_compared() {
    bench_shape_four_compared(reinterpret_cast<const void *>(&guest::nothing));
}

void four_wiped() {
    bench_shape_four_wiped(reinterpret_cast<const void *>(&guest::nothing));
}

void locked_monitor() {
    bench_shape_locked_monitor(0);
}

constexpr Row table[] = {
    {"shape_two_switches_inline", Kind::loop, question, timed<two_inline>, pairs, unit},
    {"shape_two_switches_around_a_call", Kind::loop, question, timed<two_around_a_call>, pairs,
     unit},
    {"shape_four_switches_compared", Kind::loop, question, repeated<four_compared>, pairs, unit},
    {"shape_four_switches_wiped", Kind::loop, question, repeated<four_wiped>, pairs, unit},
    {"shape_locked_monitor", Kind::loop, question, repeated<locked_monitor>, pairs, unit},
};

} // namespace

constinit const Rows shape_rows = rows_of(table);

} // namespace bench
