/// The runtime's files that threads share, as they are, on real threads under the thread sanitizer.
#pragma once

#include <cstdint>
#include <functional>
#include <thread>
#include <vector>

namespace race {

/// Points gs of this thread at thread words of its own, as start does in an image.
void enter_thread();

/// Whether the signal handler of this thread's words runs.
void set_handling(bool is_handling);

/// Runs `work` on `count` threads at once, with the number of each, and waits for their ends.
void on_threads(unsigned count, const std::function<void(unsigned)> &work);

/// Says what is wrong, and fails the case, unless `good`.
void check(bool good, const char *what);

/// A descriptor of the fakes' own, open; and whether it is open still.
int open_file();
bool is_open(int file);

/// What a file holds, which its users read while they use it. Whoever closes it writes there, so
/// the sanitizer reports a use that is not over.
int &contents(int file);

// The cases.
void mutex();
void mutex_slept_for();
void condition(unsigned count);
void semaphore();
void once();
void grants();
void grants_that_end();
void keys();
void handlers();

} // namespace race
