/// A restart in a forked child that has its parent's number: each is process 1 of a namespace.
#include <asm/unistd.h>
#include <linux/sched.h>

#include "rt/sys/call.h"
#include "rt/sys/pagemap.h"
#include "rt/sys/process.h"
#include "tests/harness/harness.h"
#include "tests/rt/life/memory.h"

namespace {

constexpr long sigchld = 17;

/// Runs `body` in process 1 of a new namespace, and returns its exit status; 4 for a signal.
/// [clone(2)]
template <class Body>
int as_process_1(Body body) {
    const long child = rt::sys::call_raw(__NR_clone, CLONE_NEWPID | sigchld);
    if (child == 0) {
        rt::sys::exit(rt::sys::getpid() == 1 ? body() : 2);
    }
    int status = -1;
    rt::sys::call_raw(__NR_wait4, child, &status);
    return (status & 0x7f) == 0 ? status >> 8 : 4;
}

/// Changes every second page of carol's heap, and restarts her.
int restart_carol() {
    const auto &heap = memory::heap_of(Domain::carol);
    for (uint64_t at = heap.begin; at < heap.end; at += 2 * POSTERN_PAGE) {
        static_cast<void>(rt::put_user(Domain::carol, rt::Claimed::from_raw(at), uint8_t{0x77}));
    }
    const bool good = rt::restart(Domain::carol) && memory::changed(Domain::carol) == 0;
    return good ? 0 : 1;
}

} // namespace

// The parent's pages are not the child's: the parent has touched none of carol's heap.
POSTERN_TEST("run.restart.in_a_namespace_of_processes", SHOWS(restart_is_pristine)) {
    EXPECT_EQUAL(as_process_1([] {
                     if (!rt::sys::open_pagemap()) {
                         return 3;
                     }
                     return as_process_1(restart_carol);
                 }),
                 0);
}
