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
/// own, at the end of its last use. A file that another number means, too, stays open. EBADF if
/// there is none.
base::Result<base::Done> close_granted(Domain domain, uint64_t number);

/// Takes all numbers from the domain, and closes the files that are its own. A file that another
/// number means, too, stays open: its descriptor would soon be another file's. A file in use is
/// closed, and its number free again, at the end of the last use.
void revoke_all(Domain domain);

/// Whether the domain holds fewer than it may.
bool may_hold_more(Domain domain);

/// Takes `number` from the domain; yields the file, which stays open and is the app's from now on.
/// EBADF if there is none. EBUSY while the file is in use: a granted call waits on it, as a signal
/// handler or another thread may see, or the app has a DescriptorUse.
base::Result<sys::Descriptor> revoke_descriptor(Domain domain, uint32_t number);

/// The file that a domain means by `number`, which it may have made up. EBADF if there is none. A
/// file that the domain has opened is closed when its life ends. A service that works on the file
/// has a DescriptorUse instead, because another thread may take the file back and close it as soon
/// as this has answered.
base::Result<sys::Descriptor> lookup_descriptor(Domain domain, uint64_t number);

/// The same for the time of a scope, in which the file is neither taken back nor closed:
///     const rt::DescriptorUse use(caller, number);
///     if (!use.file()) { return use.file().error(); }
class DescriptorUse {
public:
    constexpr DescriptorUse() = default; // of nothing, until `begin`
    DescriptorUse(Domain domain, uint64_t number) { begin(domain, number); }
    ~DescriptorUse();
    DescriptorUse(const DescriptorUse &) = delete;
    DescriptorUse &operator=(const DescriptorUse &) = delete;

    /// EBADF if there is none.
    base::Result<sys::Descriptor> file() const;

    /// For a use of nothing: from now on of this file, if there is one.
    void begin(Domain domain, uint64_t number);

private:
    uint64_t *grant_ = nullptr;
    sys::Descriptor file_{};
};

} // namespace rt::syscall
