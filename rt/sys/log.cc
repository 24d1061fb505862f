/// Lines on standard error.
#include "rt/sys/log.h"

#include "rt/sys/file.h"

namespace rt::sys {

void log(const base::Line &line) {
    base::Line whole;
    whole.append(line.text(),
                 line.bytes() < base::Line::capacity ? line.bytes() : base::Line::capacity - 1);
    whole.append('\n');
    static_cast<void>(write_all(Descriptor::error, whole.text(), whole.bytes()));
}

} // namespace rt::sys
