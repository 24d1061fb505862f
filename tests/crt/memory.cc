/// memcpy, memmove, memset, memcmp, bcmp against loops that move one byte at a time.
#include "crt/memory.h"

#include "tests/harness/harness.h"

namespace {

constexpr size_t room = 600;
using Bytes = unsigned char[room];

constinit Bytes seen, wanted;

void fill(Bytes &bytes) {
    for (size_t i = 0; i < room; ++i) {
        bytes[i] = static_cast<unsigned char>(i * 37 + i / 256 + 5);
    }
}

/// The reference: bytes go through a copy, so that overlapping is none; volatile, so that no
/// compiler turns the loop into the function under test.
void reference_move(Bytes &bytes, size_t to, size_t from, size_t count) {
    static constinit Bytes copy;
    for (size_t i = 0; i < count; ++i) {
        static_cast<volatile unsigned char *>(copy)[i] = bytes[from + i];
    }
    for (size_t i = 0; i < count; ++i) {
        static_cast<volatile unsigned char *>(bytes)[to + i] = copy[i];
    }
}

bool equal() {
    size_t different = 0;
    for (size_t i = 0; i < room; ++i) {
        different += seen[i] != wanted[i];
    }
    return different == 0;
}

constexpr size_t sizes[] = {0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 255};

} // namespace

POSTERN_TEST("run.memory.memmove_over_every_overlap") {
    for (const size_t count : sizes) {
        for (size_t distance = 0; distance <= 40; ++distance) {
            fill(seen);
            fill(wanted);
            EXPECT(memmove(seen + 20 + distance, seen + 20, count) == seen + 20 + distance);
            reference_move(wanted, 20 + distance, 20, count);
            EXPECT(equal());
            EXPECT(memmove(seen + 20, seen + 20 + distance, count) == seen + 20);
            reference_move(wanted, 20, 20 + distance, count);
            EXPECT(equal());
        }
    }
}

POSTERN_TEST("run.memory.memmove_of_neighbours_and_far_apart") {
    for (const size_t count : sizes) {
        const size_t distances[] = {count, count + 1, 300};
        for (const size_t distance : distances) {
            fill(seen);
            fill(wanted);
            memmove(seen + distance, seen, count);
            reference_move(wanted, distance, 0, count);
            memmove(seen, seen + distance, count);
            reference_move(wanted, 0, distance, count);
            EXPECT(equal());
        }
    }
}

POSTERN_TEST("run.memory.memcpy_of_every_size_and_alignment") {
    for (const size_t count : sizes) {
        for (size_t from = 0; from < 9; ++from) {
            for (size_t to = 0; to < 9; ++to) {
                fill(seen);
                fill(wanted);
                EXPECT(memcpy(seen + 300 + to, seen + from, count) == seen + 300 + to);
                reference_move(wanted, 300 + to, from, count);
                EXPECT(equal());
            }
        }
    }
}

POSTERN_TEST("run.memory.memset_takes_the_low_byte") {
    const int values[] = {0, 0xff, 0x1a5, -2};
    for (const int value : values) {
        for (const size_t count : sizes) {
            for (size_t to = 0; to < 9; ++to) {
                fill(seen);
                fill(wanted);
                EXPECT(memset(seen + to, value, count) == seen + to);
                for (size_t i = 0; i < count; ++i) {
                    static_cast<volatile unsigned char *>(wanted)[to + i] =
                        static_cast<unsigned char>(value);
                }
                EXPECT(equal());
            }
        }
    }
}

POSTERN_TEST("run.memory.memcmp_orders_by_the_first_difference") {
    for (const size_t count : sizes) {
        fill(seen);
        fill(wanted);
        EXPECT_EQUAL(memcmp(seen, wanted, count), 0);
        ++wanted[count]; // after the range: without effect
        EXPECT_EQUAL(memcmp(seen, wanted, count), 0);
        for (size_t at = 0; at < count; ++at) {
            fill(wanted);
            fill(seen);
            seen[at] = 0x7f;
            wanted[at] = 0x80; // greater as an unsigned number, less as a signed one
            wanted[count - 1] = at == count - 1 ? uint8_t{0x80} : uint8_t{0}; // does not count
            EXPECT(memcmp(seen, wanted, count) < 0);
            EXPECT(memcmp(wanted, seen, count) > 0);
        }
    }
}

POSTERN_TEST("run.memory.bcmp_finds_any_difference", SHOWS(crt_defines_compiler_calls)) {
    for (const size_t count : sizes) {
        fill(seen);
        fill(wanted);
        ++wanted[count];
        EXPECT_EQUAL(bcmp(seen, wanted, count), 0);
        for (size_t at = 0; at < count; ++at) {
            fill(wanted);
            wanted[at] ^= 0x80;
            EXPECT(bcmp(seen, wanted, count) != 0);
            EXPECT(bcmp(wanted, seen, count) != 0);
        }
    }
}
