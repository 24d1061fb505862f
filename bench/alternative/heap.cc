/// What do malloc and free of a domain cost, beside those of this machine's glibc?
#include <malloc.h>
#include <sys/mman.h>

#include <array>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "bench/alternative/heap_work.h"
#include "crt/library/heap/heap.h"
#include "linker/symbols.h"

namespace alternative {

namespace {

using crt::library::Heap;

constexpr size_t heap_bytes = size_t{256} << 20;

/// A view as alice has it (rt/key/view.h), and the table of an image: the search for the heap is a
/// part of each call, as in a domain. Only the word is in other memory.
volatile uint32_t view = 0x15555446;
std::array<linker::HeapRecord, 16> heaps{};

const linker::HeapRecord &own() {
    const uint32_t open = ~view & 0x55555554;
    return heaps[static_cast<unsigned>(__builtin_ctz(open)) / 2];
}

[[gnu::noinline]] void *ours_take(size_t bytes) {
    const auto &heap = own();
    return reinterpret_cast<Heap *>(heap.begin)->allocate(bytes, heap.end);
}

[[gnu::noinline]] void ours_give(void *memory) {
    reinterpret_cast<Heap *>(own().begin)->release(memory);
}

[[gnu::noinline]] void *ours_take_zeroed(size_t count, size_t bytes) {
    const auto &heap = own();
    return reinterpret_cast<Heap *>(heap.begin)->allocate_zeroed(count * bytes, heap.end);
}

[[gnu::noinline]] void *ours_resize(void *memory, size_t bytes) {
    auto &heap = *reinterpret_cast<Heap *>(own().begin);
    if (heap.resize(memory, bytes, own().end)) {
        return memory;
    }
    void *larger = ours_take(bytes);
    std::memcpy(larger, memory, heap.room(memory));
    heap.release(memory);
    return larger;
}

HeapFunctions ours{ours_take, ours_give, ours_take_zeroed, ours_resize};
HeapFunctions glibcs{std::malloc, std::free, std::calloc, std::realloc};

/// Makes our heap. glibc's keeps its memory, too: otherwise it would give large blocks back to the
/// kernel, and that would be the larger part of its cost.
void make_heap() {
    must(mallopt(M_TRIM_THRESHOLD, INT_MAX) == 1 && mallopt(M_MMAP_MAX, 0) == 1, "mallopt");
    auto &heap = heaps[static_cast<unsigned>(__builtin_ctz(~view & 0x55555554)) / 2];
    if (heap.begin == nullptr) {
        void *memory = mmap(nullptr, heap_bytes, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        must(memory != MAP_FAILED, "mmap");
        heap.begin = static_cast<char *>(memory);
        heap.end = heap.begin + heap_bytes;
    }
}

Measure prepare_churn(const HeapFunctions &functions, const ChurnSizes &sizes) {
    make_heap();
    const auto churn = std::make_shared<Churn>(functions, sizes);
    return [churn](uint64_t loops) { return churn->run(loops); };
}

Measure prepare_trace(const HeapFunctions &functions) {
    make_heap();
    return [&functions](uint64_t loops) {
        const uint64_t begin = ticks();
        for (uint64_t loop = 0; loop < loops; ++loop) {
            repeat_trace(functions);
        }
        return ticks() - begin;
    };
}

Row churn_row(const std::string &name, const ChurnSizes &sizes) {
    return {"heap_" + name, "What does a pair of malloc and free cost, beside glibc's?", "glibc's",
            [=] { return prepare_churn(ours, sizes); },
            [=] { return prepare_churn(glibcs, sizes); }};
}

} // namespace

Rows heap_rows() {
    return {churn_row("random_sizes", random_sizes),
            churn_row("small_churn", small_churn),
            churn_row("few_live", few_live),
            {"heap_recorded_trace",
             "What does what zlib, libpng and expat ask of malloc cost, beside glibc's?", "glibc's",
             [] { return prepare_trace(ours); }, [] { return prepare_trace(glibcs); }}};
}

} // namespace alternative
