/// A value that one life of a domain gave: later lives do not know it.
#pragma once

#include "rt/base/result.h"
#include "rt/life/standing.h"

namespace rt::life {

/// A T that belongs to the life of `domain` in which this was made: an address that the domain
/// claimed, a handle, a length. After a restart the same number means nothing, or something else.
///     rt::Of<Domain::codec, rt::Claimed> picture(rt::call<Domain::codec>(decode).value());
template <Domain domain, class T>
class Of {
public:
    /// Of no life.
    constexpr Of() = default;
    /// Of this life. Make it where the value comes from, before any restart.
    explicit Of(const T &value) : value_(value), life_(life_of(domain)) {}

    /// The value; ESTALE once its life has ended.
    base::Result<T> get() const {
        if (life_ != life_of(domain)) {
            return base::Errno::stale;
        }
        return value_;
    }

private:
    T value_{};
    uint64_t life_ = 0;
};

} // namespace rt::life
