/// A domain's heap: blocks with headers in the domain's own memory, free ones in quick lists and
/// bins.
///
/// A small block that is freed goes to the quick list of its size, and is not joined with its
/// neighbours: the next request of that size takes it. All blocks of quick lists are joined, and go
/// to the bins, before the heap takes much more memory, and before a request is refused.
///
/// All state is in the heap's own region, and zeros are an empty heap: clearing the region is a
/// restart. No system call, no lock, no static variable, no vector register. What else a domain
/// writes to its heap is its own affair: whatever the functions then read or write, they do in that
/// domain's view, so that no other memory is harmed.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "crt/library/heap/block.h"

namespace crt::library {

class Heap {
public:
    /// What bytes are asked for at most.
    static constexpr size_t longest = size_t{1} << 32;

    /// Memory of at least that size at a multiple of 16; nullptr if the heap, which ends at `end`,
    /// has no room. `this` is the heap's first byte.
    void *allocate(size_t bytes, char *end) {
        void *memory = allocate_quick(bytes);
        return memory != nullptr ? memory : allocate_from_bins(bytes, end);
    }

    /// The same, out of a quick list alone; nullptr if there is no such block.
    void *allocate_quick(size_t bytes) {
        if (bytes > quick_most - sizeof(size_t)) {
            return nullptr;
        }
        const size_t size = size_for(bytes);
        Block *&first = quick_[size / Block::grain];
        return first != nullptr ? take_quick(first, size)->memory() : nullptr;
    }

    /// The same, out of bins or from the top.
    [[gnu::noinline]] void *allocate_from_bins(size_t bytes, char *end) {
        Block *block = take(size_for(bytes), end);
        return block != nullptr ? block->memory() : nullptr;
    }

    /// The same, all zeros. Memory that was never handed out is not cleared once more.
    void *allocate_zeroed(size_t bytes, char *end) {
        char *fresh = fresh_;
        void *memory = allocate(bytes, end);
        if (memory != nullptr && static_cast<char *>(memory) < fresh) {
            __builtin_memset(memory, 0, bytes);
        }
        return memory;
    }

    /// The same at a multiple of `alignment`, a power of two.
    void *allocate_aligned(size_t alignment, size_t bytes, char *end) {
        if (alignment <= Block::grain) {
            return allocate(bytes, end);
        }
        if (alignment > longest || bytes > longest) {
            return nullptr;
        }
        Block *block = take(size_for(bytes + alignment + Block::least), end);
        if (block == nullptr) {
            return nullptr;
        }
        const auto at = reinterpret_cast<uintptr_t>(block->memory());
        uintptr_t to = (at + alignment - 1) & ~(alignment - 1);
        if (to != at) {
            to += to - at < Block::least ? alignment : 0;
            Block *later = block->at(to - at);
            later->head = (block->size() - (to - at)) | Block::used;
            block->head = (to - at) | (block->head & Block::flags);
            join(block);
            block = later;
        }
        trim(block, size_for(bytes));
        return block->memory();
    }

    void release(void *memory) {
        Block *block = checked(memory);
        const size_t size = block->size();
        if (size > quick_most) {
            return join(block);
        }
        Block *&first = quick_[size / Block::grain];
        block->head ^= Block::used | Block::quick;
        block->next = first;
        first = block;
    }

    /// Bytes that the caller may use.
    size_t room(void *memory) const { return checked(memory)->size() - sizeof(size_t); }

    /// Makes a block smaller, or larger by what is free after it. Whether it could.
    bool resize(void *memory, size_t bytes, char *end) {
        Block *block = checked(memory);
        const size_t wanted = size_for(bytes);
        const size_t has = block->size();
        if (wanted <= has) {
            trim(block, wanted);
            return true;
        }
        Block *after = block->after();
        if (after == top_) {
            if (!has_top(wanted - has, end)) {
                return false;
            }
            block->head += wanted - has;
            raise(block->after());
            return true;
        }
        if (!after->is_free() || has + after->size() < wanted) {
            return false;
        }
        remove(after);
        block->head += after->size();
        block->after()->head |= Block::used_before;
        trim(block, wanted);
        return true;
    }

