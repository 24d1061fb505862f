/// What crt hands to rt: looking things up in it.
#include "crt/handoff.h"

namespace crt {

const char *Handoff::environment_value(const char *name) const {
    for (const char *const *entry = environment; *entry != nullptr; ++entry) {
        const char *text = *entry;
        const char *wanted = name;
        while (*wanted != '\0' && *text == *wanted) {
            ++text;
            ++wanted;
        }
        if (*wanted == '\0' && *text == '=') {
            return text + 1;
        }
    }
    return nullptr;
}

} // namespace crt
