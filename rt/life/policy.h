/// What is done about a domain whose call has ended by a fault: a table of the app, constant.
#pragma once

#include <stddef.h>

#include "rt/base/fault.h"

namespace rt::life {

/// For restart_at_most: the time in which so many restarts are made, in nanoseconds.
inline constexpr uint64_t per_second = 1'000'000'000;

/// What an app's function decides about one fault.
enum class Verdict : uint8_t { keep, restart, give_up };

/// An entry of `domain` that cleans up in it before a restart. Policy::clean_up makes it.
struct CleanUp {
    Domain domain;
    void (*run)(uint64_t nanoseconds); // null: nothing
    uint64_t nanoseconds;              // at most
};

/// One row: what is done about one domain. A row is made by one of the functions below, and
/// sharpened by its members.
struct Policy {
    Domain domain;
    Verdict verdict;                                       // where `decide` is null
    uint32_t times;                                        // restarts in a second; 0 for any number
    uint64_t shortest_life;                                // nanoseconds; 0 for none
    Verdict (*decide)(Domain domain, const base::Fault &); // null: `verdict`
    void (*before)(Domain domain, const base::Fault &);    // null: nothing
    void (*after)(Domain domain);                          // null: nothing
    CleanUp clean = {};

    /// A life that ends sooner is followed by a rest, as if there had been too many restarts. The
    /// first life begins after prepare(), each other one with its restart or after its rest.
    constexpr Policy with_shortest_life(uint64_t nanoseconds) const {
        Policy row = *this;
        row.shortest_life = nanoseconds;
        return row;
    }

    /// Calls `function` between the fault and the restart. It may look at the domain's memory, and
    /// call the domain, best by rt::call_within. A fault of the domain's there is a value, and
    /// nothing else follows from it: the restart comes next.
    constexpr Policy before_restart(void (*function)(Domain domain, const base::Fault &)) const {
        Policy row = *this;
        row.before = function;
        return row;
    }

    /// Runs `entry`, an rt::Entry of the domain without arguments, in the domain before the
    /// restart, for so many nanoseconds at most. It finds the memory as the fault, and then
    /// `before_restart`, left it, and may end there what the domain has begun with others: give
    /// back, log, say good bye. If it faults or takes too long, nothing else follows: the restart
    /// comes next. A hijacked domain does with it what it likes, within its rights.
    template <auto entry>
    constexpr Policy clean_up(uint64_t nanoseconds) const {
        Policy row = *this;
        row.clean = clean_up_by(entry, nanoseconds); // rt/trap/clean_up.h
        return row;
    }

    /// Calls `function` after each restart of the domain, by rt::restart too. It gives the new life
    /// what it needs: granted descriptors, and what is to be in its memory. Another restart of the
    /// same domain is EBUSY there.
    constexpr Policy after_restart(void (*function)(Domain domain)) const {
        Policy row = *this;
        row.after = function;
        return row;
    }
};

/// Nothing is done: the next call finds the domain as the fault left it. So it is without a row.
constexpr Policy keep(Domain domain) {
    return {domain, Verdict::keep, 0, 0, nullptr, nullptr, nullptr};
}

/// The domain is restarted before the faulted call returns to its caller.
constexpr Policy restart_always(Domain domain) {
    return {domain, Verdict::restart, 0, 0, nullptr, nullptr, nullptr};
}

/// The same, but the domain rests where it faults more than `times` times in a second. A resting
/// domain is restarted already, and takes no calls: they are Fault{resting}. The first rest is a
/// millisecond, and each next one twice as long, up to a second. After a second without a rest the
/// first one is a millisecond again. The first call after a rest is made as if there had been none.
constexpr Policy restart_at_most(Domain domain, uint32_t times, decltype(per_second)) {
    return {domain, Verdict::restart, times, 0, nullptr, nullptr, nullptr};
}

/// `decide` says what is done about each fault.
constexpr Policy ask(Domain domain, Verdict (*decide)(Domain domain, const base::Fault &fault)) {
    return {domain, Verdict::keep, 0, 0, decide, nullptr, nullptr};
}

/// The domain takes no more calls: they are Fault{gone}, until the app restarts it by rt::restart.
constexpr Policy give_up(Domain domain) {
    return {domain, Verdict::give_up, 0, 0, nullptr, nullptr, nullptr};
}

/// The app's rows.
struct Policies {
    const Policy *rows;
    size_t count;
};

/// Whether each domain has one row at most.
template <size_t count>
constexpr bool has_one_row_each(const Policy (&rows)[count]) {
    for (size_t row = 0; row < count; ++row) {
        for (size_t other = 0; other < row; ++other) {
            if (rows[row].domain == rows[other].domain) {
                return false;
            }
        }
    }
    return true;
}

/// Whether each clean-up is by an entry of the row's own domain, and before a restart.
template <size_t count>
constexpr bool cleans_up_its_own(const Policy (&rows)[count]) {
    for (const Policy &row : rows) {
        const bool may_restart = row.decide != nullptr || row.verdict == Verdict::restart;
        if (row.clean.run != nullptr && (row.clean.domain != row.domain || !may_restart)) {
            return false;
        }
    }
    return true;
}

/// The row of `domain`; null without one.
const Policy *policy_of(Domain domain);

/// After prepare(): the first lives begin, for policies to which times matter.
void begin_first_lives();

/// Applies the policy to the domain whose call `fault` has ended. True if the call is to be made
/// again: it was refused because the domain rested, and its rest is over. Called by the typed front
/// (rt/entry/call.h). README.md lists the faults that change nothing.
[[gnu::cold]] bool answer(const base::Fault &fault);

} // namespace rt::life

/// Defines the app's policies in read-only data, once per app, outside any namespace:
/// POSTERN_ON_FAULT(rt::restart_always(Domain::parser), rt::give_up(Domain::license)).
#define POSTERN_ON_FAULT(...)                                                                      \
    namespace {                                                                                    \
    constexpr rt::life::Policy postern_on_fault[] = {__VA_ARGS__};                                 \
    static_assert(rt::life::has_one_row_each(postern_on_fault),                                    \
                  "POSTERN_ON_FAULT names a domain twice: give each domain one row");              \
    static_assert(rt::life::cleans_up_its_own(postern_on_fault),                                   \
                  "clean_up takes an entry of the row's own domain, in a row that restarts it");   \
    }                                                                                              \
    extern "C" {                                                                                   \
    extern const rt::life::Policies rt_app_policies;                                               \
    const rt::life::Policies rt_app_policies{postern_on_fault, sizeof postern_on_fault /           \
                                                                   sizeof postern_on_fault[0]};    \
    }
