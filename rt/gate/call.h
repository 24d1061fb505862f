/// Calling into a domain, typed.
#pragma once

#include "rt/base/result.h"
#include "rt/gate/entry_record.h"
#include "rt/gate/last_fault.h"
#include "rt/gate/lend.h"
#include "rt/gate/word.h"

extern "C" {
/// What an enter stub gives back: {result, 0}; when the domain faulted, {0, 1 + the fault's kind}.
struct RtOutcome {
    uint64_t value;
    uint64_t faulted;
};
using RtGateEnter = RtOutcome(uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t,
                              const void *);
/// The same with the view under which the domain is to run.
using RtGateEnterLent = RtOutcome(uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t,
                                  const void *, uint64_t view);
#define RT_GATE_ENTER(key)                                                                         \
    RtGateEnter rt_gate_enter_##key, rt_gate_enter_trusted_##key;                                  \
    RtGateEnterLent rt_gate_enter_lent_##key, rt_gate_enter_lent_trusted_##key;
RT_GATE_ENTER(2)
RT_GATE_ENTER(3)
RT_GATE_ENTER(4)
RT_GATE_ENTER(5)
RT_GATE_ENTER(6)
RT_GATE_ENTER(7)
RT_GATE_ENTER(8)
RT_GATE_ENTER(9)
RT_GATE_ENTER(10)
RT_GATE_ENTER(11)
RT_GATE_ENTER(12)
RT_GATE_ENTER(13)
RT_GATE_ENTER(14)
#undef RT_GATE_ENTER
}

namespace rt::gate {

#define RT_GATE_STUBS(way)                                                                         \
    {                                                                                              \
        nullptr, nullptr, &rt_gate_enter_##way##2, &rt_gate_enter_##way##3,                        \
            &rt_gate_enter_##way##4, &rt_gate_enter_##way##5, &rt_gate_enter_##way##6,             \
            &rt_gate_enter_##way##7, &rt_gate_enter_##way##8, &rt_gate_enter_##way##9,             \
            &rt_gate_enter_##way##10, &rt_gate_enter_##way##11, &rt_gate_enter_##way##12,          \
            &rt_gate_enter_##way##13, &rt_gate_enter_##way##14                                     \
    }

/// The enter stub of the domain with this key; the linker drops those that no call names.
template <unsigned key, bool trusted>
constexpr RtGateEnter *enter_stub() {
    constexpr RtGateEnter *stubs[][15] = {RT_GATE_STUBS(), RT_GATE_STUBS(trusted_)};
    return stubs[trusted ? 1 : 0][key];
}

/// The stub for calls that lend.
template <unsigned key, bool trusted>
constexpr RtGateEnterLent *enter_lent_stub() {
    constexpr RtGateEnterLent *stubs[][15] = {RT_GATE_STUBS(lent_), RT_GATE_STUBS(lent_trusted_)};
    return stubs[trusted ? 1 : 0][key];
}
#undef RT_GATE_STUBS

/// Whether the app has declared `domain` TRUSTING: merely buggy, not hostile. Its gate keeps what
/// the ABI keeps and wipes nothing else; all compares are made all the same.
template <Domain domain>
inline constexpr bool is_trusted = false;

/// A function that `domain` offers to its callers. Declared once, in a header that both sides see:
///     namespace parser { uint64_t parse(uint64_t bytes); }
///     constexpr rt::Entry<Domain::parser, parser::parse> parse;
template <Domain domain, auto function>
struct Entry;

template <Domain owner, class R, class... Parameters, R (*function)(Parameters...)>
struct Entry<owner, function> {
    static constexpr Domain domain = owner;

    static_assert(!is_data<owner>, "a data domain is memory and runs nothing: make this an entry "
                                   "of a domain that reads, writes or borrows it");
    static_assert(sizeof...(Parameters) <= 6,
                  "an entry takes at most six arguments: copy more into the domain's memory");
    static_assert((uaccess::check_value<R>() && ... && uaccess::check_value<Parameters>()));

    using Ended =
        base::Result<base::conditional<base::is_same<R, void>, base::Done, R>, base::Fault>;

    static Ended run(Parameters... arguments) {
        uint64_t words[7] = {to_word(arguments)...};
        constexpr auto *enter = enter_stub<key::key_of(owner).raw(), is_trusted<owner>>();
        return end(enter(words[0], words[1], words[2], words[3], words[4], words[5],
                         in_domain<POSTERN_KEY_MONITOR, 0>()));
    }

    /// The same with loans, for this call.
    template <class... Loans>
    static Ended run_lending(Parameters... arguments) {
        constexpr key::Pkru view = lent_view<owner, Loans...>();
        uint64_t words[7] = {to_word(arguments)...};
        constexpr auto *enter = enter_lent_stub<key::key_of(owner).raw(), is_trusted<owner>>();
        return end(enter(words[0], words[1], words[2], words[3], words[4], words[5],
                         in_domain<POSTERN_KEY_MONITOR, view.raw()>(), view.raw()));
    }

    /// Makes the image's table of entries name this one, with who calls it.
    template <uint32_t caller = POSTERN_KEY_MONITOR, uint32_t view = 0, uint32_t number = 0>
    static constexpr void list() {
        static_cast<void>(&entry_record<function, key::key_of(owner).raw(), caller, view, number>);
    }

private:
    static Ended end(RtOutcome outcome) {
        if (outcome.faulted != 0) {
            return last_fault();
        }
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

    /// What the gate calls. The row says which function it is: no other place names one, so that
    /// linker/link can refuse each that does.
    template <uint32_t caller, uint32_t view>
    static const void *in_domain() {
        constexpr auto *row = &entry_record<function, key::key_of(owner).raw(), caller, view, 0>;
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

/// Runs `entry` in `domain` and yields its result, or the Fault that ended it.
template <Domain domain, class Function, class... Arguments>
auto call(Function entry, Arguments... arguments) {
    static_assert(!is_data<domain>, "a data domain is memory and runs nothing: call a domain");
    static_assert(is_entry_of<domain, Function>,
                  "rt::call takes an rt::Entry of the domain that it names; declare one beside the "
                  "function: constexpr rt::Entry<Domain::NAME, function> entry;");
    if constexpr (is_entry_of<domain, Function>) {
        return entry.run(arguments...);
    }
}

/// The same with data domains lent to `domain`, for this call alone:
///     rt::call_lending<Domain::parser, rt::Reading<Domain::inbox>>(parse, bytes)
/// Return and fault take them back; calls, services and crossings made meanwhile pass nothing on.
template <Domain domain, class... Loans, class Function, class... Arguments>
auto call_lending(Function entry, Arguments... arguments) {
    static_assert(is_entry_of<domain, Function>,
                  "rt::call_lending takes an rt::Entry of the domain that it names; declare one "
                  "beside the function: constexpr rt::Entry<Domain::NAME, function> entry;");
    if constexpr (is_entry_of<domain, Function>) {
        return entry.template run_lending<Loans...>(arguments...);
    }
}

} // namespace rt::gate
