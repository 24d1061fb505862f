/// As many domains as there are keys: each gate works, and each pair is apart.
#include "tests/harness/harness.h"

namespace {

constexpr unsigned first = POSTERN_KEY_FIRST_DOMAIN, last = POSTERN_KEY_LAST_DOMAIN;

POSTERN_DATA(k2) volatile uint64_t word_2 = 102;
POSTERN_DATA(k3) volatile uint64_t word_3 = 103;
POSTERN_DATA(k4) volatile uint64_t word_4 = 104;
POSTERN_DATA(k5) volatile uint64_t word_5 = 105;
POSTERN_DATA(k6) volatile uint64_t word_6 = 106;
POSTERN_DATA(k7) volatile uint64_t word_7 = 107;
POSTERN_DATA(k8) volatile uint64_t word_8 = 108;
POSTERN_DATA(k9) volatile uint64_t word_9 = 109;
POSTERN_DATA(k10) volatile uint64_t word_10 = 110;
POSTERN_DATA(k11) volatile uint64_t word_11 = 111;
POSTERN_DATA(k12) volatile uint64_t word_12 = 112;
POSTERN_DATA(k13) volatile uint64_t word_13 = 113;
POSTERN_DATA(k14) volatile uint64_t word_14 = 114;

const volatile uint64_t *const words[] = {nullptr,  nullptr,  &word_2,  &word_3,  &word_4,
                                          &word_5,  &word_6,  &word_7,  &word_8,  &word_9,
                                          &word_10, &word_11, &word_12, &word_13, &word_14};

constexpr Domain with_key(unsigned key) {
    return rt::key::domain_of(rt::key::Pkey::from_raw(key));
}

uint64_t read(uint64_t address) {
    return *reinterpret_cast<const volatile uint64_t *>(address);
}
uint64_t ask(uint64_t number) {
    return rt_gate_service(number, 1, 0, 0, 0, 0);
}
uint64_t handle_key(Domain caller, uint64_t value) {
    return rt::key::key_of(caller).raw() * uint64_t{1000} + value;
}
constexpr rt::Service<1, uint64_t(uint64_t)> key_of_caller;

/// The domain with key `key` reads its own word and no other; it is served by its own name, and not
/// by a number after the table.
template <unsigned key>
void expect_apart() {
    constexpr auto self = with_key(key);
    constexpr rt::Entry<self, read> reads;
    constexpr rt::Entry<self, ask> asks;
    EXPECT_EQUAL(rt::call<self>(asks, 1ul).value_or(0), key * 1000 + 1);
    for (uint64_t number = 2; number < 24; ++number) {
        const auto refused = rt::call<self>(asks, number);
        EXPECT(!refused) && EXPECT_FAULT(refused.fault(), .kind = rt::FaultKind::service,
                                         .domain = self, .signal = 0, .code = 0, .address = 0);
    }
    for (unsigned other = first; other <= last; ++other) {
        const auto address = reinterpret_cast<uint64_t>(words[other]);
        const auto result = rt::call<self>(reads, address);
        if (other == key) {
            EXPECT_EQUAL(result.value_or(0), 100 + key);
        } else {
            EXPECT(!result) && EXPECT_FAULT(result.fault(), .kind = rt::FaultKind::read,
                                            .domain = self, .signal = 11, .code = 4,
                                            .address = address, .key = static_cast<int>(other));
        }
    }
}

template <unsigned... keys>
void expect_all_apart() {
    (expect_apart<keys>(), ...);
}

} // namespace

POSTERN_SERVICES(rt::provide<key_of_caller, handle_key>(rt::Callers::any()));

POSTERN_TEST("deny.call.each_of_thirteen_domains_from_each_other",
             SHOWS(thirteen_domains_are_apart)) {
    static_assert(last - first + 1 == 13);
    expect_all_apart<2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14>();
}

POSTERN_TEST("run.uaccess.each_of_thirteen_domains", SHOWS(thirteen_domains_are_apart)) {
    for (unsigned key = first; key <= last; ++key) {
        const auto domain = with_key(key);
        const auto claimed = rt::Claimed::from_raw(reinterpret_cast<uint64_t>(words[key]));
        uint64_t value = 0;
        EXPECT(bool(rt::copy_from_domain(domain, &value, rt::Claimed::from_raw(claimed.raw()),
                                         sizeof value)));
        EXPECT_EQUAL(value, 100 + key);
        EXPECT(bool(rt::copy_to_domain(domain, claimed, &value, sizeof value)));
        const auto next = with_key(key == last ? first : key + 1);
        EXPECT(!rt::copy_from_domain(next, &value, rt::Claimed::from_raw(claimed.raw()),
                                     sizeof value));
    }
}
