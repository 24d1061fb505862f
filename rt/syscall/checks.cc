/// The filters, tried at compile time: what the kernel would answer to cases of every rule.
#include "rt/syscall/filter.h"
#include "rt/syscall/interpreter.h"

namespace rt::syscall {

namespace {

constexpr Sites sites{POSTERN_BASE + 0x1234, POSTERN_BASE + 0x5678};
constexpr uint64_t word = 0xfedcba9876543210 & word_bits;
constexpr Program inherited = inherited_filter();
constexpr uint64_t elsewhere = 0x7f0000000000;

constexpr Program with_word(Program program) {
    put_word(program, word);
    return program;
}
constexpr Program strict = with_word(strict_filter(sites));

constexpr bool allows(int number, uint64_t a0 = 0, uint64_t a1 = 0, uint64_t a2 = 0,
                      uint64_t a3 = 0, uint64_t a4 = 0) {
    return answer_of(strict, {number, AUDIT_ARCH_X86_64, sites.call, {a0, a1, a2, a3, a4, word}}) ==
           SECCOMP_RET_ALLOW;
}
constexpr bool traps(int number, uint64_t a0 = 0, uint64_t a1 = 0, uint64_t a2 = 0, uint64_t a3 = 0,
                     uint64_t a4 = 0) {
    return answer_of(strict, {number, AUDIT_ARCH_X86_64, sites.call, {a0, a1, a2, a3, a4, word}}) ==
           SECCOMP_RET_TRAP;
}
/// With the word in every argument that might carry it.
constexpr bool traps_at(int number, uint32_t architecture, uint64_t behind) {
    return answer_of(strict, {number, architecture, behind, {word, 0, 0, 0, 0, word}}) ==
           SECCOMP_RET_TRAP;
}

/// Whether a call that no rule names is refused with each wrong word, from both sites, and always
/// after the same number of steps. Tried are words that differ in one bit, in one half or in all
/// bits, words with one half zero, and the word with its halves exchanged.
constexpr bool every_wrong_word_takes_the_same_steps(const Program &program) {
    const auto run = [&](uint64_t site, uint64_t shown) {
        const bool is_call = site == sites.call;
        const int number = is_call ? __NR_getpid : __NR_rt_sigreturn;
        return run_of(program, {number,
                                AUDIT_ARCH_X86_64,
                                site,
                                {is_call ? 0 : shown, 0, 0, 0, 0, is_call ? shown : 0}});
    };
    constexpr uint64_t places[] = {sites.call, sites.restorer};
    for (const uint64_t site : places) {
        const Run none = run(site, 0);
        bool same = run(site, word).answer == SECCOMP_RET_ALLOW;
        const auto is_refused_as_none = [&](uint64_t shown) {
            const Run wrong = run(site, shown);
            return wrong.answer == SECCOMP_RET_TRAP && wrong.steps == none.steps;
        };
        for (unsigned bit = 0; bit < 64; ++bit) {
            same &= is_refused_as_none(word ^ (uint64_t{1} << bit));
        }
        same &= is_refused_as_none(word & UINT32_MAX) &&
                is_refused_as_none(word & ~uint64_t{UINT32_MAX}) && is_refused_as_none(~word) &&
                is_refused_as_none((word << 32) | (word >> 32)) && none.answer == SECCOMP_RET_TRAP;
        if (!same) {
            return false;
        }
    }
    return true;
}
static_assert(every_wrong_word_takes_the_same_steps(strict));
static_assert(every_wrong_word_takes_the_same_steps(with_word(site_filter(sites))));

/// Whether each number answers as its rule says when all arguments are 0, and the others pass.
constexpr bool every_number_is_as_its_rule_says() {
    for (int number = 0; number < 600; ++number) {
        const Rule *rule = rule_of(static_cast<uint64_t>(number));
        const bool refused = rule != nullptr && (rule->tests[0].kind == Test::Kind::always ||
                                                 rule->tests[0].kind == Test::Kind::no_bit ||
                                                 rule->tests[0].kind == Test::Kind::outside ||
                                                 rule->tests[0].kind == Test::Kind::other_than);
        if (refused ? !traps(number) : !allows(number)) {
            return false;
        }
    }
    return true;
}
static_assert(every_number_is_as_its_rule_says());

/// The same for the inherited filter, which has only rules without questions.
constexpr bool every_inherited_number_is_as_its_rule_says() {
    for (int number = 0; number < 600; ++number) {
        const Rule *rule = rule_of(static_cast<uint64_t>(number));
        const bool refused = rule != nullptr && rule->reach == Reach::children;
        const auto answer = answer_of(inherited, {number, AUDIT_ARCH_X86_64, elsewhere, {}});
        if (answer != (refused ? SECCOMP_RET_ERRNO | 1 : SECCOMP_RET_ALLOW)) {
            return false;
        }
    }
    return true;
}
static_assert(every_inherited_number_is_as_its_rule_says());

// The vsyscall page.
static_assert(answer_of(inherited, {__NR_time, AUDIT_ARCH_X86_64, 0xffffffffff600400, {}}) ==
              SECCOMP_RET_TRAP);
static_assert(traps_at(__NR_time, AUDIT_ARCH_X86_64, 0xffffffffff600400));

// Sites.
static_assert(traps_at(__NR_write, AUDIT_ARCH_X86_64, sites.call + 1));
static_assert(traps_at(__NR_write, AUDIT_ARCH_X86_64, elsewhere));
static_assert(traps_at(__NR_write, AUDIT_ARCH_X86_64, sites.call + (uint64_t{1} << 32)));
static_assert(traps_at(__NR_write, AUDIT_ARCH_X86_64, sites.restorer));
static_assert(!traps_at(__NR_rt_sigreturn, AUDIT_ARCH_X86_64, sites.restorer));
static_assert(traps_at(4, AUDIT_ARCH_I386, sites.call));
static_assert(traps(static_cast<int>(x32_bit) | __NR_write) && traps(-1));

// New code, and the map.
static_assert(allows(__NR_mmap, 0, 4096, 3, 0x22) && traps(__NR_mmap, 0, 4096, 5, 0x22));
static_assert(allows(__NR_mmap, POSTERN_BASE, 4096, 3, 0x22)); // a wish, which replaces nothing
static_assert(traps(__NR_mmap, POSTERN_BASE, 4096, 3, 0x32));
static_assert(traps(__NR_mmap, POSTERN_BASE, 4096, 3, 0x100022));
static_assert(allows(__NR_mmap, elsewhere, 4096, 3, 0x32));
static_assert(traps(__NR_mprotect, elsewhere, 4096, 4) &&
              allows(__NR_mprotect, elsewhere, 4096, 3));
static_assert(traps(__NR_mprotect, POSTERN_BASE, 4096, 1));
static_assert(traps(__NR_munmap, POSTERN_BASE + 0xfffff000, 4096));
static_assert(traps(__NR_munmap, POSTERN_BASE - 4096, 8192));
static_assert(traps(__NR_munmap, elsewhere, uint64_t{1} << 32));
static_assert(traps(__NR_mremap, POSTERN_BASE, 4096, 8192, 1));
static_assert(traps(__NR_mremap, elsewhere, 4096, 4096, 3, POSTERN_BASE));
static_assert(allows(__NR_mremap, elsewhere, 4096, 4096, 1, POSTERN_BASE));
static_assert(allows(__NR_madvise, elsewhere, 4096, 4) && traps(__NR_madvise, elsewhere, 4096, 9));
static_assert(traps(__NR_madvise, POSTERN_BASE, 4096, 4));

// In a run of address spaces the aliases and the mailboxes count as the image's.
constexpr Program in_spaces = with_word(strict_filter(sites, {}, of_spaces));
constexpr bool unmaps(const Program &program, uint64_t begin, uint64_t bytes = 4096) {
    return answer_of(program,
                     {__NR_munmap, AUDIT_ARCH_X86_64, sites.call, {begin, bytes, 0, 0, 0, word}}) ==
           SECCOMP_RET_ALLOW;
}
constexpr bool refuses_where_domains_are_seen() {
    constexpr uint64_t begins[] = {POSTERN_BASE, POSTERN_BASE + POSTERN_ALIAS, POSTERN_BOXES};
    for (const uint64_t begin : begins) {
        const bool is_image = begin == POSTERN_BASE;
        const uint64_t places[] = {begin - 4096, begin, begin + 0xfffff000};
        for (const uint64_t at : places) {
            if (unmaps(in_spaces, at) || unmaps(strict, at) == is_image) {
                return false;
            }
        }
        if (!unmaps(in_spaces, begin + (uint64_t{1} << 32))) {
            return false;
        }
    }
    return unmaps(in_spaces, elsewhere) && !unmaps(in_spaces, elsewhere, uint64_t{1} << 32);
}
static_assert(refuses_where_domains_are_seen());
static_assert(every_wrong_word_takes_the_same_steps(in_spaces));

// Discards: two ranges, as large as heaps may be and as small.
constexpr uint64_t heap = POSTERN_BASE + 0x40000000, heap_end = 0xffc0000;
constexpr Discards discards{{{heap, heap_end}, {heap + 0x20000000, 4096}}, 2};
constexpr Program discarding = with_word(strict_filter(sites, discards));
constexpr bool discards_pass(uint64_t begin, uint64_t bytes, uint64_t advice = 4) {
    return answer_of(
               discarding,
               {__NR_madvise, AUDIT_ARCH_X86_64, sites.call, {begin, bytes, advice, 0, 0, word}}) ==
           SECCOMP_RET_ALLOW;
}
static_assert(discards_pass(heap, heap_end) && discards_pass(heap + 0x20000000, 4096));
static_assert(!discards_pass(heap, 4096) && !discards_pass(heap + 0x20000000, heap_end));
static_assert(!discards_pass(heap, heap_end - 4096) && !discards_pass(heap, heap_end + 4096));
static_assert(!discards_pass(heap + 4096, heap_end - 4096) &&
              !discards_pass(heap - 4096, heap_end));
static_assert(!discards_pass(heap, heap_end / 2) && !discards_pass(heap, 0x20001000));
// As many heaps as there can be, with the most halves: the longest program that start builds.
constexpr Discards most_discards() {
    Discards all;
    for (auto &range : all.ranges) {
        range = {heap + 4096 * all.count, 4096};
        ++all.count;
    }
    return all;
}
constexpr Program longest = with_word(strict_filter(sites, most_discards(), of_spaces));
constexpr bool longest_lets_each_heap_be_discarded() {
    const auto answer = [](int number, uint64_t begin) {
        return answer_of(longest,
                         {number, AUDIT_ARCH_X86_64, sites.call, {begin, 4096, 4, 0, 0, word}});
    };
    bool each = answer(__NR_exit_group, 0) == SECCOMP_RET_ALLOW;
    for (const auto &range : most_discards().ranges) {
        each &= answer(__NR_madvise, range.begin) == SECCOMP_RET_ALLOW;
    }
    return each && answer(__NR_madvise, heap - 4096) == SECCOMP_RET_TRAP;
}
static_assert(longest_lets_each_heap_be_discarded());
static_assert(!discards_pass(heap, heap_end, 9) && !discards_pass(heap, heap_end, 8));
static_assert(discards_pass(elsewhere, 4096) && !discards_pass(elsewhere, 4096, 8));
/// Whether each of the 192 bits counts.
constexpr bool every_bit_of_a_discard_counts() {
    for (unsigned bit = 0; bit < 64; ++bit) {
        const uint64_t flip = uint64_t{1} << bit;
        const bool is_elsewhere = ((heap ^ flip) >> 32) - (POSTERN_BASE >> 32) + 1 > 1;
        if (discards_pass(heap ^ flip, heap_end) != is_elsewhere ||
            discards_pass(heap, heap_end ^ flip) || discards_pass(heap, heap_end, 4 ^ flip)) {
            return false;
        }
    }
    return true;
}
static_assert(every_bit_of_a_discard_counts());
static_assert(every_wrong_word_takes_the_same_steps(discarding));

// The rest of those that look at arguments.
static_assert(allows(__NR_clone, 17) && traps(__NR_clone, 0x200011) && traps(__NR_clone, 0x80000));
static_assert(allows(__NR_prctl, 59, 1) && traps(__NR_prctl, 59, 0) && traps(__NR_prctl, 38, 1));
static_assert(traps(__NR_prctl, 59, 1, POSTERN_BASE, 4096) && traps(__NR_prctl, 59, 1, 0, 1));
static_assert(allows(__NR_arch_prctl, 0x1002) && traps(__NR_arch_prctl, 0x1001));
static_assert(allows(__NR_kill, 1, 15) && traps(__NR_kill, 0, 15));
static_assert(traps(__NR_kill, static_cast<uint64_t>(-1), 15) && traps(__NR_kill, 0xffffff00, 15));
constexpr bool families_are_those_three() {
    for (uint64_t family = 0; family < 300; ++family) {
        const bool is_one = family == 1 || family == 2 || family == 10;
        if (allows(__NR_socket, family) != is_one || allows(__NR_socketpair, family) != is_one) {
            return false;
        }
    }
    return traps(__NR_socket, 0x80000001) && traps(__NR_socket, ~uint64_t{0});
}
static_assert(families_are_those_three());
static_assert(allows(__NR_sendto, 3, 0, 1, 0x4000) && traps(__NR_sendto, 3, 0, 1, msg_zerocopy));

} // namespace

} // namespace rt::syscall
