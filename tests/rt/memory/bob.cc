/// bob, who has a memcpy and a memcmp of his own, as a library of a domain may. His memcmp is
/// wrong.
#include "rt/memory/memory.h"
#include "tests/rt/memory/entries.h"

namespace {

struct Large {
    unsigned char bytes[3000];
};

uint64_t copies = 0;
Large from, to;

} // namespace

void *memcpy(void *__restrict target, const void *__restrict source, size_t bytes) {
    ++copies;
    for (size_t i = 0; i < bytes; ++i) {
        static_cast<volatile unsigned char *>(target)[i] =
            static_cast<const unsigned char *>(source)[i];
    }
    return target;
}

int memcmp(const void *, const void *, size_t) {
    return 77;
}

uint64_t bob_copies() {
    from.bytes[2999] = 5;
    to = from; // a call of memcpy, which the compiler makes
    const bool assigned = to.bytes[2999] == 5;
    from.bytes[1] = 6;
    memcpy(to.bytes, from.bytes, 2);
    return assigned && to.bytes[1] == 6 && memcmp(&to, &from, 1) == 77 ? 1 : 0;
}

uint64_t bob_copy_calls() {
    return copies;
}
uint64_t bob_copy_address() {
    return reinterpret_cast<uint64_t>(&memcpy);
}
