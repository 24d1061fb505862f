/// The seccomp filters, built from the rules by the same code at compile time and at start.
#pragma once

#include <linux/audit.h>

#include "linker/layout.h"
#include "rt/syscall/assembler.h"
#include "rt/syscall/rules.h"

namespace rt::syscall {

/// Where the two `syscall` instructions of an image end: the address that the kernel shows a
/// filter. The linker script keeps the whole image in one 4 GiB. [linux seccomp.c v5.10]
struct Sites {
    uint64_t call;     // of the one syscall function
    uint64_t restorer; // makes rt_sigreturn alone
};

/// Which argument carries the call word (put_word): a number that the monitor alone knows. A domain
/// that jumps to a site, with registers of its choice, cannot show it.
inline constexpr uint8_t call_argument = 5, restorer_argument = 0;

/// What a word may be: whole pages, because mmap wants its sixth argument so (rt/sys/call.h).
inline constexpr uint64_t word_bits = ~uint64_t{POSTERN_PAGE - 1};

inline constexpr uint64_t image_half = POSTERN_BASE >> 32;
static_assert(POSTERN_BASE % (uint64_t{1} << 32) == 0, "image and sites have one upper half");

/// The upper halves of the addresses that count as the image's: its own, and, where a domain has an
/// address space of its own, those of the aliases and of the mailboxes (linker/layout.h).
struct Halves {
    static constexpr uint64_t all[] = {image_half, (POSTERN_BASE + POSTERN_ALIAS) >> 32,
                                       POSTERN_BOXES >> 32};
    size_t count;
};
inline constexpr Halves of_image{1}, of_spaces{3};
static_assert(POSTERN_ALIAS % (uint64_t{1} << 32) == 0, "aliases have one upper half");

/// The ranges of the image whose pages the program may give back, each as a whole and by
/// MADV_DONTNEED alone: the ends of heaps.
struct Discards {
    static constexpr size_t capacity = POSTERN_KEY_LAST_DOMAIN - POSTERN_KEY_FIRST_DOMAIN + 1;
    struct Range {
        uint64_t begin;
        uint64_t bytes;
    };
    Range ranges[capacity]{};
    size_t count = 0;
};

/// The upper half of the vsyscall page's address, which no other code of a program's has. [linux
/// vsyscall.h v6.12]
inline constexpr uint64_t vsyscall_half = 0xffffffff;

/// The numbers of x32 programs have this bit; the architecture is that of 64-bit ones. [linux x32]
inline constexpr uint64_t x32_bit = 0x40000000;

namespace parts {

/// Refuses a call whose `argument` is not the call word. Every wrong word takes the same number of
/// steps, so the time of a refusal tells nothing about half of the word.
constexpr void assemble_word(Assembler &to, uint8_t argument) {
    to.load(low_half(argument));
    to.differ_from_word();
    to.put_aside();
    to.load(high_half(argument));
    to.differ_from_word();
    to.add_bits_put_aside();
    to.if_equal(0, 1, 0);
    to.answer(SECCOMP_RET_TRAP);
}
inline constexpr uint8_t word_steps = 8;

/// Lets 64-bit system calls pass from the two sites only, and only with the call word; afterwards
/// the BPF accumulator holds the call's number.
constexpr void assemble_sites(Assembler &to, Sites sites) {
    to.load(Input::architecture);
    to.if_equal(AUDIT_ARCH_X86_64, 1, 0); // int 0x80 and sysenter have other numbers
    to.answer(SECCOMP_RET_TRAP);
    to.load(Input::high_address);
    to.if_equal(image_half, 1, 0);
    to.answer(SECCOMP_RET_TRAP);
    to.load(Input::low_address);
    to.if_equal(sites.restorer & UINT32_MAX, 0, word_steps + 4);
    to.load(Input::number);
    to.if_equal(__NR_rt_sigreturn, 1, 0);
    to.answer(SECCOMP_RET_TRAP);
    assemble_word(to, restorer_argument);
    to.answer(SECCOMP_RET_ALLOW);
    to.if_equal(sites.call & UINT32_MAX, 1, 0);
    to.answer(SECCOMP_RET_TRAP);
    assemble_word(to, call_argument);
    to.load(Input::number);
}

/// Lets each discard pass: all 64 bits of address, length and advice are compared. For other calls
/// it is one step, and none where there is nothing to discard. The accumulator holds the call's
/// number before and after it.
constexpr void assemble_discards(Assembler &to, const Discards &discards) {
    if (discards.count == 0) {
        return;
    }
    constexpr uint8_t halves = 6, steps = 2 * halves + 1;
    static_assert(steps * Discards::capacity + 1 <= UINT8_MAX);
    to.if_equal(__NR_madvise, 0, static_cast<uint8_t>(steps * discards.count + 1));
    for (size_t range = 0; range < discards.count; ++range) {
        const uint64_t wanted[] = {discards.ranges[range].begin, discards.ranges[range].bytes,
                                   madv_dontneed};
        for (uint8_t half = 0; half < halves; ++half) {
            const auto argument = static_cast<uint8_t>(half / 2);
            const bool is_high = half % 2 != 0;
            to.load(is_high ? high_half(argument) : low_half(argument));
            to.if_equal(is_high ? wanted[argument] >> 32 : wanted[argument] & UINT32_MAX, 0,
                        static_cast<uint8_t>(steps - 2 * half - 2));
        }
        to.answer(SECCOMP_RET_ALLOW);
    }
    to.load(Input::number);
}

/// A rule's refusal, and what it takes for the image.
struct Refusal {
    uint32_t action;
    Halves halves;
};

/// Refuses [address, address + bytes) if it may have a byte in the image's 4 GiB, or in others that
/// count as such: it begins there or in the 4 GiB below, or is longer than that.
constexpr void assemble_in_image(Assembler &to, const Test &test, Refusal refusal) {
    to.load(high_half(test.argument));
    for (size_t left = 2 * refusal.halves.count; left != 0; --left) {
        const uint64_t half = Halves::all[(left - 1) / 2] - left % 2;
        to.if_equal(half, static_cast<uint8_t>(left - 1), left == 1 ? 1 : 0);
    }
    to.answer(refusal.action);
    to.load(high_half(static_cast<uint8_t>(test.value)));
    to.if_equal(0, 1, 0);
    to.answer(refusal.action);
}

/// Compares with one number after the other.
constexpr void assemble_outside(Assembler &to, const Test &test, Refusal refusal) {
    to.load(low_half(test.argument));
    auto left = static_cast<uint8_t>(__builtin_popcountll(test.value));
    for (unsigned number = 0; number < 32; ++number) {
        if ((test.value >> number & 1) != 0) {
            to.if_equal(number, left--, 0);
        }
    }
    to.answer(refusal.action);
}

constexpr void assemble_test(Assembler &to, const Test &test, Refusal refusal) {
    switch (test.kind) {
    case Test::Kind::none:
        break;
    case Test::Kind::any_bit:
        to.load(low_half(test.argument));
        to.if_any_bit(test.value, 0, 1);
        to.answer(refusal.action);
        break;
    case Test::Kind::no_bit:
        to.load(low_half(test.argument));
        to.if_any_bit(test.value, 1, 0);
        to.answer(refusal.action);
        break;
    case Test::Kind::other_than:
        to.load(low_half(test.argument));
        to.if_equal(test.value & UINT32_MAX, 1, 0);
        to.answer(refusal.action);
        to.load(high_half(test.argument));
        to.if_equal(test.value >> 32, 1, 0);
        to.answer(refusal.action);
        break;
    case Test::Kind::outside:
        assemble_outside(to, test, refusal);
        break;
    case Test::Kind::in_image:
        assemble_in_image(to, test, refusal);
        break;
    case Test::Kind::only_with:
        to.load(low_half(test.argument));
        to.if_any_bit(test.value, 1, 0);
        to.answer(SECCOMP_RET_ALLOW);
        break;
    case Test::Kind::always:
        to.answer(refusal.action);
        break;
    }
}

/// The questions of one rule, if the number is the rule's.
constexpr void assemble_rule(Assembler &to, const Rule &rule, Refusal refusal) {
    to.if_equal(rule.number, 1, 0);
    to.answer(SECCOMP_RET_ALLOW);
    for (const Test &test : rule.tests) {
        assemble_test(to, test, refusal);
    }
    to.answer(SECCOMP_RET_ALLOW);
}

/// Rules without questions, one number after the other. Few steps matter: each step is compiled at
/// start.
constexpr void assemble_refused(Assembler &to, const Rule *const *first, const Rule *const *last,
                                Refusal refusal) {
    for (; first != last; ++first) {
        to.if_equal((*first)->number, static_cast<uint8_t>(last - first), 0);
    }
    to.answer(SECCOMP_RET_ALLOW);
    to.answer(refusal.action);
}

constexpr bool ask_nothing(const Rule *const *first, const Rule *const *last) {
    for (; first != last; ++first) {
        if ((*first)->tests[0].kind != Test::Kind::always) {
            return false;
        }
    }
    return true;
}

/// Rules [first, last), at least one, as a tree of comparisons, so that few comparisons find a
/// number.
constexpr void assemble_tree(Assembler &to, const Rule *const *first, const Rule *const *last,
                             Refusal refusal) {
    constexpr auto most_in_a_row = 8;
    if (last - first <= most_in_a_row && ask_nothing(first, last)) {
        return assemble_refused(to, first, last, refusal);
    }
    if (last - first == 1) {
        return assemble_rule(to, **first, refusal);
    }
    const Rule *const *middle = first + (last - first) / 2;
    const uint16_t above = to.split_at((*middle)->number);
    assemble_tree(to, first, middle, refusal);
    to.land(above);
    assemble_tree(to, middle, last, refusal);
}

/// All rules, or only those that bind children, too.
constexpr void assemble_rules(Assembler &to, bool children, Refusal refusal) {
    const Rule *chosen[rule_count]{};
    size_t count = 0;
    for (const Rule &rule : rules) {
        if (!children || rule.reach == Reach::children) {
            chosen[count++] = &rule;
        }
    }
    assemble_tree(to, chosen, chosen + count, refusal);
}

} // namespace parts

/// Any 64-bit call from the one syscall function, rt_sigreturn from the restorer, both with the
/// call word; SIGSYS for all else. This filter replaces dispatch, before any domain runs.
constexpr Program site_filter(Sites sites) {
    Assembler to;
    parts::assemble_sites(to, sites);
    to.answer(SECCOMP_RET_ALLOW);
    return to.program();
}

/// The same; from the one syscall function only calls that no rule refuses, and the discards.
constexpr Program strict_filter(Sites sites, Discards discards = {}, Halves halves = of_image) {
    Assembler to;
    parts::assemble_sites(to, sites);
    parts::assemble_discards(to, discards);
    to.if_at_least(x32_bit, 0, 1);
    to.answer(SECCOMP_RET_TRAP);
    parts::assemble_rules(to, false, {SECCOMP_RET_TRAP, halves});
    return to.program();
}

/// For a program that may execute others, which inherit the filter and have sites of their own: the
/// rules that bind those programs too, refused with EPERM. Calls of the vsyscall page, which
/// dispatch does not see, are SIGSYS for them as for domains, because an errno would be taken for
/// the time. 32-bit programs are not bound, because their numbers differ.
constexpr Program inherited_filter() {
    constexpr uint32_t eperm = 1, enosys = 38;
    Assembler to;
    to.load(Input::architecture);
    to.if_equal(AUDIT_ARCH_X86_64, 1, 0);
    to.answer(SECCOMP_RET_ALLOW);
    to.load(Input::high_address);
    to.if_equal(vsyscall_half, 0, 1);
    to.answer(SECCOMP_RET_TRAP);
    to.load(Input::number);
    to.if_at_least(x32_bit, 0, 1);
    to.answer(SECCOMP_RET_ERRNO | enosys);
    parts::assemble_rules(to, true, {SECCOMP_RET_ERRNO | eperm, of_image});
    return to.program();
}

} // namespace rt::syscall
