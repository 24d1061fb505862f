/// All services, and the directives for them.
#include "apps/init/services.h"

namespace init {

bool Services::obey(const Checked &directive, uint64_t now) {
    if (directive.verb == Verb::off) {
        return true;
    }
    if (directive.verb == Verb::status) {
        for (size_t i = 0; i < count_; ++i) {
            services_[i].log_state();
        }
        rt::log("init: {} services", count_);
        return false;
    }
    if (directive.verb == Verb::keep || directive.verb == Verb::once) {
        declare(directive);
        return false;
    }
    Service *const service = find(directive.name);
    if (service == nullptr) {
        rt::log("init: {}: no such service", directive.name);
    } else if (directive.verb == Verb::start) {
        service->ask_start(now);
    } else {
        service->ask_stop();
    }
    return false;
}

void Services::declare(const Checked &directive) {
    if (find(directive.name) != nullptr) {
        rt::log("init: {}: there is a service of this name", directive.name);
    } else if (count_ == most) {
        rt::log("init: {}: more than {} services", directive.name, most);
    } else {
        services_[count_++].declare(directive);
    }
}

void Services::start_due(uint64_t now) {
    for (size_t i = 0; i < count_; ++i) {
        services_[i].start_if_due(now);
    }
}

void Services::collect(uint64_t now) {
    for (;;) {
        const auto ended = rt::sys::next_ended();
        if (!ended) {
            return;
        }
        Service *owner = nullptr;
        for (size_t i = 0; i < count_; ++i) {
            owner = services_[i].has_process(ended.value().process) ? &services_[i] : owner;
        }
        if (owner != nullptr) {
            owner->ended(ended.value(), now);
        } else {
            rt::log("init: orphan {} collected", static_cast<int>(ended.value().process));
        }
    }
}

bool Services::any_alive() const {
    for (size_t i = 0; i < count_; ++i) {
        if (services_[i].is_alive()) {
            return true;
        }
    }
    return false;
}

uint64_t Services::next_due() const {
    uint64_t next = ~uint64_t{0};
    for (size_t i = 0; i < count_; ++i) {
        const uint64_t due = services_[i].due();
        next = due < next ? due : next;
    }
    return next;
}

Service *Services::find(const char *name) {
    for (size_t i = 0; i < count_; ++i) {
        if (services_[i].is_named(name)) {
            return &services_[i];
        }
    }
    return nullptr;
}

} // namespace init
