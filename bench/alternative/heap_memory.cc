/// bench_heap_memory: how much memory a heap takes for a byte that lives, beside glibc's. Memory is
/// no time: each figure is exact, and has a bound.
#include <malloc.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>

#include "bench/alternative/heap_work.h"
#include "crt/library/heap/heap.h"

namespace alternative {

namespace {

using crt::library::Heap;

/// `most`: bytes of memory for each byte, where the most bytes live.
struct Bound {
    const char *work;
    double most;
};
constexpr Bound recorded_trace_bound{"recorded_trace", 1.30};
constexpr Bound random_sizes_bound{"random_sizes", 1.30};
constexpr Bound small_churn_bound{"small_churn", 1.45};
constexpr Bound changing_sizes_bound{"changing_sizes", 1.30};

constexpr size_t page = 4096;
constexpr size_t heap_bytes = size_t{64} << 20;
constexpr uint64_t churns = uint64_t{1} << 20; // many for each block

using Work = std::function<void(const HeapFunctions &)>;

Work churn_of(const ChurnSizes &sizes) {
    return [&sizes](const HeapFunctions &functions) { Churn(functions, sizes).run(churns); };
}

/// glibc's, with the bytes that are asked for noted before each block.
class Counted {
public:
    static void *take(size_t bytes) {
        count(bytes);
        return noted(std::malloc(bytes + before), bytes);
    }
    static void *take_zeroed(size_t count_of, size_t bytes) {
        count(count_of * bytes);
        return noted(std::calloc(1, count_of * bytes + before), count_of * bytes);
    }
    static void give(void *memory) {
        live -= note_of(memory);
        std::free(static_cast<char *>(memory) - before);
    }
    static void *resize(void *memory, size_t bytes) {
        live -= note_of(memory);
        count(bytes);
        return noted(std::realloc(static_cast<char *>(memory) - before, bytes + before), bytes);
    }
    static inline size_t live = 0, most = 0;

private:
    static constexpr size_t before = 16;

    static void count(size_t bytes) {
        live += bytes;
        most = std::max(most, live);
    }
    static void *noted(void *memory, size_t bytes) {
        must(memory != nullptr, "an allocation");
        *static_cast<size_t *>(memory) = bytes;
        return static_cast<char *>(memory) + before;
    }
    static size_t note_of(void *memory) {
        return *reinterpret_cast<size_t *>(static_cast<char *>(memory) - before);
    }
};

/// A domain's heap, from its first page on.
class Own {
public:
    static void make() {
        void *memory = mmap(nullptr, heap_bytes, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        must(memory != MAP_FAILED, "mmap");
        heap = static_cast<Heap *>(memory);
    }
    static void *take(size_t bytes) { return counted(heap->allocate(bytes, end())); }
    static void *take_zeroed(size_t count, size_t bytes) {
        return counted(heap->allocate_zeroed(count * bytes, end()));
    }
    static void give(void *memory) {
        blocks -= size_of(memory);
        heap->release(memory);
    }
    static void *resize(void *memory, size_t bytes) {
        blocks -= size_of(memory);
        if (heap->resize(memory, bytes, end())) {
            return counted(memory);
        }
        blocks += size_of(memory);
        void *larger = take(bytes);
        std::memcpy(larger, memory, heap->room(memory));
        give(memory);
        return larger;
    }
    /// The most bytes of live blocks, with their heads and up to the next multiple: the floor.
    static inline size_t most_blocks = 0;
    /// All memory that was ever handed out, as if every byte of it had been written.
    static size_t bytes() {
        const auto used = static_cast<size_t>(heap->high_water() - reinterpret_cast<char *>(heap));
        return (used + page - 1) / page * page;
    }

private:
    static char *end() { return reinterpret_cast<char *>(heap) + heap_bytes; }
    static size_t size_of(void *memory) { return crt::library::Block::of(memory)->size(); }
    static void *counted(void *memory) {
        must(memory != nullptr, "an allocation");
        blocks += size_of(memory);
        most_blocks = std::max(most_blocks, blocks);
        return memory;
    }
    static inline Heap *heap = nullptr;
    static inline size_t blocks = 0;
};

constexpr auto functions_of = []<class Of>(Of *) {
    return HeapFunctions{Of::take, Of::give, Of::take_zeroed, Of::resize};
};

size_t most_live(const Work &work) {
    work(functions_of(static_cast<Counted *>(nullptr)));
    return Counted::most;
}

size_t own_bytes(const Work &work) {
    Own::make();
    work(functions_of(static_cast<Own *>(nullptr)));
    return Own::bytes();
}

size_t block_bytes(const Work &work) {
    own_bytes(work);
    return Own::most_blocks;
}

/// The growth of glibc's heap, from the end of what it holds already.
size_t glibcs_bytes(const Work &work) {
    must(mallopt(M_TRIM_THRESHOLD, INT_MAX) == 1 && mallopt(M_MMAP_MAX, 0) == 1 &&
             mallopt(M_TOP_PAD, 0) == 1,
         "mallopt");
    const auto before = mallinfo2();
    work({std::malloc, std::free, std::calloc, std::realloc});
    return mallinfo2().arena - before.arena + before.keepcost;
}

/// The bytes that `measure` finds, in a process of its own: glibc's heap is there as it was at
/// start.
double measured(size_t (*measure)(const Work &), const Work &work) {
    int ends[2];
    must(pipe(ends) == 0, "pipe");
    const pid_t child = fork();
    must(child >= 0, "fork");
    if (child == 0) {
        const size_t bytes = measure(work);
        _exit(write(ends[1], &bytes, sizeof bytes) == sizeof bytes ? EXIT_SUCCESS : EXIT_FAILURE);
    }
    size_t bytes = 0;
    must(close(ends[1]) == 0 && read(ends[0], &bytes, sizeof bytes) == sizeof bytes &&
             close(ends[0]) == 0 && waitpid(child, nullptr, 0) == child,
         "the process that measures");
    return static_cast<double>(bytes);
}

bool is_within(const Bound &bound, const Work &work) {
    const double live = measured(most_live, work);
    const double own = measured(own_bytes, work) / live;
    std::printf("%s: %.0f KiB live at most; x %.3f, its blocks alone x %.3f, glibc's x %.3f\n",
                bound.work, live / 1024, own, measured(block_bytes, work) / live,
                measured(glibcs_bytes, work) / live);
    if (own <= bound.most) {
        std::printf("passed bench.heap_memory.%s\n", bound.work);
        return true;
    }
    std::printf("failed bench.heap_memory.%s: more than x %.2f\n", bound.work, bound.most);
    return false;
}

bool are_within() {
    // bench.heap_memory.recorded_trace shows heap_takes_little_memory
    const bool trace = is_within(recorded_trace_bound, repeat_trace);
    // bench.heap_memory.random_sizes shows heap_takes_little_memory
    const bool random = is_within(random_sizes_bound, churn_of(random_sizes));
    // bench.heap_memory.small_churn shows heap_takes_little_memory
    const bool small = is_within(small_churn_bound, churn_of(small_churn));
    // bench.heap_memory.changing_sizes shows heap_takes_little_memory
    const bool changing = is_within(changing_sizes_bound, change_sizes);
    return trace && random && small && changing;
}

} // namespace
} // namespace alternative

int main() {
    try {
        return alternative::are_within() ? EXIT_SUCCESS : EXIT_FAILURE;
    } catch (const alternative::Broken &broken) {
        std::fprintf(stderr, "bench_heap_memory: %s\n", broken.what.c_str());
        return EXIT_FAILURE;
    }
}
