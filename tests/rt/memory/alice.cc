/// alice, who defines no memory function: hers are the runtime's.
#include "rt/memory/memory.h"
#include "tests/rt/memory/entries.h"

namespace {

constexpr size_t count = 5000;
unsigned char bytes[count], others[count];

} // namespace

uint64_t alice_moves() {
    for (size_t i = 0; i < count; ++i) {
        bytes[i] = static_cast<unsigned char>(i * 7 + i / 256);
    }
    memcpy(others, bytes, count);
    const bool equal = memcmp(others, bytes, count) == 0;
    memmove(others + 3, others, count - 3);
    const bool moved = memcmp(others + 3, bytes, count - 3) == 0 && memcmp(others, bytes, 3) == 0;
    memset(others + 100, 9, 1000);
    const bool set = others[99] != 9 && others[100] == 9 && others[1099] == 9 && others[1100] != 9;
    return equal && moved && set ? 1 : 0;
}

uint64_t alice_copy_address() {
    return reinterpret_cast<uint64_t>(&memcpy);
}
uint64_t alice_compare_address() {
    return reinterpret_cast<uint64_t>(&memcmp);
}
