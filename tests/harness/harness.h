/// The test harness: cases collected by the linker, expectations that say where and what.
#pragma once

#include "rt/rt.h"
#if __has_include("postern/claims.inc") // an installed package has no claims
#include "tests/harness/claims.h"
#endif

namespace harness {

/// One test case; POSTERN_TEST makes them, the linker collects them.
struct Case {
    const char *name; // kind.subject.behaviour
    void (*run)();
    const char *needs_keys; // why it is skipped where there are no protection keys; nullptr: it runs
};

/// The tag of a case that can only hold with protection keys.
struct NeedsKeys {
    const char *reason;
};

/// What the tags of a test say: the reason of NEEDS_KEYS, if they have it. A wrong id in one does not compile.
template <class... Tags>
consteval const char *read_tags(Tags... tags) {
    const char *reason = nullptr;
    const auto read = [&reason](auto tag) {
        if constexpr (__is_same(decltype(tag), NeedsKeys)) {
            reason = tag.reason;
        }
    };
    (read(tags), ...);
    return reason;
}

/// Records a failure of the running case unless `good`; the case goes on. Returns `good`.
bool expect(bool good, const char *what, const char *file, int line);

/// The same for two numbers, both printed when they differ.
bool expect_equal(uint64_t seen, uint64_t wanted, const char *what, const char *file, int line);

/// Whether a Result is this error.
bool failed_with(const auto &result, rt::Errno error) {
    return !result && result.error() == error;
}

/// Marks the running case as skipped; the case should return at once.
void skip(const char *reason);

/// `count` divided by the one variable that scales all loops: POSTERN_SCALE, or 100 in the
/// emulator. At least 1.
uint64_t scaled(uint64_t count);

/// The decimal number that a text begins with; 0 without one.
uint64_t number_in(const char *text);

/// A version that a text begins with, as one number: 6.12 is 6012.
uint64_t version_in(const char *text);

/// Whether this kernel writes signal frames with all keys open: from 6.12 on. Before, each test
/// that forces the strategy of such kernels (POSTERN_FRAME) would be run twice, and is skipped.
/// [linux signal.c v6.12]
bool kernel_opens_all_keys();

/// Whether each domain has an address space of its own in this run.
bool in_spaces();

/// The expected fault: everything that does not depend on register contents. `code` and `key` are
/// those with protection keys. Where domains have address spaces, no page has a key: the code of a
/// refused access is then that of a page which is not there or closed, SEGV_MAPERR or SEGV_ACCERR.
struct WantedFault {
    rt::FaultKind kind;
    Domain domain;
    int signal;
    int code;
    uint64_t address;
    int key = -1; // -1: no protection key was involved
};

/// The key of the domain's pages, for a WantedFault; -1 if it has an address space of its own on every
/// machine, and no key.
constexpr int key_number(Domain domain) {
    return rt::key::is_own(domain) ? -1 : static_cast<int>(rt::key::key_of(domain).raw());
}

/// Compares the whole fault, part by part.
bool expect_fault(const rt::Fault &seen, const WantedFault &wanted, const char *file, int line);

/// How a child process ended, and the beginning of what it wrote on standard error.
struct ChildEnd {
    int exit_status; // -1 when a signal ended it
    int signal;      // 0 when it exited
    char text[1024]; // null-terminated

    bool says(const char *part) const;
};

/// Runs `body` in a forked child, whose system calls are not dispatched any more, and waits for its
/// end. For what must end the program: a panic, a wrong use.
ChildEnd in_child(void (*body)());

/// The words of the command line after the program's name.
rt::Arguments arguments();

} // namespace harness

#define EXPECT(condition) harness::expect((condition), #condition, __FILE__, __LINE__)
#define EXPECT_EQUAL(seen, wanted)                                                                 \
    harness::expect_equal(static_cast<uint64_t>(seen), static_cast<uint64_t>(wanted), #seen,       \
                          __FILE__, __LINE__)
#define EXPECT_FAULT(seen, ...)                                                                    \
    harness::expect_fault((seen), harness::WantedFault{__VA_ARGS__}, __FILE__, __LINE__)

#define NEEDS_KEYS(reason)                                                                         \
    harness::NeedsKeys {                                                                           \
        reason                                                                                     \
    }

#define POSTERN_TEST_PASTE(a, b) a##b
#define POSTERN_TEST_NAMED(number, name, ...)                                                      \
    static void POSTERN_TEST_PASTE(test_body_, number)();                                          \
    [[gnu::section(".postern.tests"),                                                              \
      gnu::used]] static constexpr harness::Case POSTERN_TEST_PASTE(test_case_, number){           \
        name, &POSTERN_TEST_PASTE(test_body_, number), harness::read_tags(__VA_ARGS__)};           \
    static void POSTERN_TEST_PASTE(test_body_, number)()

/// POSTERN_TEST("kind.subject.behaviour") { ... }
/// Tags may follow the name: SHOWS(claim, ...), TRIES(attack, ...), ids of tests/claims.tsv, and
/// NEEDS_KEYS("reason").
#define POSTERN_TEST(...) POSTERN_TEST_NAMED(__COUNTER__, __VA_ARGS__)
