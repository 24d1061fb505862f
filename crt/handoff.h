/// What crt hands to rt: the program's arguments, copied into monitor memory, and the old stack.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace crt {

/// One entry of the auxiliary vector [psabi 3.4.3].
struct Auxiliary {
    uint64_t type;
    uint64_t value;
};

/// All pointers lead into the arguments region; `stack_begin` (page-aligned, at or below the
/// initial stack pointer) to `stack_end` (page-aligned) is the used part of the kernel's stack.
struct Handoff {
    int argument_count;
    const char *const *arguments;   // null-terminated
    const char *const *environment; // null-terminated
    const Auxiliary *auxiliary;     // ends with type 0
    uintptr_t arguments_end;        // end of the used pages of the arguments region
    uintptr_t stack_begin;
    uintptr_t stack_end;

    /// The value of environment variable `name`, or null.
    const char *environment_value(const char *name) const;

    /// The value of an auxiliary entry, or `missing`.
    uint64_t auxiliary_value(uint64_t type, uint64_t missing) const {
        for (const Auxiliary *entry = auxiliary; entry->type != 0; ++entry) {
            if (entry->type == type) {
                return entry->value;
            }
        }
        return missing;
    }
};

} // namespace crt
