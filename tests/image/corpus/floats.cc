/// Floating point: what C++ can say of it in an expression.
#include <stdint.h>

using Wide = __int128;
using UnsignedWide = unsigned __int128;

template <class Number>
struct Conversions {
    Number of_wide(Wide a) { return static_cast<Number>(a); }
    Number of_unsigned_wide(UnsignedWide a) { return static_cast<Number>(a); }
    Wide to_wide(Number a) { return static_cast<Wide>(a); }
    UnsignedWide to_unsigned_wide(Number a) { return static_cast<UnsignedWide>(a); }
    Number of_unsigned(uint64_t a) { return static_cast<Number>(a); }
    uint64_t to_unsigned(Number a) { return static_cast<uint64_t>(a); }
    Number of_signed(int64_t a) { return static_cast<Number>(a); }
    int64_t to_signed(Number a) { return static_cast<int64_t>(a); }
    uint8_t to_byte(Number a) { return static_cast<uint8_t>(a); }
    float to_float(Number a) { return static_cast<float>(a); }
    double to_double(Number a) { return static_cast<double>(a); }
    long double to_long_double(Number a) { return static_cast<long double>(a); }
    Number four(Number a, Number b) { return (a + b) * (a - b) / b; }
    Number negative(Number a) { return -a; }
    bool less(Number a, Number b) { return a < b; }
    bool equal(Number a, Number b) { return a == b; }
    bool is_truth(Number a) { return bool(a); }
    Number greatest(Number a, Number b) { return a > b ? a : b; }
    Number absolute(Number a) { return a < 0 ? -a : a; }
    Number multiply_add(Number a, Number b, Number c) { return a * b + c; }
    Number sum(const Number *numbers, unsigned count) {
        Number all = 0;
        for (unsigned i = 0; i < count; ++i) {
            all += numbers[i] * numbers[i];
        }
        return all;
    }
    void scale(Number *numbers, unsigned count) {
        for (unsigned i = 0; i < count; ++i) {
            numbers[i] = numbers[i] * 3 + static_cast<Number>(i);
        }
    }
};
template struct Conversions<float>;
template struct Conversions<double>;
template struct Conversions<long double>;
