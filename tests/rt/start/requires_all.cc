/// A program that starts with every guarantee in full or not at all.
#include "rt/rt.h"

namespace {

uint64_t answer() {
    return 42;
}

} // namespace

rt::Exit main(rt::Arguments) {
    const auto result = rt::call<Domain::alice>(rt::Entry<Domain::alice, answer>{});
    rt::log("started: {}", result.value_or(0));
    return result.value_or(0) == 42 ? rt::Exit::success : rt::Exit::failure;
}