    /// The end of the memory that was ever handed out.
    const char *high_water() const { return fresh_; }

private:
    static constexpr size_t exact_below = 1024; // smaller sizes have a bin each
    static constexpr unsigned exact_bins = exact_below / Block::grain;
    static constexpr unsigned first_log = 10, last_log = 33;
    static constexpr unsigned steps_log = 4, steps = 1 << steps_log; // bins in each power of two
    static constexpr unsigned bins = exact_bins + (last_log - first_log + 1) * steps;
    static constexpr unsigned words = (bins + 63) / 64;
    static constexpr size_t quick_most = 512; // larger blocks are joined when they are freed
    // Between two joins of the quick lists the heap grows by that part of it, and so many bytes.
    static constexpr size_t growth = 32, least_growth = 4096;

    static size_t size_for(size_t bytes) {
        constexpr size_t none = ~Block::flags; // larger than any heap
        const size_t size = (bytes + sizeof(size_t) + Block::grain - 1) & ~Block::flags;
        return bytes > 2 * longest ? none : size < Block::least ? Block::least : size;
    }

    static unsigned log_of(size_t size) {
        return 63u - static_cast<unsigned>(__builtin_clzll(size));
    }

    static unsigned bin_of(size_t size) {
        if (size < exact_below) {
            return static_cast<unsigned>(size / Block::grain);
        }
        const unsigned log = log_of(size);
        return exact_bins + (log - first_log) * steps +
               (static_cast<unsigned>(size >> (log - steps_log)) & (steps - 1));
    }

    /// The first bin whose blocks are all large enough.
    static unsigned bin_from(size_t size) {
        return size < exact_below ? bin_of(size)
                                  : bin_of(size + (size_t{1} << (log_of(size) - steps_log)) - 1);
    }

    /// A free block of at least that size; nullptr if there is none. Of the last bin, in which only
    /// some are large enough, it tries a few: the time is bounded whatever the domain has written.
    Block *find(size_t size) const {
        const unsigned bin = bin_from(size);
        const uint64_t map = filled_[bin / 64] & (~uint64_t{0} << (bin % 64));
        if (map != 0) {
            return heads_[bin / 64 * 64 + first_of(map)];
        }
        const uint64_t above = filled_words_ & (~uint64_t{0} << 1 << (bin / 64));
        if (above != 0) {
            const unsigned word = first_of(above);
            return heads_[word * 64 + first_of(filled_[word])];
        }
        constexpr int tries = 32;
        Block *block = heads_[bin_of(size)];
        for (int count = 0; block != nullptr && block->size() < size; block = block->next) {
            if (++count == tries) {
                return nullptr;
            }
        }
        return block;
    }

    static unsigned first_of(uint64_t map) { return static_cast<unsigned>(__builtin_ctzll(map)); }

    void insert(Block *block) {
        const unsigned bin = bin_of(block->size());
        block->other = nullptr;
        block->next = heads_[bin];
        if (block->next != nullptr) {
            block->next->other = block;
        }
        heads_[bin] = block;
        filled_[bin / 64] |= uint64_t{1} << (bin % 64);
        filled_words_ |= uint64_t{1} << (bin / 64);
    }

    void remove(Block *block) {
        if (block->next != nullptr) {
            block->next->other = block->other;
        }
        if (block->other != nullptr) {
            block->other->next = block->next;
            return;
        }
        const unsigned bin = bin_of(block->size());
        heads_[bin] = block->next;
        if (block->next == nullptr) {
            filled_[bin / 64] &= ~(uint64_t{1} << (bin % 64));
            if (filled_[bin / 64] == 0) {
                filled_words_ &= ~(uint64_t{1} << (bin / 64));
            }
        }
    }

    /// The first block of a quick list, used from now on. All blocks of the list have that size.
    Block *take_quick(Block *&first, size_t size) {
        Block *block = first;
        if ((block->head & ~Block::used_before) != (size | Block::quick)) {
            stop_at_overwritten_words();
        }
        block->head ^= Block::used | Block::quick;
        first = block->next;
        return block;
    }

