/// Cross calls, the monitor's side: a constexpr table of gates, functions and callers.
#pragma once

#include "rt/entry/cross_call.h"
#include "rt/gate/cross_call_record.h"

namespace rt::entry {

/// The app's cross calls in the order of their numbers.
template <size_t count>
struct CrossCallTable {
    gate::CrossCallRecord rows[count];
};

/// The row of one cross call.
template <unsigned number, Domain caller, class Function>
constexpr gate::CrossCallRecord cross(detail::CrossCallTo<number, caller, Function>) {
    using To = detail::CrossCallTo<number, caller, Function>;
    constexpr auto caller_number = key::number_of(caller);
    To::Callee::template list<caller_number, 0, number>();
    // The gate of a trusted callee wipes nothing; that of a callee in a process of its own runs the
    // monitor's C++.
    constexpr bool callee_wipes = !gate::is_trusted<To::callee> && !key::is_own(To::callee);
    return {.enter = Backend<To::callee>::enter(),
            .function = &To::serve,
            .view = gate::base_view<caller>.raw(),
            .caller = caller_number,
            .wipes = !callee_wipes && !gate::is_trusted<caller> ? 1 : 0,
            .number = number};
}

template <class... CrossCalls>
constexpr CrossCallTable<sizeof...(CrossCalls)> cross_call_table(CrossCalls... cross_calls) {
    return {{cross(cross_calls)...}};
}

/// Whether the rows are in the order of their numbers, from 1 on.
template <size_t count>
constexpr bool in_order(const CrossCallTable<count> &table) {
    for (size_t row = 0; row < count; ++row) {
        if (table.rows[row].number != row + 1) {
            return false;
        }
    }
    return true;
}

} // namespace rt::entry

/// Defines the app's cross calls in read-only data, once per app, outside any namespace:
/// POSTERN_CROSS_CALLS(sign_for_parser, ...).
#define POSTERN_CROSS_CALLS(...)                                                                   \
    extern "C" {                                                                                   \
    extern const decltype(rt::entry::cross_call_table(__VA_ARGS__)) rt_app_cross_calls;            \
    [[gnu::section(".postern.cross_calls"),                                                        \
      gnu::used]] constexpr decltype(rt::entry::cross_call_table(__VA_ARGS__))                     \
        rt_app_cross_calls = rt::entry::cross_call_table(__VA_ARGS__);                             \
    }                                                                                              \
    static_assert(rt::entry::in_order(rt_app_cross_calls),                                         \
                  "list cross calls in the order of their numbers, from 1 on, without gaps")
