/// Memory between guards, and what one move or fill must have done there.
#include "tests/rt/memory/functions.h"

#include "rt/sys/memory.h"
#include "tests/harness/harness.h"

namespace memory {

namespace {

constexpr size_t around = 64;

Arena make_arena() {
    constexpr size_t bytes = arena_bytes + 2 * POSTERN_PAGE;
    const auto region = rt::sys::map_anonymous(bytes, rt::sys::Protection::none);
    EXPECT(bool(region));
    const uintptr_t begin = region.value().begin() + POSTERN_PAGE;
    const auto inner = rt::base::Region::from_raw(begin, begin + arena_bytes);
    EXPECT(bool(rt::sys::protect(inner, rt::sys::Protection::read_write)));
    return {reinterpret_cast<unsigned char *>(inner.begin()),
            reinterpret_cast<unsigned char *>(inner.end())};
}

const Arena &arena_of(const unsigned char *place) {
    const Arena &first = first_arena();
    return place >= first.begin && place <= first.end ? first : second_arena();
}

/// A place with its neighbours, as far as they are in its arena. Volatile, so that no compiler
/// turns a loop over it into a call of the function that is tried.
struct Surroundings {
    volatile unsigned char *begin;
    volatile unsigned char *end;
};

Surroundings around_of(const unsigned char *place, size_t bytes) {
    const Arena &arena = arena_of(place);
    auto *begin = const_cast<unsigned char *>(place);
    const auto before = static_cast<size_t>(begin - arena.begin);
    const auto after = static_cast<size_t>(arena.end - begin) - bytes;
    return {begin - (before < around ? before : around),
            begin + bytes + (after < around ? after : around)};
}

void fill(const Surroundings &place) {
    for (auto *at = place.begin; at != place.end; ++at) {
        *at = pattern(reinterpret_cast<uintptr_t>(at));
    }
}

/// Whether all bytes hold the pattern, but for `bytes` from `changed` on, which hold what `wanted`
/// says of each.
template <class Wanted>
bool holds(const Surroundings &place, const unsigned char *changed, size_t bytes, Wanted wanted) {
    const auto begin = reinterpret_cast<uintptr_t>(changed);
    size_t wrong = 0;
    for (auto *at = place.begin; at != place.end; ++at) {
        const auto address = reinterpret_cast<uintptr_t>(at);
        const bool is_changed = address - begin < bytes;
        wrong += *at != (is_changed ? wanted(address - begin) : pattern(address)) ? 1 : 0;
    }
    return wrong == 0;
}

bool is_direction_clear() {
    uint64_t flags;
    asm volatile("pushfq\n popq %0" : "=r"(flags));
    return (flags & 0x400) == 0;
}

} // namespace

const Arena &first_arena() {
    static const Arena arena = make_arena();
    return arena;
}
const Arena &second_arena() {
    static const Arena arena = make_arena();
    return arena;
}

bool moves(void *(*move)(void *, const void *, size_t), unsigned char *to,
           const unsigned char *from, size_t bytes) {
    const Surroundings target = around_of(to, bytes);
    const Surroundings source = around_of(from, bytes);
    fill(target);
    fill(source);
    const bool is_answered = move(to, from, bytes) == to && is_direction_clear();
    const auto first = reinterpret_cast<uintptr_t>(from);
    const auto wanted = [first](size_t i) { return pattern(first + i); };
    return holds(target, to, bytes, wanted) && holds(source, to, bytes, wanted) && is_answered;
}

bool sets_all(void *(*set)(void *, int, size_t), unsigned char *to, int value, size_t bytes) {
    const Surroundings target = around_of(to, bytes);
    fill(target);
    const bool is_answered = set(to, value, bytes) == to && is_direction_clear();
    return holds(target, to, bytes,
                 [value](size_t) { return static_cast<unsigned char>(value); }) &&
           is_answered;
}

} // namespace memory
