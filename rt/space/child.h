/// A child: a process with an address space of its own, in which one domain runs.
#pragma once

#include "linker/symbols.h"
#include "rt/base/fault.h"
#include "rt/base/region.h"
#include "rt/base/result.h"
#include "rt/key/pkru.h"
#include "rt/space/mailbox.h"
#include "rt/space/spins.h"
#include "rt/space/yields.h"
#include "rt/sys/child.h"
#include "rt/sys/memory.h"

namespace rt::space {

inline constexpr unsigned mailbox_words = sizeof(Orders::words) / sizeof(uint64_t);

/// Where every child has its mailbox, and the answers in it.
inline uintptr_t mailbox_in_child() {
    return reinterpret_cast<uintptr_t>(__mailbox_start);
}
inline uintptr_t answers_in_child() {
    return mailbox_in_child() + sizeof(Orders);
}

/// A process that takes orders, or the place for one. Its mailbox is at the same place as long as the
/// program lives; the process in it may be another one after each burial.
struct Child {
    Orders *orders;     // this program writes, the child reads
    Answers *answers;   // the child writes: each word is read once, and is a claim
    uint32_t ends_seen; // of the signalled ends, how many were another child's (turn.cc)
    Spins spins;        // of its turns
    Yields yields;      // of those on one core
    bool wants_spare;   // once the call that runs has returned (spare.h)
    bool is_used;       // a process has had the mailbox; until then its answers are zeros

    bool has_process() const { return orders->process != 0; }
};

/// Whether it sleeps, or is about to. If not, it sees an order without being woken.
inline bool is_asleep(const Child &child) {
    const volatile Answers &answers = *child.answers;
    return answers.sleeping != 0;
}

/// The child of `domain`, alive or not; and the second mailbox of the domain (spare.h).
Child &child_of(Domain domain);
Child &spare_of(Domain domain);

/// Makes a process for `domain`, which has none, with the rights to data domains that `view` has; it
/// waits for its first order. Errors: what the
/// kernel answered to the first step that failed; ESRCH if the zygote does not live.
base::Result<base::Done> give_birth(Domain domain, uint32_t view);

/// Its parts. `plan_birth` writes what the new process does before it waits for orders.
/// `finish_birth` waits until the process in the mailbox has done that; otherwise it buries it.
void plan_birth(Child &child, Domain domain, uint32_t view);
base::Result<base::Done> finish_birth(Child &child);

/// What `view` permits on the memory of `record`, of a data domain, and how it is mapped for that.
key::Rights rights_in(uint32_t view, const linker::RegionRecord &record);
sys::Protection protection_of(key::Rights rights);

/// The process in the mailbox.
inline sys::Process process_of(const Child &child) {
    return static_cast<sys::Process>(child.orders->process);
}

/// Ends the process of the mailbox, if it has one or is to get one, and waits until nothing of it
/// runs. The memory of its domain stays as it is.
void bury(Child &child);

/// Whether the process has ended. A fork of this program cannot see it, and says no.
bool has_ended(const Child &child);

} // namespace rt::space
