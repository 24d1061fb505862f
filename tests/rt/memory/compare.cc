/// memcmp and bcmp: the first difference decides, at every place, and nothing beside the bytes
/// counts.
#include "tests/harness/harness.h"
#include "tests/rt/memory/functions.h"

using namespace memory;

namespace {

/// Fills both sides with the same bytes, and the byte before and after each with another one than
/// the other side's.
void fill_equal(unsigned char *left, unsigned char *right, size_t bytes) {
    for (size_t i = 0; i < bytes; ++i) {
        static_cast<volatile unsigned char *>(left)[i] = pattern(i);
        static_cast<volatile unsigned char *>(right)[i] = pattern(i);
    }
}

/// Whether both orders say that `left`, which differs from `right` at `at`, is the lower one by an
/// unsigned compare, whatever comes after.
bool orders_at(const Functions &set, unsigned char *left, unsigned char *right, size_t bytes,
               size_t at) {
    const unsigned char first = left[at];
    const unsigned char last = left[bytes - 1];
    left[bytes - 1] =
        static_cast<unsigned char>(last ^ 0xff); // does not count, except where it is the first
    right[bytes - 1] = 0;
    left[at] = 0x7f;
    right[at] = 0x80; // greater as an unsigned number, less as a signed one
    const bool is_right = set.compare(left, right, bytes) < 0 &&
                          set.compare(right, left, bytes) > 0 &&
                          set.equal(left, right, bytes) != 0 && set.equal(right, left, bytes) != 0;
    left[bytes - 1] = right[bytes - 1] = last;
    left[at] = right[at] = first;
    return is_right;
}

void expect_order(const Functions &set, unsigned char *left, unsigned char *right, size_t bytes,
                  size_t at) {
    if (!EXPECT(orders_at(set, left, right, bytes, at))) {
        rt::log("  {}: {} bytes that differ at {}", set.name, bytes, at);
    }
}

void expect_equal_bytes(const Functions &set, const unsigned char *left, const unsigned char *right,
                        size_t bytes) {
    EXPECT_EQUAL(set.compare(left, right, bytes), 0);
    EXPECT_EQUAL(set.equal(left, right, bytes), 0);
}

} // namespace

POSTERN_TEST("run.memory.every_difference_beside_a_guard", SHOWS(memory_functions_are_right)) {
    for (const Functions &set : sets) {
        for (size_t bytes = 0; bytes <= 300; ++bytes) {
            unsigned char *left = first_arena().end - bytes;
            unsigned char *right = second_arena().begin;
            fill_equal(left, right, bytes);
            right[bytes] = 0x7f; // after the bytes: does not count
            expect_equal_bytes(set, left, right, bytes);
            for (size_t at = 0; at < bytes; ++at) {
                expect_order(set, left, right, bytes, at);
                expect_order(set, right, left, bytes, at);
            }
        }
    }
}

POSTERN_TEST("run.memory.differences_at_every_alignment", SHOWS(memory_functions_are_right)) {
    for (const Functions &set : sets) {
        for (const size_t bytes : sizes) {
            for (const size_t left_offset : offsets) {
                for (const size_t right_offset : offsets) {
                    unsigned char *left = first_arena().begin + 1 + left_offset;
                    unsigned char *right = second_arena().begin + 1 + right_offset;
                    fill_equal(left, right, bytes);
                    left[-1] = left[bytes] = 1; // before and after the bytes: does not count
                    right[-1] = right[bytes] = 2;
                    expect_equal_bytes(set, left, right, bytes);
                    for (size_t at = left_offset % 7; at < bytes; at += 61) {
                        expect_order(set, left, right, bytes, at);
                    }
                }
            }
        }
    }
}

constexpr size_t long_sizes[] = {4096, 5001, longest};

POSTERN_TEST("run.memory.long_comparisons", SHOWS(memory_functions_are_right)) {
    for (const Functions &set : sets) {
        for (const size_t bytes : long_sizes) {
            unsigned char *left = first_arena().end - bytes;
            unsigned char *right = second_arena().end - bytes;
            fill_equal(left, right, bytes);
            expect_equal_bytes(set, left, right, bytes);
            for (size_t at = 0; at < bytes; at += bytes / 37) {
                expect_order(set, left, right, bytes, at);
            }
            expect_order(set, left, right, bytes, bytes - 1);
        }
    }
}
