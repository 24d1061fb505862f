/// Descriptors of a domain: numbers of its own for files that the app has given it.
#pragma once

#include <stdint.h>

#include "rt/base/fault.h"
#include "rt/base/result.h"
#include "rt/sys/file.h"

namespace rt::syscall {

/// How many a domain may hold at a time.
inline constexpr uint32_t most_descriptors = 16;

/// Gives `domain` the use of an open file, under the lowest number that is free in this domain. The
/// number means nothing to the kernel or to another domain. The file stays the app's, which must
/// not close it before it has taken it back. EBADF if it is not open, EMFILE if the domain holds as
/// many as it may.
base::Result<uint32_t> grant_descriptor(Domain domain, sys::Descriptor file);

/// The same for a file that was opened for the domain, which is the domain's: it is closed when the
/// domain is restarted.
base::Result<uint32_t> grant_opened(Domain domain, sys::Descriptor file);

/// Takes `number` from the domain, which asks for it, and closes the file if it is the domain's
/// own. A file that another number means, too, stays open. EBADF if there is none.
base::Result<base::Done> close_granted(Domain domain, uint64_t number);

/// Takes all numbers from the domain, and closes the files that are its own. A file that another
/// number means, too, stays open: its descriptor would soon be another file's.
void revoke_all(Domain domain);

/// Whether the domain holds fewer than it may.
bool may_hold_more(Domain domain);

/// Takes `number` from the domain; yields the file, which stays open and is the app's from now on.
/// EBADF if there is none.
base::Result<sys::Descriptor> revoke_descriptor(Domain domain, uint32_t number);

/// The file that a domain means by `number`, which it may have made up. EBADF if there is none. A
/// file that the domain has opened is closed when its life ends.
base::Result<sys::Descriptor> lookup_descriptor(Domain domain, uint64_t number);

} // namespace rt::syscall
