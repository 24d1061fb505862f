/// Descriptors of a domain.
#include "rt/policy/grants.h"

#include "rt/key/domain.h"

namespace rt::policy {

using base::Errno;
using base::Result;
using sys::Descriptor;

namespace {

/// In monitor memory; a free place holds 0, any other one more than the kernel's number.
constinit int grants[key::domain_places][most_grants] = {};

int (&grants_of(Domain domain))[most_grants] {
    return grants[key::index_of(domain)];
}

Result<uint32_t> free_number(Domain domain) {
    const auto &held = grants_of(domain);
    for (uint32_t number = 0; number < most_grants; ++number) {
        if (held[number] == 0) {
            return number;
        }
    }
    return Errno::too_many_files;
}

} // namespace

Result<uint32_t> give(Domain domain, Descriptor file) {
    if (!sys::is_open(file)) {
        return Errno::bad_descriptor;
    }
    const auto number = free_number(domain);
    if (number) {
        grants_of(domain)[number.value()] = static_cast<int>(file) + 1;
    }
    return number;
}

bool may_hold_more(Domain domain) {
    return bool(free_number(domain));
}

Result<Descriptor> take_back(Domain domain, uint32_t number) {
    const auto file = given(domain, number);
    if (file) {
        grants_of(domain)[number] = 0;
    }
    return file;
}

Result<Descriptor> given(Domain domain, uint64_t number) {
    if (number >= most_grants || grants_of(domain)[number] == 0) {
        return Errno::bad_descriptor;
    }
    return static_cast<Descriptor>(grants_of(domain)[number] - 1);
}

} // namespace rt::policy
