/// Names of sockets that no other run of the same test has at the same time.
#pragma once

#include "rt/base/line.h"
#include "rt/sys/address.h"
#include "rt/sys/process.h"

namespace own_name {

/// The text, and the number of this process.
inline rt::base::Line of(const char *text) {
    rt::base::Line line;
    line.format("{} {}", text, rt::sys::getpid());
    return line;
}

inline rt::sys::UnixAddress abstract(const char *text) {
    const rt::base::Line name = of(text);
    return rt::sys::UnixAddress::of_abstract_name(name.text(), name.bytes()).value();
}

} // namespace own_name
