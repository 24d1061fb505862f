/// A trusted domain to be debugged: its gate leaves a trace of who called.
#include "tests/debug/domains.h"

uint64_t companion::greet(uint64_t guests) {
    static const char text[] = "hello";
    rt::log_service(rt::Claimed::of(text), sizeof text - 1);
    return guests + 1;
}

uint64_t companion::listen(uint64_t words) {
    return words * 2;
}
