/// Protection keys for the app's own memory: the functions of pkeys(7), typed.
#pragma once

#include "rt/base/line.h"
#include "rt/base/region.h"
#include "rt/base/result.h"
#include "rt/key/pkru.h"
#include "rt/sys/memory.h"

// Start-up has taken all keys. The key allocator (rt/domain/key_allocator.h) hands out here those
// that no domain has. No domain's view ever opens one. Their rights are those of the current view,
// and several can be open at once. They hold on this thread until the next call into a domain,
// fault, checked access or window: each of those has a view of its own and ends with the monitor's
// view, in which these keys are all closed. In pkeys(7), too, a handler starts with rights of its
// own. So no checked copy fills or reads memory under such a key: copy by way of other memory of
// the monitor's.
//
// Threads may call these at once: allocating, freeing, tagging and unmapping have one mutex. So a
// signal handler that does one of these ends the program with a line; it may set and get rights.
namespace rt::uaccess {

/// The lowest free key, with `rights` as pkey_set would give them, in the manual's numbers: 0 open,
/// 1 PKEY_DISABLE_ACCESS, 2 PKEY_DISABLE_WRITE. EINVAL for flags and for other rights. EBUSY as for
/// pkey_set. ENOSPC if no key is left (rt::KeyHolders prints who has them). [pkey_alloc(2)]
base::Result<key::Pkey> pkey_alloc(uint32_t flags, uint32_t rights);

/// Why a key was not taken back.
struct NotFreed {
    key::Pkey key;
    base::Errno error;
    uintptr_t address; // EBUSY: the first page that still has the key
};
void append_to(base::Line &line, const NotFreed &reason);

/// Closes `key` and takes it back. It refuses a key with pages left under it, which the kernel's
/// own call would take: the next owner of the key would have those pages too. EINVAL for a key that
/// was not handed out; EBUSY if /proc/self/smaps shows it on a page; the errno of /proc if that
/// cannot be read. [pkey_free(2)]
base::Result<base::Done, NotFreed> pkey_free(key::Pkey key);

/// Sets protection and key of the app's memory, all of which must be mapped. EINVAL for a key that
/// was not handed out and is not 0. EPERM for memory of the image and its regions. EPERM for making
/// memory executable, because its bytes have not been verified. ENOMEM if the key allocator is
/// full. [pkey_mprotect(2)]
base::Result<base::Done> pkey_mprotect(base::Region region, sys::Protection protection,
                                       key::Pkey key);

/// Unmaps the app's memory; EPERM as above. [munmap(2)]
base::Result<base::Done> munmap(base::Region region);

/// Gives this thread `rights` on the pages of `key`; other keys stay as they are. EINVAL for a key
/// that was not handed out. EBUSY for opening one in a window, which must open one domain's key and
/// nothing else.
base::Result<base::Done> pkey_set(key::Pkey key, key::Rights rights);

/// This thread's rights on the pages of `key`, whether the app has that key or not.
key::Rights pkey_get(key::Pkey key);

} // namespace rt::uaccess
