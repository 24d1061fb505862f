/// memcpy, memmove and memset against what each byte must be, at every alignment and between
/// guards.
#include "tests/harness/harness.h"
#include "tests/rt/memory/functions.h"

using namespace memory;

namespace {

void expect_move(const Functions &set, void *(*move)(void *, const void *, size_t),
                 unsigned char *to, const unsigned char *from, size_t bytes) {
    if (!EXPECT(moves(move, to, from, bytes))) {
        rt::log("  {}: {} bytes from {} to {}", set.name, bytes,
                rt::Hex{reinterpret_cast<uintptr_t>(from)},
                rt::Hex{reinterpret_cast<uintptr_t>(to)});
    }
}

/// Up to this size every size is tried.
constexpr size_t every_size = 700;

/// Long moves: below and from the limit of string instructions on, and the longest.
constexpr size_t long_sizes[] = {4096, 5000, 24 * 1024 - 1, 24 * 1024, 24 * 1024 + 1, longest};

/// How far they overlap: within a register, a cache line, and by nearly all.
constexpr size_t long_distances[] = {1, 8, 63, 4096, 7000};

void move_by(const Functions &set, size_t bytes, size_t distance) {
    unsigned char *low = first_arena().begin + 100;
    expect_move(set, set.move, low + distance, low, bytes);
    expect_move(set, set.move, low, low + distance, bytes);
}

} // namespace

POSTERN_TEST("run.memory.every_size_beside_a_guard", SHOWS(memory_functions_are_right)) {
    const Arena &first = first_arena();
    const Arena &second = second_arena();
    for (const Functions &set : sets) {
        for (size_t bytes = 0; bytes <= every_size; ++bytes) {
            expect_move(set, set.copy, first.begin, second.begin, bytes);
            expect_move(set, set.copy, first.end - bytes, second.end - bytes, bytes);
            expect_move(set, set.move, second.end - bytes, first.begin, bytes);
            EXPECT(sets_all(set.set, first.begin, 0x1a5, bytes));
            EXPECT(sets_all(set.set, second.end - bytes, -2, bytes));
        }
        for (const size_t bytes : long_sizes) {
            expect_move(set, set.copy, first.begin, second.begin, bytes);
            expect_move(set, set.move, second.end - bytes, first.end - bytes, bytes);
            EXPECT(sets_all(set.set, first.begin, 0xff, bytes));
            EXPECT(sets_all(set.set, second.end - bytes, 0, bytes));
        }
    }
}

POSTERN_TEST("run.memory.every_alignment", SHOWS(memory_functions_are_right)) {
    for (const Functions &set : sets) {
        for (const size_t bytes : sizes) {
            for (const size_t to : offsets) {
                for (const size_t from : offsets) {
                    expect_move(set, set.copy, first_arena().begin + to,
                                second_arena().begin + from, bytes);
                }
                EXPECT(sets_all(set.set, first_arena().begin + to, 0x5a, bytes));
            }
        }
    }
}

POSTERN_TEST("run.memory.every_overlap", SHOWS(memory_functions_are_right)) {
    for (const Functions &set : sets) {
        for (const size_t bytes : sizes) {
            for (size_t distance = 0; distance <= 70; ++distance) {
                move_by(set, bytes, distance);
            }
            const size_t neighbours[] = {bytes - bytes / 3, bytes, bytes + 1, bytes + 64};
            for (const size_t distance : neighbours) {
                move_by(set, bytes, distance);
            }
        }
        for (const size_t bytes : long_sizes) {
            for (const size_t distance : long_distances) {
                move_by(set, bytes, distance);
            }
        }
    }
}
