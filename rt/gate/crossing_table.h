/// Crossings, the monitor's side: a constexpr table of gates, functions and callers.
#pragma once

#include "rt/gate/crossing.h"
#include "rt/gate/crossing_record.h"

namespace rt::gate {

/// The app's crossings in the order of their numbers.
template <size_t count>
struct CrossingTable {
    CrossingRecord rows[count];
};

/// The row of one crossing.
template <unsigned number, Domain caller, class Function>
constexpr CrossingRecord cross(detail::CrossingTo<number, caller, Function>) {
    using To = detail::CrossingTo<number, caller, Function>;
    constexpr auto key = key::key_of(caller).raw();
    To::Callee::template list<key, 0, number>();
    constexpr bool callee_is_trusted = is_trusted<To::callee>;
    return {.enter = Backend<To::callee>::enter(),
            .function = &To::serve,
            .view = base_view<caller>.raw(),
            .caller = key,
            .wipes = callee_is_trusted && !is_trusted<caller> ? 1 : 0,
            .number = number};
}

template <class... Crossings>
constexpr CrossingTable<sizeof...(Crossings)> crossing_table(Crossings... crossings) {
    return {{cross(crossings)...}};
}

/// Whether the rows stand in the order of their numbers, from 1 on.
template <size_t count>
constexpr bool in_order(const CrossingTable<count> &table) {
    for (size_t row = 0; row < count; ++row) {
        if (table.rows[row].number != row + 1) {
            return false;
        }
    }
    return true;
}

} // namespace rt::gate

/// Defines the app's crossings in read-only data, once per app, outside any namespace:
/// POSTERN_CROSSINGS(sign_for_parser, ...).
#define POSTERN_CROSSINGS(...)                                                                     \
    extern "C" {                                                                                   \
    extern const decltype(rt::gate::crossing_table(__VA_ARGS__)) rt_app_crossings;                 \
    [[gnu::section(".postern.crossings"), gnu::used]] constexpr decltype(rt::gate::crossing_table( \
        __VA_ARGS__)) rt_app_crossings = rt::gate::crossing_table(__VA_ARGS__);                    \
    }                                                                                              \
    static_assert(rt::gate::in_order(rt_app_crossings),                                            \
                  "list crossings in the order of their numbers, from 1 on, without gaps")
