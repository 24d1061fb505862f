/// The app's domains, by the rows of postern/domains.inc that postern_add_app writes
/// (linker/each.inc says which there are).
#pragma once

#include "rt/entry/call.h"

/// The value is an index, no protection key: rt/key/domain.h.
enum class rt::Domain : uint8_t {
#define DOMAIN(name, number, ...)                                                                  \
    name = static_cast<uint8_t>(rt::key::domain_with(number)),
#define DATA_DOMAIN(name, number, ...) DOMAIN(name, number)
#include "linker/each.inc"
};
using rt::Domain;

// The rights of a view beside its own key: the words of a row's columns `writes` and `rights`.
#define RT_KEY_0_nothing rt::key::Rights::read_only
#define RT_KEY_0_shared rt::key::Rights::full
#define READS(number) .with(rt::key::Pkey::from_raw(number), rt::key::Rights::read_only)
#define WRITES(number) .with(rt::key::Pkey::from_raw(number), rt::key::Rights::full)
#define DOMAIN(name, number, stack, sharing, writes, rights, ...)                                  \
    template <>                                                                                    \
    inline constexpr rt::key::Pkru rt::gate::base_view<rt::Domain::name> =                         \
        rt::key::view_of_number(number, RT_KEY_0_##writes) rights;
#define DATA_DOMAIN(name, ...)                                                                     \
    template <>                                                                                    \
    inline constexpr bool rt::gate::is_data<rt::Domain::name> = true;
#define TRUSTED(name)                                                                              \
    template <>                                                                                    \
    inline constexpr bool rt::gate::is_trusted<rt::Domain::name> = true;
#define LENDABLE(data, borrower)                                                                   \
    template <>                                                                                    \
    inline constexpr bool rt::gate::is_lendable<rt::Domain::data, rt::Domain::borrower> = true;
#include "linker/each.inc"
#undef RT_KEY_0_nothing
#undef RT_KEY_0_shared
#undef READS
#undef WRITES
