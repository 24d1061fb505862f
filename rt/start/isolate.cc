/// What keeps domains apart in this run.
#include "rt/start/isolate.h"

#include "rt/base/options.h"
#include "rt/base/panic.h"
#include "rt/domain/table.h"
#include "rt/sys/log.h"
#include "rt/sys/process.h"

namespace rt::start {

namespace {

using key::Isolation;

/// A value of POSTERN_ISOLATION.
struct Value {
    const char *text;
    Isolation isolation;
};
constexpr Value values[] = {
    {"keys", Isolation::keys}, {"space", Isolation::spaces}, {"none", Isolation::none}};

bool is_equal(const char *one, const char *other) {
    while (*one != '\0' && *one == *other) {
        ++one;
        ++other;
    }
    return *one == *other;
}

/// Whether the app was built so that this may be asked for.
bool is_allowed(Isolation isolation) {
    switch (isolation) {
    case Isolation::keys:
        return true;
    case Isolation::spaces:
        return __option_requires_keys != 1;
    case Isolation::none:
        return __option_allows_no_isolation == 1;
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
    line.append("', and this program takes: ");
    const char *before = "";
    for (const Value &allowed : values) {
        if (is_allowed(allowed.isolation)) {
            line.append(before).append(allowed.text);
            before = ", ";
        }
    }
    line.append("; unset it");
    base::panic(line);
}

[[noreturn]] void refuse_word(Isolation isolation) {
    if (isolation == Isolation::spaces) {
        base::panic("POSTERN_ISOLATION=space, but this program was built with REQUIRES_KEYS "
                    "(postern_add_app): unset it, and run on a machine with protection keys");
    }
    base::panic("POSTERN_ISOLATION=none, but this program was built without "
                "ALLOW_NO_ISOLATION (postern_add_app): unset it");
}

Isolation wanted_by(const char *value) {
    for (const Value &known : values) {
        if (is_equal(known.text, value)) {
            if (!is_allowed(known.isolation)) {
                refuse_word(known.isolation);
            }
            return known.isolation;
        }
    }
    refuse_value(value);
}

/// Whether a run with keys lacks a guarantee that one of address spaces has: before Linux 6.12
/// domains reach signal frames (rt/KERNELS.md).
bool are_keys_weaker() {
    const auto release = sys::kernel_release();
    unsigned numbers[2] = {};
    const char *at = release.text;
    for (unsigned &number : numbers) {
        for (; *at >= '0' && *at <= '9'; ++at) {
            number = number * 10 + static_cast<unsigned>(*at - '0');
        }
        at += *at == '.' ? 1 : 0;
    }
    return numbers[0] < 6 || (numbers[0] == 6 && numbers[1] < 12);
}

/// Where the environment does not say.
Isolation best_of(const key::Processor &processor) {
    if (__option_requires_keys == 1) {
        return Isolation::keys;
    }
    const bool keys =
        processor.has_keys && !(__option_requires_all_guarantees == 1 && are_keys_weaker());
    return keys ? Isolation::keys : Isolation::spaces;
}

} // namespace

Isolation choose_isolation(const crt::Handoff &handoff, const key::Processor &processor) {
    const char *value = handoff.environment_value("POSTERN_ISOLATION");
    const Isolation wanted = value == nullptr ? best_of(processor) : wanted_by(value);
    if (wanted == Isolation::none && processor.has_keys) {
        base::panic("POSTERN_ISOLATION=none, but this machine has protection keys: unset it");
    }
    const char *refusal =
        wanted == Isolation::keys ? processor.refusal : processor.refusal_without_keys;
    if (refusal != nullptr) {
        base::panic(refusal);
    }
    if (wanted == Isolation::none) {
        sys::log(
            "postern: no isolation: this machine has no protection keys, and POSTERN_ISOLATION="
            "none was set: every domain reaches all memory, the monitor's too");
    }
    return wanted;
}

} // namespace rt::start
