/// What do malloc and free of a domain cost, beside those of this machine's glibc?
#include <malloc.h>
#include <sys/mman.h>

#include <array>
#include <climits>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <memory>
#include <random>

#include "bench/alternative/row.h"
#include "bench/alternative/ticks.h"
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

struct Functions {
    void *(*volatile take)(size_t bytes);
    void (*volatile give)(void *memory);
    void *(*volatile take_zeroed)(size_t count, size_t bytes);
    void *(*volatile resize)(void *memory, size_t bytes);
};
Functions ours{ours_take, ours_give, ours_take_zeroed, ours_resize};
Functions glibcs{std::malloc, std::free, std::calloc, std::realloc};

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

/// Replaces one of many live blocks after the other, in a random order: a pair of calls a loop.
class Churn {
public:
    Churn(const Functions &functions, size_t live, size_t least, size_t most)
        : functions_(functions), blocks_(live) {
        std::minstd_rand random(1);
        const double octaves = std::log2(static_cast<double>(most) / static_cast<double>(least));
        for (auto &step : steps_) {
            // As many sizes from n to 2n as from 2n to 4n.
            const auto exponent = std::uniform_real_distribution(0.0, octaves)(random);
            const auto bytes =
                static_cast<size_t>(static_cast<double>(least) * std::exp2(exponent));
            step = {random() % live, bytes};
        }
        for (size_t i = 0; i < steps_.size(); ++i) {
            replace(i);
        }
    }
    ~Churn() {
        for (void *block : blocks_) {
            if (block != nullptr) {
                functions_.give(block);
            }
        }
    }
    Churn(const Churn &) = delete;
    Churn &operator=(const Churn &) = delete;

    uint64_t run(uint64_t loops) {
        const uint64_t begin = ticks();
        for (uint64_t loop = 0; loop < loops; ++loop) {
            replace(next_++ % steps_.size());
        }
        return ticks() - begin;
    }

private:
    struct Step {
        size_t place, bytes;
    };

    void replace(size_t index) {
        auto &block = blocks_[steps_[index].place];
        if (block != nullptr) {
            functions_.give(block);
        }
        block = functions_.take(steps_[index].bytes);
        must(block != nullptr, "an allocation");
        *static_cast<volatile char *>(block) = 1;
    }

    const Functions &functions_;
    std::vector<void *> blocks_;
    std::array<Step, size_t{1} << 16> steps_{};
    size_t next_ = 0;
};

Measure prepare_churn(const Functions &functions, size_t live, size_t least, size_t most) {
    make_heap();
    const auto churn = std::make_shared<Churn>(functions, live, least, most);
    return [churn](uint64_t loops) { return churn->run(loops); };
}

struct Call {
    enum class Kind { take, take_zeroed, resize, give } kind;
    size_t block, bytes;
};
constexpr Call recorded[] = {
#define TAKE(block, bytes) {Call::Kind::take, block, bytes},
#define TAKE_ZEROED(block, bytes) {Call::Kind::take_zeroed, block, bytes},
#define RESIZE(block, bytes) {Call::Kind::resize, block, bytes},
#define GIVE(block) {Call::Kind::give, block, 0},
#include "bench/alternative/heap_trace.inc"
};
constexpr size_t recorded_blocks = std::size(recorded); // more than there are

void repeat_trace(const Functions &functions) {
    static std::array<void *, recorded_blocks> blocks{};
    for (const auto &call : recorded) {
        auto &block = blocks[call.block];
        switch (call.kind) {
        case Call::Kind::take:
            block = functions.take(call.bytes);
            *static_cast<volatile char *>(block) = 1;
            break;
        case Call::Kind::take_zeroed:
            block = functions.take_zeroed(1, call.bytes);
            break;
        case Call::Kind::resize:
            block = functions.resize(block, call.bytes);
            break;
        case Call::Kind::give:
            functions.give(block);
            break;
        }
    }
}

Measure prepare_trace(const Functions &functions) {
    make_heap();
    return [&functions](uint64_t loops) {
        const uint64_t begin = ticks();
        for (uint64_t loop = 0; loop < loops; ++loop) {
            repeat_trace(functions);
        }
        return ticks() - begin;
    };
}

Row churn_row(const std::string &name, size_t live, size_t least, size_t most) {
    return {"heap_" + name, "What does a pair of malloc and free cost, beside glibc's?", "glibc's",
            [=] { return prepare_churn(ours, live, least, most); },
            [=] { return prepare_churn(glibcs, live, least, most); }};
}

} // namespace

Rows heap_rows() {
    return {churn_row("random_sizes", 4096, 16, 8192),
            churn_row("small_churn", 32768, 16, 80),
            churn_row("few_live", 16, 16, 256),
            {"heap_recorded_trace",
             "What does what zlib, libpng and expat ask of malloc cost, beside glibc's?", "glibc's",
             [] { return prepare_trace(ours); }, [] { return prepare_trace(glibcs); }}};
}

} // namespace alternative
