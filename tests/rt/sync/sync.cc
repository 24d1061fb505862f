/// Mutex, condition, semaphore and once on one thread, and beside signals. tests/races has several
/// threads.
#include "rt/base/slot.h"
#include "rt/sys/process.h"
#include "rt/sys/signal.h"
#include "tests/rt/signal/ticks.h"

namespace {

using rt::Errno;

constexpr uint64_t millisecond = 1'000'000;

constinit rt::Mutex mutex{"the test's"};
constinit rt::Semaphore given{0};

void give(rt::Signal) {
    given.release();
}

} // namespace

POSTERN_TEST("run.sync.a_mutex_is_free_held_and_free_again", SHOWS(mutex_lets_one_in)) {
    {
        const rt::Lock lock(mutex);
        EXPECT_EQUAL(rt::base::slot().locks, 1);
        EXPECT(!mutex.try_lock());
    }
    EXPECT(mutex.try_lock());
    mutex.unlock();
    EXPECT_EQUAL(rt::base::slot().locks, 0);
}

POSTERN_TEST("run.sync.a_wait_ends_in_time_also_beside_signals", SHOWS(mutex_lets_one_in)) {
    rt::Condition changed;
    const ticks::Ticks ticks(1000);
    const uint64_t begin = rt::sys::monotonic_nanoseconds();
    const auto got = given.acquire(20 * millisecond);
    EXPECT(!got && got.error() == Errno::timed_out);
    EXPECT(rt::sys::monotonic_nanoseconds() - begin >= 20 * millisecond);
    const rt::Lock lock(mutex);
    const auto woken = changed.wait(mutex, 20 * millisecond);
    EXPECT(!woken && woken.error() == Errno::timed_out);
    EXPECT_EQUAL(rt::base::slot().locks, 1);
    EXPECT(rt::sys::monotonic_nanoseconds() - begin >= 40 * millisecond);
}

POSTERN_TEST("run.sync.a_signal_handler_gives_what_the_program_waits_for",
             SHOWS(mutex_lets_one_in)) {
    EXPECT(bool(rt::on_signal(rt::Signal::user1, give)));
    EXPECT(bool(rt::sys::raise(rt::Signal::user1)));
    EXPECT(bool(given.acquire()));
    EXPECT(!given.try_acquire());
    EXPECT(bool(rt::on_signal(rt::Signal::user1, nullptr)));
}

POSTERN_TEST("run.sync.once_is_once", SHOWS(mutex_lets_one_in)) {
    rt::Once once{"the test's"};
    int count = 0;
    for (int i = 0; i < 3; ++i) {
        once.run([&count] { ++count; });
        EXPECT_EQUAL(count, 1);
    }
}
