/// alice: functions of the names that others have inline, one of them weak as an inline function
/// is.
#include "tests/attack/names/names.h"

namespace names {

[[gnu::noinline, gnu::weak]] uint64_t mix(uint64_t value);
uint64_t both(uint64_t value);
uint64_t apps(uint64_t value);

uint64_t mix(uint64_t) {
    return bad;
}
uint64_t both(uint64_t) {
    return bad;
}
uint64_t apps(uint64_t) {
    return bad;
}

} // namespace names

/// The app has this name weakly, and goes by whether it is there.
extern "C" uint64_t test_optional;
uint64_t test_optional = names::bad;

uint64_t alice::hold_on(uint64_t value) {
    asm volatile(""
                 :
                 : "r"(&names::mix), "r"(&names::both), "r"(&names::apps), "r"(&test_optional));
    return value;
}