    /// Joins the blocks of all quick lists with what is free around them. The time is bounded
    /// whatever the domain has written: it takes as many blocks as the heap has room for.
    [[gnu::noinline]] void join_quick(const char *end) {
        size_t most = static_cast<size_t>(end - begin()) / Block::least;
        for (size_t size = Block::least; size <= quick_most; size += Block::grain) {
            Block *&first = quick_[size / Block::grain];
            for (; first != nullptr && most != 0; --most) {
                join(take_quick(first, size));
            }
        }
        grow_to_ = fresh_ + static_cast<size_t>(fresh_ - begin()) / growth + least_growth;
    }

    /// A used block of that size, out of a bin or from the top; nullptr if neither has room.
    Block *take(size_t size, char *end) {
        if (top_ == nullptr) { // zeros, an empty heap
            constexpr size_t first = (sizeof(Heap) + Block::grain - 1) & ~Block::flags;
            raise(reinterpret_cast<Block *>(begin() + first + 8));
        }
        if (size > 2 * longest) {
            return nullptr;
        }
        Block *block = find(size);
        if (block == nullptr && !has_top(size, grow_to_ < end ? grow_to_ : end)) {
            join_quick(end);
            block = find(size);
        }
        if (block == nullptr) {
            return has_top(size, end) ? from_top(size) : nullptr;
        }
        remove(block);
        block->head |= Block::used;
        block->after()->head |= Block::used_before;
        trim(block, size);
        return block;
    }

    char *begin() { return reinterpret_cast<char *>(this); }

    /// Whether the top has that many bytes, and a head after them, before `end`.
    bool has_top(size_t size, const char *end) const {
        const ptrdiff_t room = end - reinterpret_cast<const char *>(top_);
        const ptrdiff_t head = Block::grain;
        return room >= head && size <= static_cast<size_t>(room - head);
    }

    Block *from_top(size_t size) {
        Block *block = top_;
        block->head = size | Block::used | (block->head & Block::used_before);
        raise(block->after());
        return block;
    }

    void raise(Block *top) {
        top_ = top;
        top->head = Block::used_before;
        if (reinterpret_cast<char *>(top) > fresh_) {
            fresh_ = reinterpret_cast<char *>(top);
        }
    }

    /// Gives back what a used block has beyond `size`.
    void trim(Block *block, size_t size) {
        const size_t rest = block->size() - size;
        if (rest < Block::least) {
            return;
        }
        block->head -= rest;
        Block *after = block->after();
        after->head = rest | Block::used | Block::used_before;
        join(after);
    }

    /// The block at an address of the caller's, which must be one that is used.
    Block *checked(void *memory) const {
        Block *block = Block::of(memory);
        if (!block->is_used()) {
            stop_at_free_memory();
        }
        if (!block->after()->is_used_before()) {
            stop_at_overwritten_words();
        }
        return block;
    }

    /// Makes a used block free, one with its neighbours that are in bins. No head in free memory
    /// says `used`: so freeing a block twice is always seen.
    [[gnu::noinline]] void join(Block *block) {
        size_t size = block->size();
        block->head &= ~(Block::used | Block::quick);
        if (!block->is_used_before()) {
            const size_t before = block->size_before();
            block = block->before(before);
            if (block->size() != before) {
                stop_at_overwritten_words();
            }
            remove(block);
            size += before;
        }
        Block *after = block->at(size);
        if (after == top_) {
            block->head = Block::used_before;
            top_ = block;
            return;
        }
        if (after->is_free()) {
            remove(after);
            size += after->size();
        }
        block->head = size | Block::used_before;
        block->set_size_at_end(size);
        block->after()->head &= ~Block::used_before;
        insert(block);
    }

    [[maybe_unused]] uint64_t lock_; // for domains with threads
    uint64_t filled_words_;
    uint64_t filled_[words];
    Block *top_;    // free memory up to the heap's end; nullptr in an empty heap
    char *fresh_;   // the end of what was ever handed out
    char *grow_to_; // what the top takes before the quick lists are joined
    Block *quick_[quick_most / Block::grain + 1]; // the first ones, by size
    Block *heads_[bins];
};
static_assert(sizeof(Heap) <= 4096 - Block::grain, "a heap's own state takes its first page alone");

} // namespace crt::library
