/// Cross calls: what one domain may call in another, by number. This is the calling domain's side.
#pragma once

#include "rt/entry/call.h"

/// rt/gate/cross.S.
extern "C" RtOutcome rt_gate_cross(uint64_t number, uint64_t a0, uint64_t a1, uint64_t a2,
                                   uint64_t a3, uint64_t a4);

namespace rt::entry {

namespace detail {

template <unsigned number, Domain caller, class Function>
struct CrossCallTo {
    static_assert(base::is_same<Function, void>,
                  "a cross call leads to an rt::Entry; declare one beside the function: "
                  "constexpr rt::Entry<Domain::NAME, function> entry;");
};

template <unsigned cross_call_number, Domain from, Domain to, class R, class... Arguments,
          R (*function)(Arguments...)>
struct CrossCallTo<cross_call_number, from, Entry<to, function>> {
    static constexpr unsigned number = cross_call_number;
    static constexpr Domain caller = from;
    static constexpr Domain callee = to;
    using Callee = Entry<to, function>;
    using Outcome =
        base::Result<base::conditional<base::is_same<R, void>, base::Done, R>, base::FaultKind>;

    static_assert(!gate::is_data<from>,
                  "a data domain is memory and runs nothing: it makes no calls");
    static_assert(from != to, "a cross call leads to another domain; call the function itself");
    static_assert(sizeof...(Arguments) <= 5, "a cross call takes at most five arguments");

    Outcome operator()(Arguments... arguments) const {
        uint64_t words[6] = {to_word(arguments)...};
        const RtOutcome outcome =
            rt_gate_cross(number, words[0], words[1], words[2], words[3], words[4]);
        if (outcome.faulted != 0) {
            return static_cast<base::FaultKind>(outcome.faulted - 1);
        }
        if constexpr (base::is_same<R, void>) {
            return base::Done{};
        } else {
            return from_word<R>(outcome.value);
        }
    }

    /// The callee's code.
    [[gnu::section(RT_SECTION_IN_DOMAIN)]] static uint64_t
    serve(uint64_t a0, uint64_t a1, uint64_t a2, uint64_t a3, uint64_t a4) {
        const uint64_t words[] = {a0, a1, a2, a3, a4};
        [[maybe_unused]] Words rest{words};
        return WordsCall<function, R, Arguments...>{rest.take<Arguments>()...}.result;
    }
};

} // namespace detail

/// Lets the domain `caller` call `entry` in another domain, whose own header declares it. Numbers
/// start at 1; the monitor's table (POSTERN_CROSS_CALLS) has to have the cross call, too. Calling
/// it yields the result, or the kind of the fault that ended the callee's call: nothing else of the
/// callee gets through. A cross call that does not exist, or is another caller's, ends the caller's
/// own call with Fault{cross call}.
///     constexpr rt::CrossCall<1, Domain::parser, sign> sign_for_parser;
template <unsigned number, Domain caller, auto entry>
struct CrossCall : detail::CrossCallTo<number, caller, base::remove_const<decltype(entry)>> {};

} // namespace rt::entry
