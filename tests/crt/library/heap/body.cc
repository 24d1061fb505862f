/// What a domain does with its heap. HEAP_DOES is its function's name (body.h).
#include <errno.h>
#include <malloc.h>
#include <new>
#include <stdlib.h>
#include <string.h>

#include "tests/crt/library/heap/body.h"

namespace heap {

namespace {

char variable[64];

void *at(uint64_t address) {
    return reinterpret_cast<void *>(address);
}

uint64_t address_of(const void *memory) {
    return reinterpret_cast<uint64_t>(memory);
}

bool is_all(const unsigned char *memory, unsigned char byte, size_t bytes) {
    for (size_t i = 0; i < bytes; ++i) {
        if (memory[i] != byte) {
            return false;
        }
    }
    return true;
}

uint64_t take_everything(size_t bytes) {
    void **last = nullptr; // each block leads to the one before
    uint64_t count = 0;
    while (auto **block = static_cast<void **>(malloc(bytes))) {
        memset(block, 0xee, bytes);
        *block = last;
        last = block;
        ++count;
    }
    while (last != nullptr) {
        void *before = *last;
        free(last);
        last = static_cast<void **>(before);
    }
    return count;
}

struct alignas(64) Wide {
    char bytes[100];
};

/// All forms of new and delete.
bool use_operators() {
    auto *one = new int(7);
    auto *many = new uint64_t[100];
    auto *wide = new Wide;
    auto *wides = new Wide[3];
    auto *nothing = new (std::nothrow) char[size_t{1} << 40];
    auto *quiet = new (std::nothrow) Wide;
    alignas(16) char place[16];
    auto *placed = new (place) int(8);
    const bool good = *one == 7 && address_of(wide) % 64 == 0 && address_of(wides) % 64 == 0 &&
                      nothing == nullptr && quiet != nullptr && *placed == 8;
    memset(many, 0x11, 100 * sizeof *many);
    delete one;
    delete[] many;
    delete wide;
    delete[] wides;
    delete quiet;
    operator delete (operator new (5, std::align_val_t{256}), 5, std::align_val_t{256});
    operator delete(operator new(5, std::nothrow), std::nothrow);
    return good;
}

bool resize_keeps_bytes() {
    auto *block = static_cast<unsigned char *>(malloc(100));
    void *barrier = malloc(16);
    memset(block, 0x33, 100);
    block = static_cast<unsigned char *>(realloc(block, 5000)); // moves
    bool good = is_all(block, 0x33, 100);
    memset(block, 0x44, 5000);
    block = static_cast<unsigned char *>(realloc(block, 20000)); // grows where it is
    good = good && is_all(block, 0x44, 5000);
    auto *smaller = static_cast<unsigned char *>(realloc(block, 50));
    good = good && smaller == block && is_all(block, 0x44, 50) && malloc_usable_size(block) < 5000;
    free(block);
    free(barrier);
    return good;
}

uint64_t use_whole_interface() {
    void *first = malloc(1);
    void *second = malloc(0);
    if (first == nullptr || second == nullptr || first == second || address_of(first) % 16 != 0 ||
        malloc_usable_size(first) < 1 || malloc_usable_size(nullptr) != 0) {
        return 1;
    }
    memset(first, 0xff, malloc_usable_size(first));
    free(first);
    free(second);
    free(nullptr);
    auto *zeros = static_cast<unsigned char *>(calloc(10, 100));
    if (zeros == nullptr || !is_all(zeros, 0, 1000) || calloc(~size_t{0} / 2, 3) != nullptr ||
        reallocarray(zeros, ~size_t{0} / 2, 3) != nullptr) {
        return 2;
    }
    free(zeros);
    void *aligned = aligned_alloc(4096, 100);
    void *also = nullptr;
    if (address_of(aligned) % 4096 != 0 || posix_memalign(&also, 512, 10) != 0 ||
        address_of(also) % 512 != 0 || posix_memalign(&also, 24, 10) != EINVAL ||
        posix_memalign(&also, 512, size_t{1} << 33) != ENOMEM || aligned_alloc(48, 1) != nullptr) {
        return 3;
    }
    free(aligned);
    free(also);
    free(memalign(64, 64));
    if (!resize_keeps_bytes()) {
        return 4;
    }
    char *copy = strdup("a text");
    char *part = strndup("a text", 3);
    if (strcmp(copy, "a text") != 0 || strcmp(part, "a t") != 0) {
        return 5;
    }
    free(copy);
    free(part);
    return use_operators() ? 0 : 6;
}

/// Blocks of random sizes, each full of its own byte; what a block holds is checked before it goes.
uint64_t call_at_random(uint64_t seed, uint64_t rounds) {
    constexpr unsigned places = 64;
    static unsigned char *blocks[places];
    static size_t sizes[places];
    const auto next = [&] {
        seed = seed * 6364136223846793005 + 1442695040888963407;
        return seed >> 33;
    };
    for (uint64_t round = 0; round < rounds; ++round) {
        const auto place = static_cast<unsigned>(next() % places);
        const auto byte = static_cast<unsigned char>(place + 1);
        const size_t size = next() % (next() % 8 == 0 ? 9000 : 300);
        auto *&block = blocks[place];
        if (block == nullptr) {
            const auto way = next() % 3;
            block = static_cast<unsigned char *>(way == 0   ? calloc(1, size)
                                                 : way == 1 ? malloc(size)
                                                            : aligned_alloc(64, size));
            if (block != nullptr && way == 0 && !is_all(block, 0, size)) {
                return 1;
            }
        } else if (!is_all(block, byte, sizes[place])) {
            return 2;
        } else if (next() % 3 == 0) {
            auto *moved = static_cast<unsigned char *>(realloc(block, size));
            block = moved != nullptr ? moved : block;
            const size_t kept = size < sizes[place] ? size : sizes[place];
            if (moved == nullptr || !is_all(block, byte, kept)) {
                return 3;
            }
        } else {
            free(block);
            block = nullptr;
        }
        sizes[place] = size;
        if (block != nullptr) {
            memset(block, byte, size);
        }
    }
    for (auto *&block : blocks) {
        free(block);
        block = nullptr;
    }
    return 0;
}

uint64_t take_without_gs(uint64_t bytes) {
    asm volatile("movl %0, %%gs" : : "r"(0));
    return address_of(malloc(bytes));
}

} // namespace

uint64_t HEAP_DOES(Task task, uint64_t a, uint64_t b) {
    switch (task) {
    case Task::take:
        return address_of(malloc(a));
    case Task::give:
        free(at(a));
        return 1;
    case Task::resize:
        return address_of(realloc(at(a), b));
    case Task::take_zeroed:
        return address_of(calloc(a, b));
    case Task::take_aligned:
        return address_of(aligned_alloc(a, b));
    case Task::room:
        return malloc_usable_size(at(a));
    case Task::error_number:
        return static_cast<uint64_t>(errno);
    case Task::new_object:
        return address_of(operator new(a));
    case Task::load:
        return *static_cast<volatile uint64_t *>(at(a));
    case Task::store:
        *static_cast<volatile uint64_t *>(at(a)) = b;
        return 1;
    case Task::fill:
        memset(at(a), static_cast<int>(b), 4096);
        return 1;
    case Task::take_everything:
        return take_everything(a);
    case Task::use_whole_interface:
        return use_whole_interface();
    case Task::call_at_random:
        return call_at_random(a, b);
    case Task::give_static:
        free(variable + 16);
        return 1;
    case Task::give_local: {
        alignas(16) char local[32];
        asm volatile("" : : "r"(local) : "memory");
        free(local + 16);
        return 1;
    }
    case Task::take_without_gs:
        return take_without_gs(a);
    }
    return 0;
}

} // namespace heap
