/// Work for heaps: a recorded program, and sizes that change.
#include "bench/alternative/heap_work.h"

#include <algorithm>
#include <iterator>

namespace alternative {

namespace {

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

} // namespace

void repeat_trace(const HeapFunctions &functions) {
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

void change_sizes(const HeapFunctions &functions) {
    constexpr size_t all = size_t{4} << 20;
    std::minstd_rand random(1);
    constexpr size_t sizes[] = {100, 200, 100, 400};
    for (const size_t bytes : sizes) {
        std::vector<void *> blocks(all / bytes);
        for (void *&block : blocks) {
            block = functions.take(bytes);
            *static_cast<volatile char *>(block) = 1;
        }
        std::shuffle(blocks.begin(), blocks.end(), random);
        for (void *block : blocks) {
            functions.give(block);
        }
    }
}

} // namespace alternative
