/// Code of a domain that stops itself says why.
#pragma once

#include "rt/base/fault.h"

namespace rt::trap {

/// Makes `absent`, `overrun`, `ended` or `assertion` of a fault `illegal` if the domain executed the
/// instruction of crt/library/stop.h and names a text of the image's constants. Nothing that a
/// domain can write is read, so that the text and the place are what the image holds.
void read_stop(base::Fault &fault);

} // namespace rt::trap
