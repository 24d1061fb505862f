/// The code that restarts are tested on: domain alice's, with memory of each kind.
#include "tests/rt/life/worker.h"

#include "rt/entry/service.h"

namespace worker {

namespace {

volatile uint64_t counter = first_count - 1;
// Initialised, and long enough for a second page.
volatile unsigned char table[table_bytes] = {1, 2, 3};
volatile unsigned char large[large_bytes];

} // namespace

uint64_t count() {
    table[table_bytes - 1] = table[table_bytes - 1] + 1;
    large[large_bytes - 1] = large[large_bytes - 1] + 1;
    counter = counter + 1;
    return counter;
}
uint64_t crash() {
    volatile uint64_t zero = 0;
    return count() / zero;
}
uint64_t read_pages() {
    uint64_t sum = 0;
    for (size_t at = 0; at < large_bytes; at += POSTERN_PAGE) {
        sum += large[at];
    }
    return sum;
}
uint64_t ask(uint64_t domain) {
    return restart(domain);
}
uint64_t ask_twice(uint64_t domain) {
    static_cast<void>(restart(domain));
    return restart(domain);
}
uint64_t ask_by_service(uint64_t domain) {
    return have_bob_ask(domain);
}
uint64_t ask_by_cross_call(uint64_t domain) {
    return to_bob(domain).value_or(0x100);
}

} // namespace worker
