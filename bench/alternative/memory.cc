/// What do the memory functions cost, beside those of this machine's glibc?
#include <sys/mman.h>

#include <array>
#include <cstring>

#include "bench/alternative/row.h"
#include "bench/alternative/ticks.h"
#include "rt/key/processor.h"
#include "rt/patch/features.h"
#include "rt/patch/nops.h"

extern "C" {
// The functions of rt/memory. They are assembled under these names here.
void *postern_memcpy(void *to, const void *from, size_t bytes);
void *postern_memmove(void *to, const void *from, size_t bytes);
void *postern_memset(void *to, int value, size_t bytes);
int postern_memcmp(const void *left, const void *right, size_t bytes);
extern char __memory_start[], __memory_end[];
}

namespace alternative {

namespace {

constexpr size_t page = 4096;
constexpr size_t longest = 65536;
alignas(page) std::array<char, longest + page> first{}, second{};

/// A function's address, which the compiler does not know: it must not make code of its own for the
/// call.
template <class Function>
using Unknown = Function *volatile;

using Move = void *(void *, const void *, size_t);
using Set = void *(void *, int, size_t);
using Compare = int(const void *, const void *, size_t);

struct Functions {
    Unknown<Move> copy, move;
    Unknown<Set> set;
    Unknown<Compare> compare;
};
Functions ours{postern_memcpy, postern_memmove, postern_memset, postern_memcmp};
Functions glibcs{std::memcpy, std::memmove, std::memset, std::memcmp};

/// Patches the functions as start-up does in an app.
void patch_memory_functions() {
    static bool is_patched = false;
    if (is_patched) {
        return;
    }
    const auto bytes = static_cast<size_t>(__memory_end - __memory_start);
    must(mprotect(__memory_start, bytes, PROT_READ | PROT_WRITE) == 0, "mprotect");
    const auto features = rt::patch::features_of(rt::key::decode(rt::key::read_start_leaves()),
                                                 rt::key::Isolation::keys);
    for (const auto &row : rt::patch::Table()) {
        if (features.has(row.feature)) {
            rt::patch::fill(reinterpret_cast<uint8_t *>(row.site()), row.length,
                            reinterpret_cast<const uint8_t *>(row.bytes()), row.count);
        }
    }
    must(mprotect(__memory_start, bytes, PROT_READ | PROT_EXEC) == 0, "mprotect");
    is_patched = true;
}

/// Both places begin at a page's begin, except in a move over its own place, which goes a cache
/// line's eighth up or down.
enum class Operation { copy, move_up, move_down, set, compare };

constexpr size_t overlap = 8;
constexpr size_t sizes[] = {8, 64, 256, 1024, 4096, 16384, longest};

void run_once(const Functions &functions, Operation operation, size_t bytes) {
    switch (operation) {
    case Operation::copy:
        functions.copy(first.data(), second.data(), bytes);
        break;
    case Operation::move_up:
        functions.move(first.data() + overlap, first.data(), bytes);
        break;
    case Operation::move_down:
        functions.move(first.data(), first.data() + overlap, bytes);
        break;
    case Operation::set:
        functions.set(first.data(), 0, bytes);
        break;
    case Operation::compare:
        functions.compare(first.data(), second.data(), bytes);
        break;
    }
}

template <Operation operation>
Measure prepare_loop(const Functions &functions, size_t bytes) {
    patch_memory_functions();
    first.fill(1);
    second.fill(1);
    return [&functions, bytes](uint64_t loops) {
        const uint64_t begin = ticks();
        for (uint64_t loop = 0; loop < loops; ++loop) {
            run_once(functions, operation, bytes);
        }
        return ticks() - begin;
    };
}

template <Operation operation>
void add(Rows &rows, const std::string &name) {
    for (const size_t bytes : sizes) {
        rows.push_back({name + "_" + std::to_string(bytes),
                        "What do the memory functions cost, beside glibc's?", "glibc's",
                        [bytes] { return prepare_loop<operation>(ours, bytes); },
                        [bytes] { return prepare_loop<operation>(glibcs, bytes); }});
    }
}

} // namespace

Rows memory_rows() {
    Rows rows;
    add<Operation::copy>(rows, "memcpy");
    add<Operation::move_up>(rows, "memmove_up");
    add<Operation::move_down>(rows, "memmove_down");
    add<Operation::set>(rows, "memset");
    add<Operation::compare>(rows, "memcmp");
    return rows;
}

} // namespace alternative
