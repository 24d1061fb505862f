/// Arguments and results of each type that may cross a gate.
#include "tests/harness/harness.h"
#include "tests/rt/entry/services.h"
#include "tests/rt/gate/registers.h"

namespace {

enum class Colour : uint8_t { red = 1, blue = 0xfe };
enum class Signed : int16_t { below = -300 };
struct Point {
    int16_t x;
    int16_t y;
    int32_t z;
};
struct Three {
    char letters[3];
};
struct Weights { // in C++'s calls: in a vector register
    float left;
    float right;
};

POSTERN_BSS(alice) uint64_t stored;

template <class T>
T echo(T value) {
    return value;
}
template <class T>
int64_t widen(T value) {
    return value;
}
void store(uint64_t value) {
    stored = value;
}
uint64_t load() {
    return stored;
}
Point mirror(Point point) {
    return {point.y, point.x, -point.z};
}
Three turn(Three three) {
    return {{three.letters[2], three.letters[1], three.letters[0]}};
}
Weights turn_over(Weights weights) {
    return {weights.right * 2, weights.left};
}
double hypotenuse_squared(double a, uint32_t scale, float b) {
    return scale * (a * a + static_cast<double>(b) * static_cast<double>(b));
}
bool exceeds(int8_t left, uint16_t right, bool turned) {
    return turned ? left < right : left > right;
}
uint64_t mix(uint8_t a, int8_t b, uint16_t c, int32_t d, bool e, uint64_t f) {
    return a == 200 && b == -100 && c == 65535 && d == -2'000'000'000 && e ? f : 0;
}
/// Each service of several types, from inside; 1 when all answers are right.
uint64_t ask_services() {
    services::remember(0x0123456789abcdef);
    const int64_t sum = services::sum(-128, 65535, true, {-7, 200}, 0.5e6);
    const auto pair = services::pair();
    return sum == -128 + 65535 + 1'000'000 - 7000 + 200 + 500'000 && pair.left == -2 &&
           pair.right == 250 && services::negate(false) && !services::negate(true);
}
uint64_t ask_with(uint64_t flag) {
    return rt_gate_service(services::negate.number, flag, 0, 0, 0, 0);
}
uint64_t ask_for_judgement(uint64_t word) {
    return rt_gate_service(services::judge.number, word, 0, 0, 0, 0);
}
/// An answer of any bytes.
services::Answer answer_with(uint64_t word) {
    services::Answer answer;
    __builtin_memcpy(&answer, &word, sizeof answer);
    return answer;
}

template <class T>
void expect_echo(T value, const char *file = __builtin_FILE(), int line = __builtin_LINE()) {
    constexpr rt::Entry<Domain::alice, echo<T>> entry;
    const auto result = rt::call<Domain::alice>(entry, value);
    harness::expect(result && result.value() == value, "the value comes back as it went", file,
                    line);
}

template <class T>
void expect_widened(T value, const char *file = __builtin_FILE(), int line = __builtin_LINE()) {
    constexpr rt::Entry<Domain::alice, widen<T>> entry;
    const auto result = rt::call<Domain::alice>(entry, value);
    harness::expect_equal(static_cast<uint64_t>(result.value_or(0x5a5a)),
                          static_cast<uint64_t>(static_cast<int64_t>(value)),
                          "the domain sees the number", file, line);
}

} // namespace

POSTERN_TEST("run.call.integers_cross_whole", SHOWS(calls_carry_values_whole)) {
    expect_echo<uint8_t>(0xff);
    expect_echo<int8_t>(-128);
    expect_echo<uint16_t>(0xffff);
    expect_echo<int16_t>(-32768);
    expect_echo<uint32_t>(0xffffffff);
    expect_echo<int32_t>(-0x7fffffff - 1);
    expect_echo<uint64_t>(~uint64_t{0});
    expect_echo<int64_t>(-1);
    expect_echo<char>('x');
}

