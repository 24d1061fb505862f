/// operator new and operator delete, in all their forms. There are no exceptions: a form that may
/// not return a null pointer ends the call as a Fault. [C++20 new.delete]
#include "crt/library/include/new"
#include "crt/library/include/stdlib.h"
#include "crt/library/library.h"

using std::align_val_t;
using std::nothrow_t;

namespace {

void *or_end(void *memory) {
    if (memory == nullptr) {
        STOP(STOP_ENDED, "operator new: the heap is exhausted (HEAP in postern_add_domain)");
    }
    return memory;
}

void *aligned(size_t bytes, align_val_t alignment) {
    return aligned_alloc(static_cast<size_t>(alignment), bytes);
}

} // namespace

// clang-format off
LIBRARY void *operator new(size_t bytes) { return or_end(malloc(bytes)); }
LIBRARY void *operator new[](size_t bytes) { return or_end(malloc(bytes)); }
LIBRARY void *operator new(size_t bytes, align_val_t to) { return or_end(aligned(bytes, to)); }
LIBRARY void *operator new[](size_t bytes, align_val_t to) { return or_end(aligned(bytes, to)); }
LIBRARY void *operator new(size_t bytes, const nothrow_t &) noexcept { return malloc(bytes); }
LIBRARY void *operator new[](size_t bytes, const nothrow_t &) noexcept { return malloc(bytes); }
LIBRARY void *operator new(size_t bytes, align_val_t to, const nothrow_t &) noexcept { return aligned(bytes, to); }
LIBRARY void *operator new[](size_t bytes, align_val_t to, const nothrow_t &) noexcept { return aligned(bytes, to); }

LIBRARY void operator delete(void *memory) noexcept { free(memory); }
LIBRARY void operator delete[](void *memory) noexcept { free(memory); }
LIBRARY void operator delete(void *memory, size_t) noexcept { free(memory); }
LIBRARY void operator delete[](void *memory, size_t) noexcept { free(memory); }
LIBRARY void operator delete(void *memory, align_val_t) noexcept { free(memory); }
LIBRARY void operator delete[](void *memory, align_val_t) noexcept { free(memory); }
LIBRARY void operator delete(void *memory, size_t, align_val_t) noexcept { free(memory); }
LIBRARY void operator delete[](void *memory, size_t, align_val_t) noexcept { free(memory); }
LIBRARY void operator delete(void *memory, const nothrow_t &) noexcept { free(memory); }
LIBRARY void operator delete[](void *memory, const nothrow_t &) noexcept { free(memory); }
LIBRARY void operator delete(void *memory, align_val_t, const nothrow_t &) noexcept { free(memory); }
LIBRARY void operator delete[](void *memory, align_val_t, const nothrow_t &) noexcept { free(memory); }
// clang-format on
