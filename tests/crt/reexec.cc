/// Executes this image again, with a command line and an environment of the test's choice.
#include "tests/crt/reexec.h"

#include <asm/unistd.h>
#include <linux/resource.h>

#include "rt/sys/call.h"
#include "rt/sys/process.h"

namespace reexec {

namespace {

// A child's body takes no argument.
constinit const char *const *words;
constinit const char *const *variables;

/// The kernel allows a quarter of the stack's limit for both arrays, and 6 MiB at most. [execve(2)]
void start_here() {
    const uint64_t unlimited[2] = {~uint64_t{0}, ~uint64_t{0}};
    rt::sys::call_raw(__NR_prlimit64, 0, RLIMIT_STACK, unlimited, 0);
    rt::sys::call_raw(__NR_dup2, 2, 1); // what its harness prints is no result of ours
    const long error = rt::sys::call_raw(__NR_execve, "/proc/self/exe", words, variables);
    rt::log("execve: {}", static_cast<rt::Errno>(-error));
    rt::sys::exit(99);
}

} // namespace

bool can_start() {
    if (rt::guarantees().system_calls == rt::Mediation::filter) {
        harness::skip("without dispatch the filter ends whatever this program executes");
        return false;
    }
    return true;
}

harness::ChildEnd start(const char *const *arguments, const char *const *environment) {
    words = arguments;
    variables = environment;
    return harness::in_child(start_here);
}

void expect_status(const harness::ChildEnd &end, int status, const char *file, int line) {
    if (!harness::expect(end.exit_status == status, "the started image ends as wanted", file,
                         line)) {
        rt::log("status {}, signal {}; it says: {}", end.exit_status, end.signal, end.text);
    }
}

const crt::Handoff &handoff(rt::Arguments arguments) {
    static_assert(sizeof arguments == sizeof(const crt::Handoff *));
    return *__builtin_bit_cast(const crt::Handoff *, arguments);
}

bool equal(const char *left, const char *right) {
    while (*left != '\0' && *left == *right) {
        ++left;
        ++right;
    }
    return *left == *right;
}

void require(bool good, const char *what) {
    if (!good) {
        rt::log("not so: {}", what);
        rt::sys::exit(1);
    }
}

} // namespace reexec
