/// The greeter's code: runs with key 0 write-disabled.
#include "apps/hello/greeter.h"

namespace greeter {

namespace {

uint64_t calls = 40;

} // namespace

uint64_t add(uint64_t left, uint64_t right) {
    static const char text[] = "adding";
    rt::log_service(rt::Claimed::of(text), sizeof text - 1);
    ++calls;
    return left + right + calls;
}

void ruin() { *reinterpret_cast<volatile int *>(0x1234) = 1; }

} // namespace greeter
