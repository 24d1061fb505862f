/// A block of a domain's heap: its head, and what is wrong with it.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "crt/library/stop.h"

namespace crt::library {

[[noreturn, gnu::cold, gnu::noinline]] inline void stop_at_free_memory() {
    STOP(STOP_OVERRUN, "heap: memory is freed or used that is free already");
}
[[noreturn, gnu::cold, gnu::noinline]] inline void stop_at_overwritten_words() {
    STOP(STOP_OVERRUN, "heap: the words around a block are overwritten, or it is none");
}

/// A block begins 8 bytes before the caller's memory; `size()` bytes further the next one begins. A
/// free block has its size in its last 8 bytes, too. One in a quick list has not: to its neighbours
/// it looks as if it were used.
class Block {
public:
    static constexpr size_t grain = 16; // of sizes, and of the caller's addresses
    static constexpr size_t least = 32; // head, two links, the size at the end
    // The block is used, or the one before it, or this one waits in a quick list.
    static constexpr size_t used = 1, used_before = 2, quick = 4, flags = grain - 1;

    static Block *of(void *memory) {
        return reinterpret_cast<Block *>(static_cast<char *>(memory) - offset_of_memory);
    }
    void *memory() { return &next; }
    Block *at(size_t offset) {
        return reinterpret_cast<Block *>(reinterpret_cast<char *>(this) + offset);
    }
    Block *before(size_t size) {
        return reinterpret_cast<Block *>(reinterpret_cast<char *>(this) - size);
    }
    Block *after() { return at(size()); }
    size_t size() const { return head & ~flags; }
    bool is_used() const { return (head & used) != 0; }
    bool is_free() const { return (head & (used | quick)) == 0; } // and may be joined
    bool is_used_before() const { return (head & used_before) != 0; }
    /// The size of the block before this one, if that is free.
    size_t size_before() const { return *(&head - 1); }
    void set_size_at_end(size_t size) { *(&at(size)->head - 1) = size; }

    size_t head;  // its size, and flags
    Block *next;  // from here on the caller's while it is used,
    Block *other; //   else the neighbours in its bin, or the next one in its quick list

private:
    static constexpr size_t offset_of_memory = sizeof(size_t);
};

} // namespace crt::library
