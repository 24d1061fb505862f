/// From a line of text to a directive that was checked.
#pragma once

#include "apps/init/directive.h"
#include "rt/rt.h"

namespace init {

/// A directive in the app's own memory, completely checked. After its end a name is all zeros. A
/// command is `words` words, each with a NUL at its end; its first word begins with a slash.
struct Checked {
    Verb verb;
    char name[longest_name + 1];
    char command[longest_line + 1];
    size_t words;
};

/// The reason why there is no directive; null for a line without one (empty, a comment).
struct Refusal {
    const char *reason;
};

/// Has the parser parse a line of `bytes` bytes, at most longest_line, and checks its result. The
/// Checked is valid until the next line. A fault of the parser is logged.
rt::Result<const Checked *, Refusal> read_directive(const char *text, size_t bytes,
                                                    bool planted_bug);

} // namespace init
