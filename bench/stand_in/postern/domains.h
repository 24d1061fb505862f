/// The domains that the stand-in pretends to have: the payload's.
#pragma once
#include "rt/gate/call.h"
enum class rt::Domain : uint8_t {
    distrusted = 1,
    trusted = 2,
    peer = 3,
    lent = 4,
};
using rt::Domain;
template <>
inline constexpr bool rt::gate::is_trusted<rt::Domain::trusted> = true;
template <>
inline constexpr bool rt::gate::is_data<rt::Domain::lent> = true;
template <>
inline constexpr bool rt::gate::is_lendable<rt::Domain::lent, rt::Domain::distrusted> = true;
