/// Lines on standard error.
#pragma once

#include "rt/base/line.h"

namespace rt::sys {

/// Writes `line` and a newline in one write; a full or closed standard error is ignored.
void log(const base::Line &line);

/// The same, formatted: each {} stands for the next argument.
template <class... Arguments>
void log(const char *format, const Arguments &...arguments) {
    base::Line line;
    line.format(format, arguments...);
    log(line);
}

} // namespace rt::sys
