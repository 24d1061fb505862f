/// Trusted gates, loans, and control words that are not the start's.
#include "rt/rt.h"

#include "rt/base/control_words.h"
#include "tests/rt/signal/work.h"

namespace work {

namespace {

POSTERN_DATA(ledger) uint64_t ledger_word = 7;

/// MXCSR and the x87 control word.
struct Words {
    uint32_t mxcsr;
    uint16_t x87;
};
constexpr Words start{RT_START_MXCSR, RT_START_X87};
constexpr Words of_monitor{0x3f80, 0x077f}; // rounding down
constexpr Words of_alice{0x7f80, 0x0f7f};   // rounding towards zero

void load(Words words) {
    asm volatile("ldmxcsr %0\n\tfldcw %1" ::"m"(words.mxcsr), "m"(words.x87));
}

bool has(Words wanted) {
    Words words;
    asm volatile("stmxcsr %0\n\tfnstcw %1" : "=m"(words.mxcsr), "=m"(words.x87));
    return words.mxcsr == wanted.mxcsr && words.x87 == wanted.x87;
}

/// Leaves a status word that is not the start's: a division by zero, masked.
void spoil_x87() {
    asm volatile("fld1\n\tfldz\n\tfdivrp" ::: "st", "st(1)");
}

uint64_t read_ledger() {
    return ledger_word;
}
constexpr rt::Entry<Domain::alice, read_ledger> alice_reads;
constexpr rt::Entry<Domain::carol, read_ledger> carol_reads;

uint64_t cross() {
    return to_carol(1000ul).value_or(0);
}
constexpr rt::Entry<Domain::alice, cross> alice_crosses_plainly;

/// Asks and crosses with words and data of her own, and returns with them. How often they were hers
/// again, and the answers.
uint64_t cross_with_words() {
    load(of_alice);
    spoil_x87();
    uint64_t sum = serve_double(100);
    sum += has(of_alice) ? 1 : 0;
    spoil_x87();
    sum += to_carol(1000ul).value_or(0);
    sum += has(of_alice) ? 1 : 0;
    spoil_x87();
    sum += to_bob(10000ul).value_or(0);
    sum += has(of_alice) ? 1 : 0;
    spoil_x87();
    return sum;
}
constexpr rt::Entry<Domain::alice, cross_with_words> alice_crosses;

bool lends() {
    return rt::call_lending<Domain::alice, rt::Reading<Domain::ledger>>(alice_reads).value_or(0) ==
               7 &&
           rt::call_lending<Domain::carol, rt::Reading<Domain::ledger>>(carol_reads).value_or(0) ==
               7;
}

} // namespace

bool levels() {
    bool good = rt::call<Domain::carol>(carol_works, 3ul).value_or(0) == 3 + 6 + 6 && lends() &&
                rt::call<Domain::alice>(alice_crosses_plainly).value_or(0) == 5000;
    load(of_monitor);
    good = rt::call<Domain::alice>(alice_crosses).value_or(0) == 200 + 1 + 5000 + 1 + 20000 + 1 &&
           has(of_monitor) && good;
    good = rt::call<Domain::bob>(bob_works, 4ul).value_or(0) == 8 && lends() && has(of_monitor) &&
           good;
    load(start);
    return good && slot_is_at_rest();
}

} // namespace work
