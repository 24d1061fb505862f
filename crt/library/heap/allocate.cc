/// malloc and its like: memory of the heap of the domain that runs. [c11 7.22.3, posix malloc]
#include "crt/library/heap/heap.h"
#include "crt/library/include/errno.h"
#include "crt/library/include/malloc.h"
#include "crt/library/include/stdlib.h"
#include "crt/library/library.h"
#include "linker/symbols.h"

namespace {

using crt::library::Heap;
using linker::HeapRecord;

/// The number of the domain whose view this thread's code has: its lowest open key but 0. A virtual
/// view (rt/key/view.h) has the number above it. Any domain can read the word, and the monitor alone
/// writes it.
unsigned own_number() {
    uint64_t word;
    asm("movq %%gs:%c1, %0" : "=r"(word) : "i"(POSTERN_SLOT_VIEW));
    const auto view = static_cast<uint32_t>(word);
    if ((view & 3) == 3) {
        return static_cast<unsigned>(word >> 32);
    }
    constexpr uint32_t access_disabled = 0x55555554, frame_key = 1u << 30;
    return static_cast<unsigned>(__builtin_ctz((~view & access_disabled) | frame_key)) / 2;
}

const HeapRecord &own() {
    const HeapRecord &record = rt_domain_heaps[own_number()];
    if (record.begin == nullptr) {
        STOP(STOP_ABSENT, "there is no heap here (HEAP in postern_add_domain)");
    }
    return record;
}

Heap &heap_of(const HeapRecord &record) {
    return *reinterpret_cast<Heap *>(record.begin);
}

/// Of memory that is not this heap's: reads it, which is a fault where the domain may not, and
/// names whose it is.
[[noreturn, gnu::cold, gnu::noinline]] void refuse(void *memory) {
    asm volatile("" : : "r"(*static_cast<volatile char *>(memory)));
    STOP(STOP_OVERRUN, "heap: memory is freed or used that malloc did not give");
}

/// The record, if the memory can be a block of its heap.
const HeapRecord &own_of(void *memory) {
    const HeapRecord &record = own();
    const auto first = reinterpret_cast<uintptr_t>(record.begin) + sizeof(Heap);
    const auto address = reinterpret_cast<uintptr_t>(memory);
    if (address - first >= reinterpret_cast<uintptr_t>(record.end) - first || address % 16 != 0) {
        refuse(memory);
    }
    return record;
}

[[gnu::cold, gnu::noinline]] void *exhausted(const HeapRecord &record) {
    if (record.is_fatal) {
        STOP(STOP_ENDED, "the heap is exhausted (HEAP in postern_add_domain)");
    }
    errno = ENOMEM;
    return nullptr;
}

void *or_exhausted(void *memory, const HeapRecord &record) {
    return memory != nullptr ? memory : exhausted(record);
}

[[gnu::noinline]] void *allocate_slowly(size_t bytes, const HeapRecord &record) {
    return or_exhausted(heap_of(record).allocate_from_bins(bytes, record.end), record);
}

bool is_power_of_two(size_t number) {
    return number != 0 && (number & (number - 1)) == 0;
}

} // namespace

extern "C" {

LIBRARY void *malloc(size_t bytes) {
    const HeapRecord &record = own();
    void *memory = heap_of(record).allocate_quick(bytes);
    return memory != nullptr ? memory : allocate_slowly(bytes, record);
}

LIBRARY void free(void *memory) {
    if (memory != nullptr) {
        heap_of(own_of(memory)).release(memory);
    }
}

LIBRARY void *calloc(size_t count, size_t bytes) {
    const HeapRecord &record = own();
    size_t all;
    if (__builtin_mul_overflow(count, bytes, &all)) {
        return exhausted(record);
    }
    return or_exhausted(heap_of(record).allocate_zeroed(all, record.end), record);
}

LIBRARY void *realloc(void *memory, size_t bytes) {
    if (memory == nullptr) {
        return malloc(bytes);
    }
    const HeapRecord &record = own_of(memory);
    Heap &heap = heap_of(record);
    if (heap.resize(memory, bytes, record.end)) {
        return memory;
    }
    void *larger = heap.allocate(bytes, record.end);
    if (larger != nullptr) {
        __builtin_memcpy(larger, memory, heap.room(memory));
        heap.release(memory);
        return larger;
    }
    // The heap is exhausted, so that what is free after the block has been joined by now.
    return heap.resize(memory, bytes, record.end) ? memory : exhausted(record);
}

LIBRARY void *reallocarray(void *memory, size_t count, size_t bytes) {
    size_t all;
    return __builtin_mul_overflow(count, bytes, &all) ? exhausted(own()) : realloc(memory, all);
}

LIBRARY void *aligned_alloc(size_t alignment, size_t bytes) {
    if (!is_power_of_two(alignment)) {
        errno = EINVAL;
        return nullptr;
    }
    const HeapRecord &record = own();
    return or_exhausted(heap_of(record).allocate_aligned(alignment, bytes, record.end), record);
}

LIBRARY void *memalign(size_t alignment, size_t bytes) {
    return aligned_alloc(alignment, bytes);
}

LIBRARY int posix_memalign(void **memory, size_t alignment, size_t bytes) {
    if (!is_power_of_two(alignment) || alignment % sizeof(void *) != 0) {
        return EINVAL;
    }
    void *aligned = aligned_alloc(alignment, bytes);
    if (aligned == nullptr) {
        return ENOMEM;
    }
    *memory = aligned;
    return 0;
}

LIBRARY size_t malloc_usable_size(void *memory) {
    return memory == nullptr ? 0 : heap_of(own_of(memory)).room(memory);
}

} // extern "C"
