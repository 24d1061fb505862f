/// The worker: a domain that needs a value from the app, in each life.
#include "parts.h"

namespace worker {

uint64_t limit = 0;
uint64_t sum = 0;

uint64_t add(uint64_t number) {
    sum += number;
    if (sum > limit) {
        *reinterpret_cast<volatile uint64_t *>(8) = sum;
    }
    return reinterpret_cast<uint64_t>(&sum);
}

void say_goodbye() {
    rt::Line line;
    line.format("came to {}", sum);
    rt::log_service(rt::Claimed::of(line.text()), line.bytes());
}

} // namespace worker
