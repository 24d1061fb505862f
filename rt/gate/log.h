/// The log of domains: lines on standard error, within a budget of each.
#pragma once

#include "rt/base/fault.h"
#include "rt/gate/service.h"

namespace rt::gate {

/// What a domain asks for by log_service.
///
/// A domain's budget is the LOG_BYTES_PER_SECOND of postern_add_domain: prefixes and newlines
/// count. So many bytes at once, and so many again once they are used up and a second has passed.
/// The last line that begins within it is printed; its bytes beyond it count against the next
/// second. Of a line that standard error did not take whole, the bytes that it took count. What is
/// not printed, for want of budget or of room on standard error, is counted, and told before the
/// next line of the domain's or of the app's: "postern: lines of greeter dropped: 12".
void handle_log(Domain caller, uaccess::Claimed text, size_t bytes);

/// Tells at the program's end what is not yet told, budget or not.
void log_last_losses();

} // namespace rt::gate
