/// The command line and the environment of the program.
#pragma once

#include "crt/handoff.h"

namespace rt::start {

/// Command line and environment, in monitor memory that no domain reads; read-only.
class Arguments {
public:
    explicit Arguments(const crt::Handoff &handoff) : handoff_(&handoff) {}

    /// Number of words on the command line, the program's name included.
    int count() const { return handoff_->argument_count; }
    /// Word `index`, null-terminated; null where there is none.
    const char *operator[](int index) const {
        return index >= 0 && index < count() ? handoff_->arguments[index] : nullptr;
    }
    /// The value of environment variable `name`, or null.
    const char *environment(const char *name) const { return handoff_->environment_value(name); }

private:
    const crt::Handoff *handoff_;
};

} // namespace rt::start
