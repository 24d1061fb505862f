/// Runs each case in a process of its own, so that what the sanitizer reports fails that case
/// alone.
#include "tests/races/race.h"

#include <asm/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "rt/base/slot.h"

namespace race {

namespace {

bool has_failed = false;

} // namespace

void enter_thread() {
    static thread_local rt::base::Slot words{};
    words.self = reinterpret_cast<uint64_t>(&words);
    if (syscall(SYS_arch_prctl, ARCH_SET_GS, &words) != 0) {
        std::perror("arch_prctl");
        std::exit(1);
    }
}

void set_handling(bool is_handling) {
    rt::base::slot().in_handler = is_handling ? 1 : 0;
}

void on_threads(unsigned count, const std::function<void(unsigned)> &work) {
    std::vector<std::thread> threads;
    for (unsigned number = 0; number < count; ++number) {
        threads.emplace_back([&work, number] {
            enter_thread();
            work(number);
            check(rt::base::slot().locks == 0, "a thread ends with a mutex");
        });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
}

void check(bool good, const char *what) {
    if (!good) {
        std::fprintf(stderr, "wrong: %s\n", what);
        __atomic_store_n(&has_failed, true, __ATOMIC_RELAXED);
    }
}

namespace {

constexpr unsigned seconds = 60; // a case that hangs ends then

bool run(void (*body)()) {
    const pid_t child = fork();
    if (child == 0) {
        alarm(seconds);
        enter_thread();
        body();
        std::exit(has_failed ? 1 : 0); // the sanitizer's status where it has reported
    }
    int status = 0;
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
           WEXITSTATUS(status) == 0;
}

struct Case {
    const char *name;
    void (*body)();
};

constexpr Case cases[] = {
    // native.races.mutex shows mutex_lets_one_in
    {"native.races.mutex", mutex},
    // native.races.mutex_slept_for shows mutex_lets_one_in
    {"native.races.mutex_slept_for", mutex_slept_for},
    // native.races.condition shows mutex_lets_one_in
    {"native.races.condition", [] { condition(4); }},
    // native.races.condition_of_two shows mutex_lets_one_in
    {"native.races.condition_of_two", [] { condition(2); }},
    // native.races.semaphore shows mutex_lets_one_in
    {"native.races.semaphore", semaphore},
    // native.races.once shows mutex_lets_one_in
    {"native.races.once", once},
    // native.races.grants shows granted_file_stays_while_in_use
    {"native.races.grants", grants},
    // native.races.grants_that_end shows granted_file_stays_while_in_use
    {"native.races.grants_that_end", grants_that_end},
    // native.races.keys shows key_allocator_is_one_threads
    {"native.races.keys", keys},
    // native.races.handlers shows handler_runs_in_the_monitor
    {"native.races.handlers", handlers},
};

} // namespace

} // namespace race

int main() {
    bool good = true;
    for (const race::Case &one : race::cases) {
        const bool passed = race::run(one.body);
        std::printf("%s %s\n", passed ? "passed" : "failed", one.name);
        std::fflush(stdout);
        good &= passed;
    }
    return good ? 0 : 1;
}
