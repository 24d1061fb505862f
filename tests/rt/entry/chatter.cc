/// A domain that logs much.
#include "tests/rt/entry/chatter.h"

uint64_t chatter::chat(uint64_t lines) {
    for (uint64_t line = 0; line != lines; ++line) {
        rt::log_service(rt::Claimed::of(text), sizeof text - 1);
    }
    return lines;
}
