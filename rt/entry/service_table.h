/// Services, the monitor's side: a constexpr table of functions, argument types and callers.
#pragma once

#include "rt/base/fault.h"
#include "rt/entry/service.h"

namespace rt::entry {

/// Which domains may ask for a service.
class Callers {
public:
    constexpr Callers(Domain domain)
        : mask_(static_cast<uint16_t>(1u << static_cast<unsigned>(domain))) {}
    static constexpr Callers any() { return Callers(uint16_t{0xffff}); }
    constexpr Callers operator|(Callers other) const {
        return Callers(static_cast<uint16_t>(mask_ | other.mask_));
    }
    constexpr bool include(Domain domain) const {
        return (mask_ >> static_cast<unsigned>(domain) & 1) != 0;
    }

private:
    constexpr explicit Callers(uint16_t mask) : mask_(mask) {}
    uint16_t mask_;
};

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
