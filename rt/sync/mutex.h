/// A mutex of the monitor's own.
#pragma once

#include <stdint.h>

namespace rt::sync {

/// Lets one thread at a time into a piece of code. It is for the runtime and the app's trusted
/// code: a domain cannot reach it. Define it as a variable of the app's (`constinit rt::Mutex
/// queue{"the queue"};`), where it is the monitor's. There is no order among those that wait.
///
/// Hold none while you call a domain, because a domain may run as long as it likes: the harness of
/// tests ends a program that does (rt/entry/call.h). A signal handler must not lock one, because
/// the code that it interrupted may hold it: use `try_lock` there, or rt::Semaphore::release.
class Mutex {
public:
    /// `name` says in messages which mutex it is; it is kept.
    explicit constexpr Mutex(const char *name) : name_(name) {}
    Mutex(const Mutex &) = delete;
    Mutex &operator=(const Mutex &) = delete;

    /// Takes the mutex, and sleeps until it is free. Ends the program with a line in a signal
    /// handler, and on a thread that holds the mutex already: either would wait for itself.
    void lock();

    /// Takes the mutex if it is free, and says whether it was.
    bool try_lock();

    /// Frees the mutex. Ends the program with a line on a thread that does not hold it.
    void unlock();

private:
    bool is_held_here() const;
    void sleep_until_taken();

    const char *name_;
    const void *holder_ = nullptr; // the slot of the thread that holds it
    uint32_t word_ = 0;            // 0 free, 1 held, 2 held and slept for
};

/// Holds a mutex for the time of a scope.
class Lock {
public:
    explicit Lock(Mutex &mutex) : mutex_(mutex) { mutex_.lock(); }
    ~Lock() { mutex_.unlock(); }
    Lock(const Lock &) = delete;
    Lock &operator=(const Lock &) = delete;

private:
    Mutex &mutex_;
};

/// Ends the program with a line if this thread holds a mutex. The harness of tests has each call
/// into a domain ask.
void panic_if_any_is_held();

} // namespace rt::sync
