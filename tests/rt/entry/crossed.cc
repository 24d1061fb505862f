/// The targets of the cross tests' cross calls: the code of bob.
#include "rt/entry/service.h"
#include "tests/rt/entry/cross_calls.h"

namespace crossed {

namespace {

POSTERN_BSS(bob) uint64_t stored;

} // namespace

uint64_t five(uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e) {
    return a ^ b << 1 ^ c << 2 ^ d << 3 ^ e << 4;
}
int64_t narrow(int8_t a, uint16_t b, int32_t c, bool d, Colour e) {
    return int64_t{a} * 1'000'000 + b + c + (d ? 1 : 0) + static_cast<uint8_t>(e) * 100'000;
}
int8_t negate(int8_t value) {
    return static_cast<int8_t>(-value);
}
bool turn(bool value) {
    return !value;
}
Point mirror(Point point) {
    return {point.y, point.x, -point.z};
}
double scale(double value, float factor) {
    return value * static_cast<double>(factor);
}
void store(uint64_t value) {
    stored = value;
}
uint64_t load() {
    return stored;
}
uint64_t stack_of_alice() {
    return to_own_stack().value_or(0);
}
uint64_t ask_for_end(uint64_t way) {
    return end_in_alice(way);
}

uint64_t fail(uint64_t way) {
    switch (way) {
    case by_read:
        return *reinterpret_cast<const volatile uint64_t *>(uint64_t{8});
    case by_opcode:
        __builtin_trap();
    case by_division: {
        uint64_t quotient = 1;
        asm volatile("xorl %%ecx, %%ecx; xorl %%edx, %%edx; divq %%rcx"
                     : "+a"(quotient)
                     :
                     : "rcx", "rdx", "cc");
        return quotient;
    }
    case by_service:
        return rt_gate_service(99, 0, 0, 0, 0, 0);
    case by_cross_call:
        return rt_gate_cross(to_fail.number, 0, 0, 0, 0, 0).value;
    default:
        return way;
    }
}

} // namespace crossed
