/// Where the child of an app with WAITING spin runs, and that it sleeps in the end.
#include <asm/unistd.h>
#include <linux/time_types.h>

#include "rt/rt.h"
#include "rt/space/child.h"
#include "rt/space/spin.h"
#include "rt/sys/call.h"
#include "rt/sys/process.h"
#include "tests/harness/harness.h"

namespace {

namespace guest {

constexpr rt::Service<1, uint64_t(uint64_t)> increment;

uint64_t add(uint64_t one, uint64_t other) {
    return one + other;
}

uint64_t ask(uint64_t word) {
    return increment(word);
}

/// Works for so many cycles.
uint64_t work(uint64_t cycles) {
    const uint64_t begin = __builtin_ia32_rdtsc();
    while (__builtin_ia32_rdtsc() - begin < cycles) {
    }
    return cycles;
}

constexpr rt::Entry<Domain::bob, add> add_in_bob;
constexpr rt::CrossCall<1, Domain::alice, add_in_bob> add_by_bob;

uint64_t cross(uint64_t word) {
    const auto answer = add_by_bob(word, uint64_t{1});
    return answer ? answer.value() : 0;
}

} // namespace guest

constexpr rt::Entry<Domain::alice, guest::add> add;
constexpr rt::Entry<Domain::alice, guest::ask> ask;
constexpr rt::Entry<Domain::alice, guest::work> work;
constexpr rt::Entry<Domain::alice, guest::cross> cross;

uint64_t handle_increment(Domain, uint64_t word) {
    return word + 1;
}

using rt::sys::call_raw;

constexpr uint32_t words_of_cores = 128;
struct Mask {
    uint64_t words[words_of_cores] = {};
    bool has(uint32_t core) const { return (words[core / 64] >> core % 64 & 1) != 0; }
    uint32_t count() const {
        uint32_t count = 0;
        for (const uint64_t word : words) {
            count += static_cast<uint32_t>(__builtin_popcountll(word));
        }
        return count;
    }
};

Mask cores_of(long process) {
    Mask mask;
    call_raw(__NR_sched_getaffinity, process, sizeof mask, mask.words);
    return mask;
}

uint32_t core_now() {
    uint32_t core = 0;
    call_raw(__NR_getcpu, &core);
    return core;
}

int alices_process() {
    return static_cast<int>(rt::space::process_of(rt::space::child_of(Domain::alice)));
}

/// Has this thread stay on the core where it is, as long as it lives.
class Stays {
public:
    Stays() : before_(cores_of(0)), core_(core_now()) {
        Mask mask;
        mask.words[core_ / 64] = uint64_t{1} << core_ % 64;
        set(mask);
    }
    ~Stays() { set(before_); }
    Stays(const Stays &) = delete;
    Stays &operator=(const Stays &) = delete;

    bool is_alone() const { return before_.count() < 2; }
    bool is_child_apart() const {
        const Mask mask = cores_of(alices_process());
        return mask.count() == before_.count() - 1 && !mask.has(core_);
    }
    bool is_child_here() const {
        const Mask mask = cores_of(alices_process());
        return mask.count() == 1 && mask.has(core_);
    }

private:
    static void set(const Mask &mask) {
        call_raw(__NR_sched_setaffinity, 0, sizeof mask, mask.words);
    }
    Mask before_;
    uint32_t core_;
};

bool is_well() {
    const auto answer = rt::call<Domain::alice>(add, uint64_t{1}, uint64_t{2});
    return answer && answer.value() == 3;
}

/// Calls that take far longer than any hand-over, until the child is here; 0 if it is not at last.
uint32_t long_calls_until_here(const Stays &stays) {
    constexpr uint32_t most = 100;
    for (uint32_t calls = 1; calls <= most; ++calls) {
        const auto answer = rt::call<Domain::alice>(work, uint64_t{100'000'000});
        EXPECT(answer && answer.value() != 0);
        if (stays.is_child_here()) {
            return calls;
        }
    }
    return 0;
}

/// So many calls until the child is apart; 0 if it is not after some seconds.
uint32_t calls_until_apart(const Stays &stays) {
    constexpr uint32_t most = 5'000;
    for (uint32_t calls = 1; calls <= most; ++calls) {
        EXPECT(is_well());
        if (stays.is_child_apart()) {
            return calls;
        }
        rt::sys::sleep(1'000'000);
    }
    return 0;
}

/// Processor time of a process, in nanoseconds. [clock_getcpuclockid(3)]
uint64_t time_of(int process) {
    __kernel_timespec time{};
    const long clock = ~static_cast<long>(process) * 8 + 2;
    EXPECT_EQUAL(call_raw(__NR_clock_gettime, clock, &time), 0);
    return static_cast<uint64_t>(time.tv_sec) * 1'000'000'000 + static_cast<uint64_t>(time.tv_nsec);
}

void begin_anew() {
    rt::space::Child &child = rt::space::child_of(Domain::alice);
    rt::space::bury(child);
    child.spins = rt::space::Spins::allowed();
}

} // namespace

POSTERN_TEST("run.space.spin.child_is_apart", SHOWS(spinning_is_declared)) {
    const Stays stays;
    if (stays.is_alone()) {
        return harness::skip("needs two cores");
    }
    begin_anew();
    EXPECT(is_well());
    EXPECT(stays.is_child_apart());
    EXPECT(rt::space::looks() > 0);
}

POSTERN_TEST("run.space.spin.misses_bring_it_to_the_callers_core", SHOWS(spinning_backs_off)) {
    const Stays stays;
    if (stays.is_alone()) {
        return harness::skip("needs two cores");
    }
    begin_anew();
    EXPECT(long_calls_until_here(stays) != 0);
    EXPECT(calls_until_apart(stays) >= rt::space::Spins::fewest_turns);
    EXPECT(long_calls_until_here(stays) != 0);
}

POSTERN_TEST("run.space.spin.calls_of_all_kinds", SHOWS(spinning_is_declared)) {
    uint64_t wrong = 0;
    for (uint64_t word = 0; word < 2'000; ++word) {
        const auto added = rt::call<Domain::alice>(add, word, uint64_t{1});
        const auto asked = rt::call<Domain::alice>(ask, word);
        const auto crossed = rt::call<Domain::alice>(cross, word);
        const bool is_right = added && asked && crossed && added.value() == word + 1 &&
                              asked.value() == word + 1 && crossed.value() == word + 1;
        wrong += is_right ? 0 : 1;
    }
    EXPECT_EQUAL(wrong, 0);
}

POSTERN_TEST("run.space.spin.idle_child_takes_no_time", SHOWS(idle_children_sleep)) {
    begin_anew();
    EXPECT(is_well());
    const rt::space::Child &child = rt::space::child_of(Domain::alice);
    for (int looks = 0; looks < 1'000 && !rt::space::is_asleep(child); ++looks) {
        rt::sys::sleep(10'000'000);
    }
    EXPECT(rt::space::is_asleep(child));
    // It has said so just before it sleeps, on a machine that may be busy.
    uint64_t before = 0, after = time_of(alices_process());
    for (int looks = 0; looks < 100 && before != after; ++looks) {
        rt::sys::sleep(50'000'000);
        before = after;
        after = time_of(alices_process());
    }
    EXPECT_EQUAL(before, after);
}

POSTERN_SERVICES(rt::provide<guest::increment, handle_increment>(rt::Callers::any()));
POSTERN_CROSS_CALLS(guest::add_by_bob);
