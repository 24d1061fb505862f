/// What is the least cost of a gate that does one thing more at each rung?
#include "bench/payload/guest.h"
#include "bench/payload/rows.h"

namespace bench {

namespace {

constexpr auto question = "What is the least cost of a gate? Each rung does one thing more";

template <BenchGate *gate>
void through() {
    gate(reinterpret_cast<const void *>(&guest::nothing));
}

template <BenchGate *gate>
inline constexpr Timed rung = repeated<through<gate>>;

constexpr Row table[] = {
    {"floor_call", Kind::loop, question, rung<bench_floor_call>, pairs, unit},
    {"floor_stack", Kind::loop, question, rung<bench_floor_stack>, pairs, unit},
    {"floor_registers", Kind::loop, question, rung<bench_floor_registers>, pairs, unit},
    {"floor_state", Kind::loop, question, rung<bench_floor_state>, pairs, unit},
    {"floor_flags", Kind::loop, question, rung<bench_floor_flags>, pairs, unit},
    {"floor_view", Kind::loop, question, rung<bench_floor_view>, pairs, unit},
    {"floor_ymm", Kind::loop, question, rung<bench_floor_ymm>, pairs, unit},
    {"floor_zmm", Kind::loop, question, rung<bench_floor_zmm>, pairs, unit},
    {"floor_control", Kind::loop, question, rung<bench_floor_control>, pairs, unit},
    {"floor_fs", Kind::loop, question, rung<bench_floor_fs>, pairs, unit},
    {"floor_untrusted", Kind::loop, question, rung<bench_floor_x87>, pairs, unit},
    {"floor_trusted", Kind::loop, question, rung<bench_floor_trusted>, pairs, unit},
};

constexpr auto part_question = "What does each part of a gate cost alone?";
constexpr auto without = "the gate without it";
constexpr Timed plain = rung<bench_floor_registers>;

template <BenchGate *gate>
constexpr Row part(const char *name) {
    return {name, Kind::against_plain, part_question, rung<gate>, plain, without};
}

constexpr Row part_table[] = {
    part<bench_floor_only_state>("part_state"),
    part<bench_floor_only_flags_tested>("part_flags_tested"),
    part<bench_floor_only_flags_cleared>("part_flags_cleared"),
    part<bench_floor_only_view>("part_view"),
    part<bench_floor_only_selector>("part_selector"),
    part<bench_floor_only_ymm>("part_ymm"),
    part<bench_floor_only_zmm>("part_zmm"),
    part<bench_floor_only_control>("part_control"),
    part<bench_floor_only_fs>("part_fs"),
    part<bench_floor_only_x87>("part_x87"),
};
constexpr Row rdpkru_table[] = {part<bench_floor_only_rdpkru>("part_rdpkru")};

} // namespace

constinit const Rows ladder_rows = rows_of(table);
constinit const Rows part_rows = rows_of(part_table);
constinit const Rows rdpkru_rows = rows_of(rdpkru_table);

} // namespace bench
