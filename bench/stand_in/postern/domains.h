/// The domains that the stand-in pretends to have: the payload's.
#pragma once
#include "rt/gate/call.h"
enum class rt::Domain : uint8_t {
    distrusted = 2,
    trusted = 3,
    peer = 4,
};
using rt::Domain;
template <>
inline constexpr bool rt::gate::is_trusted<rt::Domain::trusted> = true;
