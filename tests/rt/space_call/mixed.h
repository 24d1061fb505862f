/// Two domains that share data and call one another. bob has an address space of his own on every
/// machine; alice has a key where there are keys.
#pragma once

#include "rt/rt.h"

// The app's declarations (CMakeLists.txt): alice writes the board, and bob reads it; both write the
// desk; the inbox is lent to both.
namespace mixed {

/// Everything that the domains of these tests do.
enum class Deed : uint64_t {
    read,     // yields the word at `address`
    write,    // stores `value` at `address`, and yields what is there then
    spin,     // never ends
    cross,    // has the other domain do it, by a cross call
    serve,    // the same by a service of the monitor's, which calls the other domain
    jump,     // to `address`
};

/// `deeds` begins with the deed to be done; the others are for the other domain (deeds()).
uint64_t do_as_alice(uint64_t deeds, uint64_t address, uint64_t value);
uint64_t do_as_bob(uint64_t deeds, uint64_t address, uint64_t value);
inline constexpr rt::Entry<Domain::alice, do_as_alice> in_alice;
inline constexpr rt::Entry<Domain::bob, do_as_bob> in_bob;
inline constexpr rt::CrossCall<1, Domain::alice, in_bob> alice_to_bob;
inline constexpr rt::CrossCall<2, Domain::bob, in_alice> bob_to_alice;
inline constexpr rt::Service<1, uint64_t(uint64_t deeds, uint64_t address, uint64_t value)> ask_other;

/// Deeds as a word: `deeds(Deed::cross, Deed::read)` has the other domain read.
template <class... Deeds>
constexpr uint64_t deeds(Deed first, Deeds... rest) {
    if constexpr (sizeof...(rest) == 0) {
        return static_cast<uint64_t>(first);
    } else {
        return static_cast<uint64_t>(first) + 8 * deeds(rest...);
    }
}

/// Added to the kind of a fault that a cross call or a service has met.
inline constexpr uint64_t fell = 0x1000;

extern uint64_t alice_word, bob_word;              // 0xa11ce and 0xb0b at start
extern uint64_t board_word, desk_word, inbox_word; // 100, 200 and 300 at start

/// What a domain does. `cross` calls the other one.
template <class Cross>
inline uint64_t act(uint64_t deeds, uint64_t address, uint64_t value, Cross cross) {
    auto *at = reinterpret_cast<volatile uint64_t *>(address);
    switch (static_cast<Deed>(deeds % 8)) {
    case Deed::read:
        return *at;
    case Deed::write:
        *at = value;
        return *at;
    case Deed::spin:
        for (;;) {
            asm volatile("pause");
        }
    case Deed::cross: {
        const auto outcome = cross(deeds / 8, address, value);
        return outcome ? outcome.value() : fell + static_cast<uint64_t>(outcome.fault());
    }
    case Deed::serve:
        return ask_other(deeds / 8, address, value);
    case Deed::jump:
        reinterpret_cast<void (*)()>(address)();
        return 0;
    }
    return 0;
}

} // namespace mixed
