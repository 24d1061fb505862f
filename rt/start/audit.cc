/// The audit at start.
#include "rt/start/audit.h"

#include "rt/domain/audit.h"
#include "rt/key/isolation.h"
#include "rt/sys/log.h"
#include "rt/sys/process.h"

namespace rt::start {

namespace {

void print(const domain::Deviation &deviation) {
    sys::log("postern: {}", deviation);
}

} // namespace

void audit_where_wanted(const Arguments &arguments) {
    const char *wanted = arguments.environment("POSTERN_AUDIT");
    if (wanted == nullptr || wanted[0] != '1' || wanted[1] != '\0') {
        return;
    }
    const auto mappings = domain::audit_keys(print);
    if (!mappings) {
        sys::exit(70); // as a panic
    }
    sys::log("postern: audit: {} mappings, all {} as the tables say", mappings.value(),
             key::isolation() == key::Isolation::spaces ? "of a run of address spaces" : "keys");
}

} // namespace rt::start
