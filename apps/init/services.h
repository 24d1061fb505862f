/// All services, and what lines of text do to them.
#pragma once

#include "apps/init/service.h"

namespace init {

class Services {
public:
    static constexpr size_t most = 16;

    /// Does what a checked directive says; whether init is asked to switch the machine off.
    bool obey(const Checked &directive, uint64_t now);

    void start_due(uint64_t now);
    /// Takes the ends of all processes that have ended: services, and strangers left to process 1.
    void collect(uint64_t now);

    /// Whether any is running or will.
    bool any_alive() const;
    /// When the next one wants to start; the end of time if none does.
    uint64_t next_due() const;

private:
    void declare(const Checked &directive);
    Service *find(const char *name);

    Service services_[most];
    size_t count_ = 0;
};

} // namespace init
