/// Policies that must not compile.
#include "rt/rt.h"

namespace alice {
void release();
void close(uint64_t number);
} // namespace alice
inline constexpr rt::Entry<Domain::alice, alice::release> release;
inline constexpr rt::Entry<Domain::alice, alice::close> close_one;
constexpr uint64_t millisecond = 1'000'000;

// right
POSTERN_ON_FAULT(rt::restart_always(Domain::alice).clean_up<release>(millisecond),
                 rt::keep(Domain::bob));

// wrong two_rows: POSTERN_ON_FAULT names a domain twice
// shows wrong_policy_does_not_compile
POSTERN_ON_FAULT(rt::restart_always(Domain::alice), rt::keep(Domain::alice));

// wrong clean_up_by_another: clean_up takes an entry of the row's own domain
// shows wrong_policy_does_not_compile
POSTERN_ON_FAULT(rt::restart_always(Domain::bob).clean_up<release>(millisecond));

// wrong clean_up_without_a_restart: in a row that restarts it
// shows wrong_policy_does_not_compile
POSTERN_ON_FAULT(rt::keep(Domain::alice).clean_up<release>(millisecond));

// wrong clean_up_with_an_argument: an entry that cleans up takes no arguments
// shows wrong_policy_does_not_compile
POSTERN_ON_FAULT(rt::restart_always(Domain::alice).clean_up<close_one>(millisecond));
