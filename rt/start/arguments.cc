/// What the program was started with.
#include "rt/start/arguments.h"

namespace rt::start {

const char *Arguments::environment(const char *name) const {
    for (const char *const *entry = handoff_->environment; *entry != nullptr; ++entry) {
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

} // namespace rt::start
