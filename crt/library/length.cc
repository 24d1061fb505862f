/// Where strings end, and where a byte is: eight bytes at a time.
#include "crt/library/include/string.h"
#include "crt/library/library.h"

namespace {

using Word [[gnu::may_alias]] = uint64_t;

constexpr Word each_byte = 0x0101010101010101;
constexpr Word top_bits = each_byte << 7;

/// A word whose lowest bit that is set is in the first byte that is zero; 0 if none is.
Word zeros_of(Word word) {
    return (word - each_byte) & ~word & top_bits;
}

/// The first byte of that value. A word that is aligned is in one page, so that no byte after the
/// end of the last page is read.
const unsigned char *find(const unsigned char *at, unsigned char value, const unsigned char *end) {
    while (reinterpret_cast<uintptr_t>(at) % sizeof(Word) != 0) {
        if (at == end || *at == value) {
            return at;
        }
        ++at;
    }
    for (; at < end; at += sizeof(Word)) {
        const Word zeros = zeros_of(*reinterpret_cast<const Word *>(at) ^ each_byte * value);
        if (zeros != 0) {
            at += __builtin_ctzll(zeros) / 8;
            break;
        }
    }
    return at < end ? at : end;
}

const unsigned char *end_of(const void *bytes, size_t count) {
    const auto begin = reinterpret_cast<uintptr_t>(bytes);
    const uintptr_t most = UINTPTR_MAX - begin; // callers pass SIZE_MAX for "no limit"
    return reinterpret_cast<const unsigned char *>(begin + (count < most ? count : most));
}

} // namespace

extern "C" {

LIBRARY size_t strnlen(const char *text, size_t most) {
    const auto *begin = reinterpret_cast<const unsigned char *>(text);
    return static_cast<size_t>(find(begin, 0, end_of(text, most)) - begin);
}

LIBRARY size_t strlen(const char *text) {
    return strnlen(text, SIZE_MAX);
}

LIBRARY void *memchr(const void *bytes, int value, size_t count) {
    const auto *end = end_of(bytes, count);
    const auto *found = find(static_cast<const unsigned char *>(bytes),
                             static_cast<unsigned char>(value), end);
    return found == end ? nullptr : const_cast<unsigned char *>(found);
}

LIBRARY void *memrchr(const void *bytes, int value, size_t count) {
    const auto *begin = static_cast<const unsigned char *>(bytes);
    while (count-- != 0) {
        if (begin[count] == static_cast<unsigned char>(value)) {
            return const_cast<unsigned char *>(begin + count);
        }
    }
    return nullptr;
}

LIBRARY void *rawmemchr(const void *bytes, int value) {
    return memchr(bytes, value, SIZE_MAX);
}

} // extern "C"
