/// The log of domains: lines on standard error, within a budget of each.
#pragma once

#include "rt/base/fault.h"
#include "rt/entry/service.h"

namespace rt::entry {

/// The handler of log_service.
///
/// A domain's budget is the LOG_BYTES_PER_SECOND of postern_add_domain: prefixes and newlines
/// count. It may log that many bytes at once, and as many again once they are used up and a second
/// has passed. The last line that begins within the budget is printed; its bytes beyond the budget
/// count against the next second. Of a line that standard error took in part, only that part
/// counts. A line that is dropped, because the budget is used up or standard error has no room, is
/// counted. The count is reported before the next line of the domain or of the app: "postern: lines
/// of greeter dropped: 12".
void handle_log(Domain caller, uaccess::Claimed text, size_t bytes);

/// Reports at the program's end what is not reported yet, whatever the budget.
void log_last_losses();

} // namespace rt::entry
