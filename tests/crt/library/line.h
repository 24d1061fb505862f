/// The line of a fault.
#pragma once

#include "tests/harness/harness.h"

inline bool begins_with(const char *text, const char *beginning) {
    while (*beginning != '\0' && *text == *beginning) {
        ++text;
        ++beginning;
    }
    return *beginning == '\0';
}

inline bool contains(const char *text, const char *part) {
    while (*text != '\0' && !begins_with(text, part)) {
        ++text;
    }
    return begins_with(text, part);
}

/// A call has ended as a Fault of that kind, whose line begins with `line` and contains `part`.
template <class Call>
void expect_line(const Call &call, rt::FaultKind kind, const char *line, const char *part = "") {
    if (!EXPECT(!call)) {
        return;
    }
    rt::base::Line seen;
    append_to(seen, call.fault());
    seen.append('\0');
    if (!EXPECT(call.fault().kind == kind && begins_with(seen.text(), line) &&
                contains(seen.text(), part))) {
        rt::log("kind {}, line: {}", static_cast<int>(call.fault().kind), seen.text());
    }
}
