/// The last words of a program.
#include "rt/base/panic.h"

#include "rt/sys/file.h"
#include "rt/sys/process.h"

namespace rt::base {

void panic(const Line &line) {
    Line whole;
    whole.append("postern: ").append(line.text(), line.bytes()).append('\n');
    static_cast<void>(sys::write_all(sys::Descriptor::error, whole.text(), whole.bytes()));
    sys::exit(70);
}

} // namespace rt::base
