/// Real work whose length is known: a chain of multiplications.
#include "bench/payload/multiply.h"

namespace bench {

uint64_t multiply(uint64_t value, uint64_t count) {
    for (; count != 0; --count) {
        value *= 0x9e3779b97f4a7c15;
        asm volatile("" : "+r"(value)); // prevents the compiler from computing the result
    }
    return value;
}

} // namespace bench
