/// Mutex, condition, semaphore and once, with plain data between the threads.
#include "rt/sync/condition.h"
#include "rt/sync/mutex.h"
#include "rt/sync/once.h"
#include "rt/sync/semaphore.h"
#include "tests/races/race.h"

#include <unistd.h>

namespace race {

namespace {

constexpr unsigned threads = 4;
constexpr int rounds = 5000;

} // namespace

// Several threads sleep on one mutex, and each gets it once.
void mutex_slept_for() {
    for (int i = 0; i < 20; ++i) {
        static rt::sync::Mutex mutex("one for each");
        on_threads(threads, [](unsigned number) {
            const rt::sync::Lock lock(mutex);
            usleep(number == 0 ? 5000 : 100); // until the others sleep
        });
    }
}

void mutex() {
    static rt::sync::Mutex mutex("a counter");
    static long counter = 0;
    static long by_trying = 0;
    on_threads(threads, [](unsigned) {
        for (int i = 0; i < rounds; ++i) {
            {
                const rt::sync::Lock lock(mutex);
                ++counter;
            }
            if (mutex.try_lock()) {
                ++by_trying;
                mutex.unlock();
            }
        }
    });
    check(counter == threads * rounds, "the mutex let two threads in");
    check(by_trying > 0 && by_trying <= threads * rounds, "try_lock");
}

// A queue of one place between threads that put and as many that take. With one of each no other
// notification stands in for one that is lost.
void condition(unsigned count) {
    static rt::sync::Mutex mutex("a queue");
    static rt::sync::Condition changed;
    static int place = 0;
    static long taken = 0;
    taken = 0;
    on_threads(count, [](unsigned number) {
        for (int i = 1; i <= rounds; ++i) {
            const rt::sync::Lock lock(mutex);
            const bool puts = number % 2 == 0;
            while ((place == 0) != puts) {
                check(bool(changed.wait(mutex)), "an endless wait ended with an error");
            }
            taken += place;
            place = puts ? i : 0;
            changed.notify_all();
        }
    });
    check(place == 0 && taken == count / 2 * (rounds * (rounds + 1L) / 2),
          "something was taken twice or never");
    const rt::sync::Lock lock(mutex);
    const auto late = changed.wait(mutex, 1'000'000);
    check(!late && late.error() == rt::base::Errno::timed_out, "a wait did not end in time");
}

// As a mutex, with more threads than may be in; then as a signal from one thread to others.
void semaphore() {
    static rt::sync::Semaphore one(1);
    static rt::sync::Semaphore given(0);
    static long counter = 0;
    on_threads(threads, [](unsigned number) {
        for (int i = 0; i < rounds; ++i) {
            check(bool(one.acquire()), "an endless wait ended with an error");
            ++counter;
            one.release();
            if (number == 0) {
                for (unsigned other = 1; other < threads; ++other) {
                    given.release();
                }
            } else {
                check(bool(given.acquire(60'000'000'000)), "a release was lost");
            }
        }
    });
    check(counter == threads * rounds, "the semaphore let two threads in");
    const auto late = given.acquire(1'000'000);
    check(!late && late.error() == rt::base::Errno::timed_out, "a wait did not end in time");
}

void once() {
    constexpr int places = 200;
    struct Place {
        rt::sync::Once once{"a place"};
        int value = 0;
    };
    static Place all[places];
    on_threads(threads, [](unsigned) {
        for (Place &place : all) {
            place.once.run([&place] { ++place.value; });
            check(place.value == 1, "it was done twice, or seen before it was done");
        }
    });
}

} // namespace race
