/// The initial stack: argc, argv, envp, auxv and their strings [psabi 3.4.1].
#include "crt/arguments.h"

#include <asm/unistd.h>
#include <linux/auxvec.h>
#include <linux/mman.h>

#include "crt/memory.h"
#include "crt/system.h"
#include "linker/symbols.h"

namespace crt {

namespace {

constexpr uintptr_t page = POSTERN_PAGE;

uintptr_t page_up(uintptr_t address) {
    return (address + page - 1) & ~(page - 1);
}

/// Where the words end and the strings begin, and the highest string. The name of the executable is
/// the last string that the kernel writes [linux exec.c v6.12].
struct Extent {
    uint64_t *auxiliary;
    uintptr_t top;
};

Extent extent_of(const uint64_t *initial_stack) {
    auto *word = const_cast<uint64_t *>(initial_stack) + 1 + initial_stack[0] + 1;
    while (*word != 0) {
        ++word;
    }
    Extent extent{word + 1, 0};
    for (auto *entry = extent.auxiliary; entry[0] != AT_NULL; entry += 2) {
        if (entry[0] == AT_EXECFN) {
            auto end = static_cast<uintptr_t>(entry[1]);
            while (*reinterpret_cast<const char *>(end) != '\0') {
                ++end;
            }
            extent.top = page_up(end + 1);
        }
    }
    return extent;
}

/// Moves a null-terminated array of pointers by `distance`; returns the word after its end.
uint64_t *move_pointers(uint64_t *word, uintptr_t distance) {
    for (; *word != 0; ++word) {
        *word += distance;
    }
    return word + 1;
}

void move_auxiliary(uint64_t *entry, uintptr_t distance) {
    for (; entry[0] != AT_NULL; entry += 2) {
        if (entry[0] == AT_EXECFN || entry[0] == AT_RANDOM || entry[0] == AT_PLATFORM ||
            entry[0] == AT_BASE_PLATFORM) {
            entry[1] += distance;
        }
    }
}

} // namespace

void copy_arguments(const uint64_t *initial_stack, Handoff &handoff) {
    const Extent extent = extent_of(initial_stack);
    if (extent.top == 0) {
        give_up("reading the auxiliary vector (no AT_EXECFN)", 0);
    }
    // The copy keeps its offset inside a page, so that one page count serves both.
    const auto from = reinterpret_cast<uintptr_t>(initial_stack);
    const uintptr_t from_page = from & ~(page - 1);
    const auto to_page = reinterpret_cast<uintptr_t>(__arguments_start);
    const uintptr_t distance = to_page - from_page;
    const size_t bytes = extent.top - from_page;
    if (bytes > POSTERN_ARGUMENTS) {
        give_up("copying the arguments (more than 8 MiB)", 0);
    }
    must(rt_sys_call_early(static_cast<long>(to_page), static_cast<long>(bytes),
                           PROT_READ | PROT_WRITE, 0, 0, 0, __NR_mprotect),
         "opening the arguments region");

    auto *copy = reinterpret_cast<uint64_t *>(from + distance);
    crt_memcpy(copy, initial_stack, extent.top - from);

    uint64_t *environment = move_pointers(copy + 1, distance);
    uint64_t *auxiliary = move_pointers(environment, distance);
    move_auxiliary(auxiliary, distance);

    handoff.argument_count = static_cast<int>(copy[0]);
    handoff.arguments = reinterpret_cast<const char *const *>(copy + 1);
    handoff.environment = reinterpret_cast<const char *const *>(environment);
    handoff.auxiliary = reinterpret_cast<const Auxiliary *>(auxiliary);
    handoff.arguments_end = to_page + bytes;
    handoff.stack_begin = from_page;
    handoff.stack_end = extent.top;
}

} // namespace crt
