/// Services, the monitor's side: a constexpr table of functions, argument types and callers.
#pragma once

#include "rt/base/fault.h"
#include "rt/entry/service.h"
#include "rt/key/domain.h"

namespace rt::entry {

/// Which domains may ask for a service.
class Callers {
public:
    constexpr Callers(Domain domain) : masks_{} {
        masks_[key::index_of(domain) / 64] = uint64_t{1} << key::index_of(domain) % 64;
    }
    static constexpr Callers any() { return Callers(~uint64_t{0}, ~uint64_t{0}); }
    constexpr Callers operator|(Callers other) const {
        return Callers(masks_[0] | other.masks_[0], masks_[1] | other.masks_[1]);
    }
    constexpr bool include(Domain domain) const {
        return (masks_[key::index_of(domain) / 64] >> key::index_of(domain) % 64 & 1) != 0;
    }

private:
    constexpr Callers(uint64_t low, uint64_t high) : masks_{low, high} {}
    uint64_t masks_[2]; // bit n: the domain with index n
    static_assert(key::domain_places <= 2 * 64);
};

static_assert(Callers(key::domain_with(POSTERN_NUMBER_LAST_OWN))
                  .include(key::domain_with(POSTERN_NUMBER_LAST_OWN)));
static_assert(!Callers(key::domain_with(66)).include(key::domain_with(2)),
              "domains 64 apart are two");
static_assert(!(Callers(key::domain_with(POSTERN_NUMBER_LAST_OWN)) |
                key::domain_with(POSTERN_NUMBER_FIRST_OWN))
                   .include(key::domain_with(POSTERN_KEY_FIRST_DOMAIN)));

/// One row of the table.
struct ServiceRecord {
    uint64_t (*function)(Domain caller, const uint64_t *arguments);
    unsigned number;
    Callers callers;
};

namespace detail {

template <auto handler, class R, class... Arguments>
uint64_t handle(Domain caller, const uint64_t *words) {
    [[maybe_unused]] Words rest{words};
    return WordsCall<handler, R, Domain, Arguments...>{caller, rest.take<Arguments>()...}.result;
}

} // namespace detail

/// The row that lets `callers` ask for `service` and answers with handler(caller, arguments...).
template <auto service, auto handler, unsigned number, class R, class... Arguments>
constexpr ServiceRecord provide(Callers callers, Service<number, R(Arguments...)>) {
    static_assert(base::is_same<decltype(handler), R (*)(Domain, Arguments...)>,
                  "the handler must take the calling rt::Domain and then the service's arguments, "
                  "and return the service's result");
    return {&detail::handle<handler, R, Arguments...>, number, callers};
}
template <auto service, auto handler>
constexpr ServiceRecord provide(Callers callers) {
    return provide<service, handler>(callers, service);
}

/// Whether the rows are in the order of their numbers, from 1 on.
template <size_t rows>
constexpr bool in_order(const ServiceRecord (&table)[rows]) {
    for (size_t row = 0; row < rows; ++row) {
        if (table[row].number != row + 1) {
            return false;
        }
    }
    return true;
}

} // namespace rt::entry

/// Defines the app's service table in read-only data, once per app, outside any namespace:
/// POSTERN_SERVICES(rt::provide<sign, handle_sign>(Domain::parser), ...).
#define POSTERN_SERVICES(...)                                                                      \
    extern "C" {                                                                                   \
    extern const rt::entry::ServiceRecord rt_app_services[];                                       \
    [[gnu::section(".postern.services"),                                                           \
      gnu::used]] constexpr rt::entry::ServiceRecord rt_app_services[] = {__VA_ARGS__};            \
    }                                                                                              \
    static_assert(rt::entry::in_order(rt_app_services),                                            \
                  "list services in the order of their numbers, from 1 on, without gaps")
