/// Calling into a domain, typed.
#pragma once

#include "rt/base/result.h"
#include "rt/entry/backend.h"
#include "rt/entry/entry_record.h"
#include "rt/entry/word.h"
#include "rt/gate/last_fault.h"
#include "rt/life/policy.h"
#include "rt/sync/mutex.h"

namespace rt::entry {

/// A function that `domain` offers to its callers. Declared once, in a header that both sides see:
///     namespace parser { uint64_t parse(uint64_t bytes); }
///     constexpr rt::Entry<Domain::parser, parser::parse> parse;
template <Domain domain, auto function>
struct Entry;

template <Domain owner, class R, class... Parameters, R (*function)(Parameters...)>
struct Entry<owner, function> {
    static constexpr Domain domain = owner;

    static_assert(!gate::is_data<owner>,
                  "a data domain is memory and runs nothing: make this an entry "
                  "of a domain that reads, writes or borrows it");
    static_assert(sizeof...(Parameters) <= 6,
                  "an entry takes at most six arguments: copy more into the domain's memory");
    static_assert((uaccess::check_value<R>() && ... && uaccess::check_value<Parameters>()));

    using Ended =
        base::Result<base::conditional<base::is_same<R, void>, base::Done, R>, base::Fault>;

    /// A call with these data domains lent for it; without any, a plain call. `run` is no template,
    /// so that an argument of a wrong type is refused by its type.
    template <class... Loans>
    struct Lending {
        static Ended run(Parameters... arguments) {
#ifdef POSTERN_CHECKS_LOCKS // the harness of tests
            sync::panic_if_any_is_held();
#endif
            using Way = Backend<owner>;
            const uint64_t words[7] = {to_word(arguments)...};
            for (;;) {
                const RtOutcome outcome = Way::template call<Loans...>(
                    words, in_domain<POSTERN_KEY_MONITOR, Way::template lend<Loans...>()>());
                if (outcome.faulted == 0) [[likely]] {
                    return end(outcome);
                }
                const base::Fault fault = gate::last_fault(); // what follows may fault, too
                if (!life::answer(fault)) {
                    return fault;
                }
            }
        }
    };

    /// Makes the image's table of entries name this one, with who calls it.
    template <uint32_t caller = POSTERN_KEY_MONITOR, uint32_t view = 0, uint32_t number = 0>
    static constexpr void list() {
        static_cast<void>(&entry_record<function, key::number_of(owner), caller, view, number>);
    }

private:
    static Ended end(RtOutcome outcome) {
        if constexpr (base::is_same<R, void>) {
            return base::Done{};
        } else {
            return from_word<R>(outcome.value);
        }
    }

    template <class>
    using Word = uint64_t;

    /// The domain's code for a function whose arguments or result are not plain words, which C++
    /// passes elsewhere, for example in vector registers.
    [[gnu::section(RT_SECTION_IN_DOMAIN)]] static uint64_t unpack(Word<Parameters>... words) {
        if constexpr (base::is_same<R, void>) {
            function(from_word<Parameters>(words)...);
            return 0;
        } else {
            return to_word(function(from_word<Parameters>(words)...));
        }
    }

    /// The function that the gate calls. Only the row of the table names it, so that linker/link
    /// can refuse every other place that does.
    template <uint32_t caller, uint32_t view>
    static const void *in_domain() {
        constexpr auto *row = &entry_record<function, key::number_of(owner), caller, view, 0>;
        if constexpr ((is_number<R> ||
                       base::is_same<R, void>)&&(true && ... && is_number<Parameters>)) {
            return reinterpret_cast<const void *>(
                *static_cast<R (*const volatile *)(Parameters...)>(&row->function));
        } else {
            static_cast<void>(row);
            return reinterpret_cast<const void *>(&unpack);
        }
    }
};

template <Domain domain, class T>
inline constexpr bool is_entry_of = false;
template <Domain domain, auto function>
inline constexpr bool is_entry_of<domain, Entry<domain, function>> = true;

/// Runs the entry in `domain` and yields its result, or the Fault that ended it.
template <Domain domain, class Function, class... Arguments>
auto call(Function, Arguments... arguments) {
    static_assert(!gate::is_data<domain>,
                  "a data domain is memory and runs nothing: call a domain");
    static_assert(is_entry_of<domain, Function>,
                  "rt::call takes an rt::Entry of the domain that it names; declare one beside the "
                  "function: constexpr rt::Entry<Domain::NAME, function> entry;");
    if constexpr (is_entry_of<domain, Function>) {
        return Function::template Lending<>::run(arguments...);
    }
}

/// The same with data domains lent to `domain`, for this call alone:
///     rt::call_lending<Domain::parser, rt::Reading<Domain::inbox>>(parse, bytes)
/// Return and fault take them back; calls, services and cross calls made meanwhile pass nothing on.
template <Domain domain, class... Loans, class Function, class... Arguments>
auto call_lending(Function, Arguments... arguments) {
    static_assert(is_entry_of<domain, Function>,
                  "rt::call_lending takes an rt::Entry of the domain that it names; declare one "
                  "beside the function: constexpr rt::Entry<Domain::NAME, function> entry;");
    static_assert(sizeof...(Loans) != 0, "nothing is lent: use rt::call");
    if constexpr (is_entry_of<domain, Function>) {
        return Function::template Lending<Loans...>::run(arguments...);
    }
}

} // namespace rt::entry
