/// How the program ends when no caller can act.
#pragma once

#include "rt/base/line.h"
#include "rt/base/result.h"

namespace rt::base {

/// Prints "postern: LINE" on standard error and exits with status 70 (EX_SOFTWARE of sysexits).
/// Defined in rt/sys, which can write.
[[noreturn]] void panic(const Line &line);

/// Ends the program when an invariant of the runtime is broken.
template <class... Arguments>
[[noreturn]] void panic(const char *format, const Arguments &...arguments) {
    Line line;
    line.format(format, arguments...);
    panic(line);
}

/// The value of a step that must succeed at start; `what` says which step it was.
template <class T>
T must(const Result<T> &result, const char *what) {
    if (!result) {
        panic("start-up failed: {}: {}", what, result.error());
    }
    return result.value();
}

} // namespace rt::base
