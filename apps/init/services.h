/// All services, and the directives for them.
#pragma once

#include "apps/init/service.h"

namespace init {

class Services {
public:
    static constexpr size_t most = 16;

    /// Obeys a checked directive. Returns whether it asks to switch the machine off.
    bool obey(const Checked &directive, uint64_t now);

    void start_due(uint64_t now);
    /// Collects all ended processes: services, and orphans that process 1 inherits.
    void collect(uint64_t now);

    /// Whether any service runs or will start again.
    bool any_alive() const;
    /// The time of the next start; the greatest time if there is none.
    uint64_t next_due() const;

private:
    void declare(const Checked &directive);
    Service *find(const char *name);

    Service services_[most];
    size_t count_ = 0;
};

} // namespace init
