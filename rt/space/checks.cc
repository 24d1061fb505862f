/// The filter of children, tried at compile time: every number from every site, arguments in and at
/// the edge of what is served, and beyond it.
#include "rt/space/served.h"
#include "rt/syscall/interpreter.h"

namespace rt::space {

namespace {

using syscall::answer_of;
using syscall::Program;
using syscall::x32_bit;

// The layout of an image, with the largest regions that there can be.
constexpr uint64_t text_end = POSTERN_BASE + 0x42000, page = POSTERN_PAGE;
constexpr uint64_t four_gib = uint64_t{1} << 32;
constexpr Places places{
    .stub_site = text_end - page + 0x345,
    .build_site = text_end - 2 * page + 0x67,
    .builder = text_end - 2 * page,
    .orders_sequence = text_end,
    .answers_sequence = text_end + 0xb000,
    .regions_begin = POSTERN_BASE + 0x1080000,
    .regions_end = POSTERN_BASE + four_gib,
};
constexpr Program large = child_filter(places);

// The same with smaller ones.
constexpr Places with_less_memory(Places all) {
    all.regions_end = POSTERN_BASE + 0x2345000;
    return all;
}
constexpr Places few = with_less_memory(places);
constexpr Program small = child_filter(few);

constexpr uint32_t answer_at(const Program &program, uint64_t site, int number, const Call &call,
                             uint32_t architecture = AUDIT_ARCH_X86_64) {
    return answer_of(program,
                     {number, architecture, site, {call.a0, call.a1, call.a2, call.a3, 0, 0}});
}

/// Whether the stub's site answers as `serves` says.
constexpr bool is_right(const Program &program, const Places &to, int number, const Call &call) {
    return answer_at(program, to.stub_site, number, call) ==
           (serves(to, number, call) ? SECCOMP_RET_ALLOW : SECCOMP_RET_TRAP);
}

/// Every number as 64-bit programs have it, as x32 programs have it, and two that are negative.
constexpr int forms[] = {0, static_cast<int>(x32_bit), -1024, INT32_MIN};

// Calls that the stub makes, others that are like them, and one that is like none.
constexpr Call calls[] = {
    {},
    {places.orders_sequence, 0, 0, 0},
    {places.answers_sequence, 1, 1, 0},
    {places.builder, page, 0, 0},
    {places.regions_begin, page, 1, 0},
    {places.regions_begin, page, 5, 0},
    {~uint64_t{0}, ~uint64_t{0}, ~uint64_t{0}, ~uint64_t{0}},
};

/// Whether every number with one call in one form gets its answer; `answer` 0 is the answer of the
/// stub's site. A template, because the compiler limits the steps of each constant by itself.
template <uint64_t site, uint32_t answer, int call, int form>
constexpr bool numbers_are_right = [] {
    for (int number = 0; number < 1024; ++number) {
        const int shown = forms[form] + number;
        const bool served =
            answer == 0 ? serves(places, shown, calls[call]) : answer == SECCOMP_RET_ALLOW;
        if (answer_at(large, site, shown, calls[call]) !=
            (served ? SECCOMP_RET_ALLOW : SECCOMP_RET_TRAP)) {
            return false;
        }
    }
    return true;
}();
template <uint64_t site, uint32_t answer, int call>
constexpr bool forms_are_right =
    numbers_are_right<site, answer, call, 0> &&numbers_are_right<site, answer, call, 1>
        &&numbers_are_right<site, answer, call, 2> &&numbers_are_right<site, answer, call, 3>;

// The first two calls in every form; the test has all calls in every form
// (tests/rt/space/filter.cc).
static_assert(forms_are_right<places.stub_site, 0, 0> && forms_are_right<places.stub_site, 0, 1>);
static_assert(numbers_are_right<places.stub_site, 0, 2, 0> &&
              numbers_are_right<places.stub_site, 0, 3, 0> &&
              numbers_are_right<places.stub_site, 0, 4, 0> &&
              numbers_are_right<places.stub_site, 0, 5, 0> &&
              numbers_are_right<places.stub_site, 0, 6, 0>);
static_assert(forms_are_right<places.build_site, SECCOMP_RET_ALLOW, 1>);
static_assert(forms_are_right<places.stub_site + 1, SECCOMP_RET_TRAP, 1>);

/// Whether what the stub and the builder may call is refused there.
constexpr bool refuses(uint64_t site, uint32_t architecture = AUDIT_ARCH_X86_64) {
    constexpr int numbers[] = {__NR_futex,  __NR_sched_yield, __NR_rt_sigreturn,
                               __NR_munmap, __NR_mprotect,    __NR_clone};
    for (const Call &call : calls) {
        for (const int number : numbers) {
            if (answer_at(large, site, number, call, architecture) != SECCOMP_RET_TRAP) {
                return false;
            }
        }
    }
    return true;
}
static_assert(refuses(places.stub_site - 1) && refuses(places.build_site - 1) &&
              refuses(places.build_site + 1));
static_assert(refuses(places.stub_site + four_gib) && refuses(places.build_site - four_gib));
static_assert(refuses(places.stub_site & UINT32_MAX) && refuses(places.build_site & UINT32_MAX));
static_assert(refuses(0xffffffffff600400) && refuses(0)); // the vsyscall page
static_assert(refuses(places.stub_site, AUDIT_ARCH_I386) &&
              refuses(places.build_site, AUDIT_ARCH_I386));

/// Whether each of the 64 bits of an argument counts, of a call that is served.
constexpr bool every_bit_counts(int number, const Call &served, uint64_t Call::*argument) {
    bool all = is_right(large, places, number, served) && serves(places, number, served);
    for (unsigned bit = 0; bit < 64; ++bit) {
        Call changed = served;
        changed.*argument ^= uint64_t{1} << bit;
        all &= is_right(large, places, number, changed) && !serves(places, number, changed);
    }
    return all;
}
constexpr Call waits{places.orders_sequence, 0, 0, 0}, wakes{places.answers_sequence, 1, 1, 0};
constexpr Call gives_up{places.builder, page, 0, 0};
static_assert(every_bit_counts(__NR_futex, waits, &Call::a0) &&
              every_bit_counts(__NR_futex, waits, &Call::a1) &&
              every_bit_counts(__NR_futex, waits, &Call::a3));
static_assert(every_bit_counts(__NR_futex, wakes, &Call::a0) &&
              every_bit_counts(__NR_futex, wakes, &Call::a1));
static_assert(every_bit_counts(__NR_munmap, gives_up, &Call::a0) &&
              every_bit_counts(__NR_munmap, gives_up, &Call::a1));

/// mprotect around both edges of the regions: every address with every length and protection.
constexpr bool every_edge_is_right(const Program &program, const Places &to, uint64_t protection) {
    const uint64_t all = to.regions_end - to.regions_begin, last = to.regions_end - 1;
    const uint64_t addresses[] = {0,
                                  to.regions_begin - page,
                                  to.regions_begin - 1,
                                  to.regions_begin,
                                  last,
                                  to.regions_begin + page,
                                  to.regions_end - 2 * page,
                                  to.regions_end - page,
                                  last + 1,
                                  to.regions_end + page,
                                  to.regions_begin - four_gib,
                                  to.regions_begin + four_gib,
                                  last - 1,
                                  to.regions_end - page - 1,
                                  text_end,
                                  ~uint64_t{0}};
    const uint64_t lengths[] = {0,
                                1,
                                page - 1,
                                page,
                                page + 1,
                                2 * page,
                                all - 1,
                                all,
                                all + 1,
                                all - page,
                                all + page,
                                four_gib,
                                four_gib + page,
                                ~uint64_t{0},
                                uint64_t{0} - page};
    for (const uint64_t address : addresses) {
        for (const uint64_t length : lengths) {
            if (!is_right(program, to, __NR_mprotect, {address, length, protection})) {
                return false;
            }
        }
    }
    return true;
}
template <class Predicate>
constexpr bool every_protection(Predicate holds) {
    for (unsigned bit = 0; bit < 64; ++bit) {
        if (!holds(uint64_t{1} << bit) || !holds(uint64_t{3} | uint64_t{1} << bit)) {
            return false;
        }
    }
    return holds(0);
}
static_assert(every_edge_is_right(large, places, 0) && every_edge_is_right(large, places, 3));
static_assert(every_edge_is_right(small, few, 0) && every_edge_is_right(small, few, 3));
static_assert(every_edge_is_right(large, places, 4) && every_edge_is_right(small, few, 7));
static_assert(every_protection([](uint64_t protection) {
    return is_right(large, places, __NR_mprotect, {places.regions_begin, page, protection});
}));

} // namespace

} // namespace rt::space
