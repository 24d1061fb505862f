/// The processors that this program may use, and pinning to one of them.
#include <sched.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "bench/alternative/row.h"
#include "bench/alternative/ticks.h"

namespace alternative {

namespace {

/// The processors at start: later calls would see the one to which the program is pinned.
const cpu_set_t &allowed() {
    static const cpu_set_t set = [] {
        cpu_set_t now;
        CPU_ZERO(&now);
        must(sched_getaffinity(0, sizeof now, &now) == 0, "sched_getaffinity");
        return now;
    }();
    return set;
}

} // namespace

void must(bool worked, const char *what) {
    if (!worked) {
        throw Broken{std::string{what} + ": " + std::strerror(errno)};
    }
}

unsigned home_processor() {
    for (unsigned processor = CPU_SETSIZE; processor-- > 0;) {
        if (CPU_ISSET(processor, &allowed())) {
            return processor;
        }
    }
    throw Broken{"sched_getaffinity: no processor at all"};
}

std::optional<unsigned> other_processor() {
    for (unsigned processor = 0; processor < home_processor(); ++processor) {
        if (CPU_ISSET(processor, &allowed())) {
            return processor;
        }
    }
    return {};
}

unsigned second_processor() {
    const auto other = other_processor();
    if (!other) {
        throw Skip{"needs a second processor"};
    }
    return *other;
}

OnBoth::OnBoth() {
    must(sched_getaffinity(0, sizeof before_, &before_) == 0, "sched_getaffinity");
    cpu_set_t both;
    CPU_ZERO(&both);
    CPU_SET(home_processor(), &both);
    CPU_SET(second_processor(), &both);
    must(sched_setaffinity(0, sizeof both, &both) == 0, "sched_setaffinity");
}

OnBoth::~OnBoth() {
    sched_setaffinity(0, sizeof before_, &before_);
}

std::string idle_states() {
    std::string text;
    for (int state = 0;; ++state) {
        std::ifstream file{"/sys/devices/system/cpu/cpu0/cpuidle/state" + std::to_string(state) +
                           "/name"};
        std::string name;
        if (!std::getline(file, name)) {
            return text.empty() ? "none" : text;
        }
        text += (text.empty() ? "" : ", ") + name;
    }
}

void pin(unsigned processor) {
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(processor, &one);
    must(sched_setaffinity(0, sizeof one, &one) == 0, "sched_setaffinity");
}

} // namespace alternative
