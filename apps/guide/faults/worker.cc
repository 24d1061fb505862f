/// The worker: a domain that faults.
#include "worker.h"

namespace worker {

namespace {

uint64_t begun;
uint64_t ended;

} // namespace

void note(uint64_t number) {
    rt::Line line;
    line.format("the number is {}", number);
    rt::log_service(rt::Claimed::of(line.text()), line.bytes());
}

uint64_t divide(uint64_t number, uint64_t by) {
    ++begun;
    const uint64_t result = number / by;
    ++ended;
    return result;
}

uint64_t unfinished() {
    return begun - ended;
}

void reset() {
    begun = 0;
    ended = 0;
}

void spin() {
    for (;;) {
        asm volatile("pause");
    }
}

} // namespace worker
