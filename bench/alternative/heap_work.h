/// Work for heaps, which rows and the count of memory share: what it asks of malloc and its like.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "bench/alternative/row.h"
#include "bench/alternative/ticks.h"

namespace alternative {

struct HeapFunctions {
    void *(*volatile take)(size_t bytes);
    void (*volatile give)(void *memory);
    void *(*volatile take_zeroed)(size_t count, size_t bytes);
    void *(*volatile resize)(void *memory, size_t bytes);
};

/// A recorded program: all that it asks of malloc and its like, from its start to its end.
void repeat_trace(const HeapFunctions &functions);

/// Many small blocks of one size; when all are free again, as many bytes in blocks of another size.
void change_sizes(const HeapFunctions &functions);

/// How many blocks live, and how large they are, in bytes.
struct ChurnSizes {
    size_t live, least, most;
};
constexpr ChurnSizes random_sizes{4096, 16, 8192}, small_churn{32768, 16, 80},
    few_live{16, 16, 256};

/// Replaces one of many live blocks after the other, in a random order: a pair of calls a loop.
class Churn {
public:
    Churn(const HeapFunctions &functions, const ChurnSizes &sizes)
        : functions_(functions), blocks_(sizes.live) {
        std::minstd_rand random(1);
        const double octaves =
            std::log2(static_cast<double>(sizes.most) / static_cast<double>(sizes.least));
        for (auto &step : steps_) {
            // As many sizes from n to 2n as from 2n to 4n.
            const auto exponent = std::uniform_real_distribution(0.0, octaves)(random);
            const auto bytes =
                static_cast<size_t>(static_cast<double>(sizes.least) * std::exp2(exponent));
            step = {random() % sizes.live, bytes};
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

    const HeapFunctions &functions_;
    std::vector<void *> blocks_;
    std::array<Step, size_t{1} << 16> steps_{};
    size_t next_ = 0;
};

} // namespace alternative
