/// The last words of a program.
#include "rt/base/panic.h"

#include "rt/sys/log.h"
#include "rt/sys/process.h"

namespace rt::base {

void panic(const Line &line) {
    Line whole;
    whole.append("postern: ").append(line.text(), line.bytes());
    sys::log(whole);
    sys::exit(70);
}

} // namespace rt::base
