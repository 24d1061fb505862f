/// Services: what a domain may ask the monitor for, by number. This is the domain's side.
#pragma once

#include <stddef.h>

#include "rt/entry/word.h"

/// rt/gate/service.S.
extern "C" uint64_t rt_gate_service(uint64_t number, uint64_t a0, uint64_t a1, uint64_t a2,
                                    uint64_t a3, uint64_t a4);

namespace rt::entry {

template <unsigned number, class Signature>
struct Service;

/// Number and type of a service, shared by the domains that call it and the monitor that provides
/// it (rt/entry/service_table.h). Numbers of an app start at 1. Calling it leaves the domain; a
/// service that does not exist, or is not for this domain, ends the domain's call with
/// Fault{service}.
template <unsigned service_number, class R, class... Arguments>
struct Service<service_number, R(Arguments...)> {
    static constexpr unsigned number = service_number;

    static_assert(sizeof...(Arguments) <= 5, "a service takes at most five arguments");
    static_assert((uaccess::check_value<R>() && ... && uaccess::check_value<Arguments>()));

    R operator()(Arguments... arguments) const {
        uint64_t words[6] = {to_word(arguments)...};
        const uint64_t result =
            rt_gate_service(number, words[0], words[1], words[2], words[3], words[4]);
        if constexpr (!base::is_same<R, void>) {
            return from_word<R>(result);
        }
    }
};

/// Prints a line on standard error, prefixed with the domain's name: at most 200 bytes of the
/// domain's own memory or of constants, control bytes escaped. It waits for nothing: beyond the
/// domain's budget, or without room, the line is dropped and counted (rt/entry/log.h).
inline constexpr Service<0, void(uaccess::Claimed text, size_t bytes)> log_service;

} // namespace rt::entry
