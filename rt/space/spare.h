/// A process that waits for the next life of its domain, so that a restart costs no birth.
#pragma once

#include "rt/space/child.h"

namespace rt::space {

/// Ends the process of `domain`, if it has one, as `bury` does. From then on the domain has a
/// spare: a process with a mailbox of its own, which has not run any code of the domain. A domain
/// that is never restarted has none.
void replace(Domain domain);

/// Has the zygote make a spare of `domain`, if it has none, without waiting for it. Called when the
/// first call of a life has returned: the birth takes a moment of this core's time.
void keep_spare(Domain domain);

/// Has a process take the orders of `domain`, which has none: the spare if there is one that lives;
/// otherwise as `give_birth`. A spare has the rights to data domains that the domain has without
/// loans, and the mailbox says so.
base::Result<base::Done> revive(Domain domain, uint32_t view);

/// Ends all spares.
void bury_spares();

} // namespace rt::space
