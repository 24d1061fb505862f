/// The greeter: a domain, so all of its data is in its own memory.
#include "greeter.h"

namespace {

uint64_t greeted = 0;

} // namespace

uint64_t greeter::greet(uint64_t guests) {
    static const char text[] = "hello";
    rt::log_service(rt::Claimed::of(text), sizeof text - 1);
    return greeted += guests;
}

uint64_t greeter::pry(uint64_t address) {
    return *reinterpret_cast<volatile uint64_t *>(address);
}
