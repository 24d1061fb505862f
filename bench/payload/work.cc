/// What does a gate add to real work?
#include "bench/payload/guest.h"
#include "bench/payload/multiply.h"
#include "bench/payload/must.h"
#include "bench/payload/rows.h"

namespace bench {

namespace {

constexpr auto question = "What does a gate add to 200 multiplications?";
constexpr auto rates_question =
    "What do calls add to real work? So many calls in 1e9 multiplications, about a second";
constexpr auto plain_name = "plain work";

/// The value goes through each call, so that the processor cannot overlap work and calls.
template <uint64_t work, auto through>
void working(uint64_t loops) {
    uint64_t value = loops;
    for (uint64_t i = 0; i < loops; ++i) {
        value = through(multiply(value, work));
    }
    asm volatile("" : : "r"(value));
}

uint64_t straight_on(uint64_t value) {
    return value;
}
uint64_t pair(uint64_t value) {
    bench_pairs(1);
    return value;
}
uint64_t untrusted(uint64_t value) {
    return must(rt::call<Domain::untrusted>(Guest<Domain::untrusted>::same, value));
}
uint64_t trusted(uint64_t value) {
    return must(rt::call<Domain::trusted>(Guest<Domain::trusted>::same, value));
}

template <auto through, uint64_t work = 200>
constexpr Row amid(const char *name, const char *asked = question) {
    return {name,
            Kind::against_plain,
            asked,
            timed<working<work, through>>,
            timed<working<work, straight_on>>,
            plain_name};
}

constexpr Row table[] = {
    amid<pair>("work_and_pair"),
    amid<trusted>("work_and_call_trusted"),
    amid<untrusted>("work_and_call_untrusted"),
};

template <uint64_t calls>
constexpr Row at_rate(const char *name) {
    return amid<untrusted, 1'000'000'000 / calls>(name, rates_question);
}

constexpr Row rates_table[] = {
    at_rate<1'000>("work_calls_1000"),        at_rate<10'000>("work_calls_10000"),
    at_rate<100'000>("work_calls_100000"),    at_rate<500'000>("work_calls_500000"),
    at_rate<1'000'000>("work_calls_1000000"), at_rate<2'000'000>("work_calls_2000000"),
    at_rate<5'000'000>("work_calls_5000000"),
};

} // namespace

constinit const Rows work_rows = rows_of(table);
constinit const Rows overhead_rows = rows_of(rates_table);

} // namespace bench
