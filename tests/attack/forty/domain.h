/// What each of the forty domains can be asked to do.
#pragma once

#include "rt/rt.h"
#include "tests/attack/forty/each.h"

namespace forty {

/// What a domain does with an address, or asks for in the name of another one.
enum class Way : uint64_t { reads, writes, jumps, asks, crosses };

/// Where it has what others want.
enum class What : uint64_t { word, code, stack };

inline constexpr uint64_t secret = 0x5ec2e75ec2e75ec2;

} // namespace forty

#define DECLARE(number, name)                                                                      \
    namespace name {                                                                               \
    uint64_t strikes(forty::Way way, uint64_t target);                                             \
    uint64_t tells(forty::What what);                                                              \
    uint64_t keeps();                                                                              \
    inline constexpr rt::Entry<Domain::name, strikes> strikes_entry;                               \
    inline constexpr rt::Entry<Domain::name, tells> tells_entry;                                   \
    inline constexpr rt::Entry<Domain::name, keeps> keeps_entry;                                   \
    }
EACH(DECLARE)
#undef DECLARE
