/// The allocator as an ordinary program under sanitizers: random calls, each block's bytes checked.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <vector>

#include "crt/library/heap/heap.h"

namespace {

using crt::library::Heap;

struct Held {
    unsigned char *memory;
    std::size_t bytes;
    unsigned char byte;
};

[[noreturn]] void fail(const char *what, std::size_t call) {
    std::printf("native.heap: %s at call %zu\n", what, call);
    std::exit(1);
}

class Fuzzer {
public:
    Fuzzer(std::size_t heap_bytes, unsigned seed)
        : bytes_(heap_bytes), random_(seed),
          memory_(static_cast<char *>(std::aligned_alloc(4096, heap_bytes))) {
        std::memset(memory_, 0, bytes_);
    }
    ~Fuzzer() { std::free(memory_); }
    Fuzzer(const Fuzzer &) = delete;
    Fuzzer &operator=(const Fuzzer &) = delete;

    void run(std::size_t calls) {
        for (; call_ < calls; ++call_) {
            const auto choice = random_() % 8;
            if (held_.empty() || (choice < 4 && held_.size() < 500)) {
                take();
            } else if (choice == 4) {
                resize();
            } else {
                give(random_() % held_.size());
            }
        }
        while (!held_.empty()) {
            give(held_.size() - 1);
        }
        // All of it is one again: the most that fits an empty heap.
        const auto most = bytes_ - sizeof(Heap) - 64;
        if (heap().allocate(most, end()) == nullptr) {
            fail("an empty heap is in pieces", call_);
        }
    }

private:
    Heap &heap() { return *reinterpret_cast<Heap *>(memory_); }
    char *end() { return memory_ + bytes_; }

    std::size_t size() {
        const auto largest = random_() % 16 == 0 ? bytes_ / 4 : random_() % 4 == 0 ? 5000 : 200;
        return random_() % largest;
    }

    void take() {
        const auto bytes = size();
        const auto way = random_() % 4;
        const auto alignment = std::size_t{16} << random_() % 9;
        void *memory = way == 0   ? heap().allocate_zeroed(bytes, end())
                       : way == 1 ? heap().allocate_aligned(alignment, bytes, end())
                                  : heap().allocate(bytes, end());
        if (memory == nullptr) {
            if (held_.empty()) {
                fail("an empty heap is exhausted", call_);
            }
            return give(random_() % held_.size());
        }
        const auto address = reinterpret_cast<std::uintptr_t>(memory);
        Held held{static_cast<unsigned char *>(memory), bytes,
                  static_cast<unsigned char>(random_())};
        if (address % (way == 1 ? alignment : 16) != 0 ||
            held.memory + bytes > reinterpret_cast<unsigned char *>(end()) ||
            reinterpret_cast<char *>(memory) < memory_ + sizeof(Heap) ||
            heap().room(memory) < bytes) {
            fail("a block is not where it may be", call_);
        }
        for (std::size_t i = 0; way == 0 && i < bytes; ++i) {
            if (held.memory[i] != 0) {
                fail("zeroed memory is not all zeros", call_);
            }
        }
        std::memset(held.memory, held.byte, bytes);
        held_.push_back(held);
    }

    void check(const Held &held, std::size_t bytes) {
        for (std::size_t i = 0; i < bytes; ++i) {
            if (held.memory[i] != held.byte) {
                fail("a block's bytes have changed", call_);
            }
        }
    }

    void give(std::size_t index) {
        check(held_[index], held_[index].bytes);
        heap().release(held_[index].memory);
        held_[index] = held_.back();
        held_.pop_back();
    }

    void resize() {
        auto &held = held_[random_() % held_.size()];
        const auto bytes = size();
        check(held, held.bytes);
        if (heap().resize(held.memory, bytes, end())) {
            check(held, std::min(bytes, held.bytes));
            held.bytes = bytes;
            std::memset(held.memory, held.byte, bytes);
        }
    }

    std::size_t bytes_;
    std::minstd_rand random_;
    char *memory_;
    std::vector<Held> held_;
    std::size_t call_ = 0;
};

} // namespace

int main(int count, char **arguments) {
    const auto calls = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 200000;
    for (const std::size_t bytes :
         {std::size_t{1} << 16, std::size_t{1} << 20, std::size_t{1} << 24}) {
        for (unsigned seed = 1; seed <= 3; ++seed) {
            Fuzzer(bytes, seed).run(calls);
        }
    }
    std::printf("passed native.heap\n");
    return 0;
}
