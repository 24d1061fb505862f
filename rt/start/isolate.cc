/// What keeps domains apart in this run.
#include "rt/start/isolate.h"

#include "rt/base/options.h"
#include "rt/base/panic.h"
#include "rt/sys/log.h"

namespace rt::start {

namespace {

bool is_none(const char *value) {
    static const char none[] = "none";
    size_t same = 0;
    while (same < sizeof none && value[same] == none[same]) {
        if (none[same++] == '\0') {
            return true;
        }
    }
    return false;
}

/// The value is not trusted: it is escaped, and cut where the line is full.
[[noreturn]] void refuse_value(const char *value) {
    size_t length = 0;
    while (value[length] != '\0' && length < 64) {
        ++length;
    }
    base::Line line;
    line.append("POSTERN_ISOLATION is '").append_escaped(value, length);
    line.append("': its only value is none, which means no isolation; unset it");
    base::panic(line);
}

key::Isolation refuse_or(const char *refusal, key::Isolation isolation) {
    if (refusal != nullptr) {
        base::panic(refusal);
    }
    return isolation;
}

} // namespace

key::Isolation choose_isolation(const crt::Handoff &handoff, const key::Processor &processor) {
    const char *wanted = handoff.environment_value("POSTERN_ISOLATION");
    if (wanted == nullptr) {
        return refuse_or(processor.refusal, key::Isolation::keys);
    }
    if (!is_none(wanted)) {
        refuse_value(wanted);
    }
    if (__option_allows_no_isolation != 1) {
        base::panic("POSTERN_ISOLATION=none, but this program was built without "
                    "ALLOW_NO_ISOLATION (postern_add_app): unset it, and run on a machine with "
                    "protection keys");
    }
    if (processor.has_keys) {
        base::panic("POSTERN_ISOLATION=none, but this machine has protection keys: unset it");
    }
    refuse_or(processor.refusal_without_keys, key::Isolation::none);
    sys::log("postern: no isolation: this machine has no protection keys, and POSTERN_ISOLATION="
             "none was set: every domain reaches all memory, the monitor's too");
    return key::Isolation::none;
}

} // namespace rt::start
