/// A domain that may log nothing.
#include "tests/rt/entry/chatter.h"

uint64_t chatter::speak() {
    rt::log_service(rt::Claimed::of(text), sizeof text - 1);
    return 1;
}
