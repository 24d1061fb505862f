/// The claims of tests/claims.tsv as enumerators, and the tags of tests that name them.
#pragma once

#include <stddef.h>

namespace harness {

/// The claims that a test can show.
enum class Claim {
#define CLAIM(id) id,
#define ATTACK(id)
#include "postern/claims.inc"
#undef CLAIM
#undef ATTACK
};

/// The attacks that a test can try.
enum class Attack {
#define CLAIM(id)
#define ATTACK(id) id,
#include "postern/claims.inc"
#undef CLAIM
#undef ATTACK
};

template <size_t Count>
consteval bool shows(const Claim (&)[Count]) {
    return true;
}

template <size_t Count>
consteval bool tries(const Attack (&)[Count]) {
    return true;
}

} // namespace harness

#define SHOWS(...)                                                                                 \
    []() -> bool {                                                                                 \
        using enum harness::Claim;                                                                 \
        return harness::shows({__VA_ARGS__});                                                      \
    }()
#define TRIES(...)                                                                                 \
    []() -> bool {                                                                                 \
        using enum harness::Attack;                                                                \
        return harness::tries({__VA_ARGS__});                                                      \
    }()
