/// Copies to and from the domains' own objects, which cannot fail.
#pragma once

#include "rt/rt.h"

namespace signer {

/// Writes `bytes` bytes to the beginning of `object`, which is in `domain`.
template <class T>
void give(Domain domain, T &object, const void *from, size_t bytes) {
    if (!rt::copy_to_domain(domain, rt::Claimed::of(&object), from, bytes)) {
        rt::panic("signer: an object is not where the linker was told to place it");
    }
}

/// The present value of `object` of `domain`, read once.
template <class T>
T take(Domain domain, const T &object) {
    T copy;
    if (!rt::copy_from_domain(domain, &copy, rt::Claimed::of(&object), sizeof copy)) {
        rt::panic("signer: an object is not where the linker was told to place it");
    }
    return copy;
}

} // namespace signer
