/// Services and service tables that must not compile.
#include "rt/rt.h"

namespace {

constexpr rt::Service<1, uint64_t(uint64_t)> double_it;
constexpr rt::Service<2, void(rt::Claimed, size_t)> keep;

uint64_t handle_double(Domain, uint64_t number) {
    return 2 * number;
}
void handle_keep(Domain, rt::Claimed, size_t) {}

} // namespace

// right
POSTERN_SERVICES(rt::provide<double_it, handle_double>(Domain::alice),
                 rt::provide<keep, handle_keep>(rt::Callers::any()));

// wrong pointer_argument: no pointer and no reference crosses: pass rt::Claimed
// shows impassable_does_not_compile
constexpr rt::Service<3, void(const char *)> print;

// wrong six_arguments: a service takes at most five arguments
// shows impassable_does_not_compile
constexpr rt::Service<3, void(int, int, int, int, int, int)> many;

// wrong handler_without_caller: the handler must take the calling rt::Domain
// shows impassable_does_not_compile
uint64_t handle(uint64_t number);
constexpr auto row = rt::provide<double_it, handle>(Domain::alice);

// wrong handler_of_another_type: the handler must take the calling rt::Domain
// shows impassable_does_not_compile
uint64_t handle(Domain, uint32_t number);
constexpr auto row = rt::provide<double_it, handle>(Domain::alice);

// wrong out_of_order: list services in the order of their numbers
// shows impassable_does_not_compile
POSTERN_SERVICES(rt::provide<keep, handle_keep>(rt::Callers::any()),
                 rt::provide<double_it, handle_double>(Domain::alice));

// wrong gap: list services in the order of their numbers
// shows impassable_does_not_compile
POSTERN_SERVICES(rt::provide<keep, handle_keep>(rt::Callers::any()));