// A callee may rely on narrow arguments being extended to 32 bits; clang's do.
POSTERN_TEST("run.call.narrow_arguments_keep_their_sign") {
    expect_widened<int8_t>(-1);
    expect_widened<int8_t>(-128);
    expect_widened<int16_t>(-300);
    expect_widened<int32_t>(-70000);
    expect_widened<uint8_t>(0xff);
    expect_widened<uint16_t>(0xffff);
    expect_widened<uint32_t>(0xffffffff);
    constexpr rt::Entry<Domain::alice, mix> entry;
    const auto mixed = rt::call<Domain::alice>(entry, uint8_t{200}, int8_t{-100}, uint16_t{65535},
                                               int32_t{-2'000'000'000}, true, ~uint64_t{0});
    EXPECT_EQUAL(mixed.value_or(0), ~uint64_t{0});
}

POSTERN_TEST("run.call.bool_and_enum") {
    expect_echo(true);
    expect_echo(false);
    expect_echo(Colour::red);
    expect_echo(Colour::blue);
    expect_echo(Signed::below);
    constexpr rt::Entry<Domain::alice, exceeds> entry;
    EXPECT(rt::call<Domain::alice>(entry, int8_t{5}, uint16_t{4}, false).value_or(false));
    EXPECT(rt::call<Domain::alice>(entry, int8_t{-5}, uint16_t{4}, true).value_or(false));
    EXPECT(!rt::call<Domain::alice>(entry, int8_t{-5}, uint16_t{4}, false).value_or(true));
}

POSTERN_TEST("run.call.services_take_and_give_each_type") {
    constexpr rt::Entry<Domain::alice, ask_services> entry;
    EXPECT_EQUAL(rt::call<Domain::alice>(entry).value_or(0), 1);
    EXPECT_EQUAL(services::seen.remembered, 0x0123456789abcdef);
}

// The monitor's code may rely on a bool being 0 or 1, whatever a domain leaves in the register.
POSTERN_TEST("deny.call.bool_that_is_neither_true_nor_false", SHOWS(bools_are_true_or_false)) {
    constexpr rt::Entry<Domain::alice, test_two> two;
    EXPECT_EQUAL(rt::call<Domain::alice>(two).value_or(false), 1);
    constexpr rt::Entry<Domain::alice, ask_with> entry;
    EXPECT_EQUAL(rt::call<Domain::alice>(entry, 0ul).value_or(2), 1);
    EXPECT_EQUAL(services::seen.flag, 0);
    EXPECT_EQUAL(rt::call<Domain::alice>(entry, 2ul).value_or(2), 0);
    EXPECT_EQUAL(services::seen.flag, 1);
}

POSTERN_TEST("deny.call.bool_of_a_struct_that_is_neither_true_nor_false",
             SHOWS(bools_are_true_or_false)) {
    const auto number_of = [](const bool &flag) {
        return *reinterpret_cast<const volatile unsigned char *>(&flag);
    };
    constexpr rt::Entry<Domain::alice, answer_with> answers;
    constexpr rt::Entry<Domain::alice, ask_for_judgement> asks;
    constexpr uint64_t flags[] = {0, 1, 2, 5, 0x80, 0xff};
    for (const uint64_t flag : flags) {
        const auto answer = rt::call<Domain::alice>(answers, flag << 8 | 200);
        EXPECT(answer && answer.value().weight == 200);
        EXPECT(answer && number_of(answer.value().good) == (flag != 0 ? 1 : 0));
        const auto judged = rt::call<Domain::alice>(asks, 0xffff0000 | flag << 8 | 7);
        EXPECT_EQUAL(judged.value_or(0), flag != 0 ? 0x007 : 0x107);
        EXPECT_EQUAL(services::seen.flag, flag != 0 ? 1 : 0);
    }
}

POSTERN_TEST("run.call.small_structs", SHOWS(calls_carry_values_whole)) {
    constexpr rt::Entry<Domain::alice, mirror> mirror_entry;
    const auto point = rt::call<Domain::alice>(mirror_entry, Point{-3, 4, 5});
    EXPECT(point && point.value().x == 4 && point.value().y == -3 && point.value().z == -5);
    constexpr rt::Entry<Domain::alice, turn> turn_entry;
    const auto three = rt::call<Domain::alice>(turn_entry, Three{{'a', 'b', 'c'}});
    EXPECT(three && three.value().letters[0] == 'c' && three.value().letters[2] == 'a');
    constexpr rt::Entry<Domain::alice, turn_over> weights_entry;
    const auto weights = rt::call<Domain::alice>(weights_entry, Weights{1.5f, -2.0f});
    EXPECT(weights && weights.value().left == -4.0f && weights.value().right == 1.5f);
}

POSTERN_TEST("run.call.floating_point") {
    expect_echo(1.5);
    expect_echo(-0.25f);
    constexpr rt::Entry<Domain::alice, hypotenuse_squared> entry;
    const auto result = rt::call<Domain::alice>(entry, 3.0, 2u, 4.0f);
    EXPECT(result && result.value() == 50.0);
}

POSTERN_TEST("run.call.nothing_in_nothing_out") {
    constexpr rt::Entry<Domain::alice, store> store_entry;
    constexpr rt::Entry<Domain::alice, load> load_entry;
    EXPECT(bool(rt::call<Domain::alice>(store_entry, 0x1234ul)));
    EXPECT_EQUAL(rt::call<Domain::alice>(load_entry).value_or(0), 0x1234);
}
