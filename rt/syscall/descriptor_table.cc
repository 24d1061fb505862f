/// Descriptors of a domain.
#include "rt/syscall/descriptor_table.h"

#include "rt/key/domain.h"

namespace rt::syscall {

using base::Errno;
using base::Result;
using sys::Descriptor;

namespace {

/// In monitor memory; a free place holds 0, any other one more than the kernel's number.
constinit int grants[key::domain_places][most_descriptors] = {};

int (&grants_of(Domain domain))[most_descriptors] {
    return grants[key::index_of(domain)];
}

Result<uint32_t> free_number(Domain domain) {
    const auto &held = grants_of(domain);
    for (uint32_t number = 0; number < most_descriptors; ++number) {
        if (held[number] == 0) {
            return number;
        }
    }
    return Errno::too_many_files;
}

} // namespace

Result<uint32_t> grant_descriptor(Domain domain, Descriptor file) {
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

Result<Descriptor> revoke_descriptor(Domain domain, uint32_t number) {
    const auto file = lookup_descriptor(domain, number);
    if (file) {
        grants_of(domain)[number] = 0;
    }
    return file;
}

Result<Descriptor> lookup_descriptor(Domain domain, uint64_t number) {
    if (number >= most_descriptors || grants_of(domain)[number] == 0) {
        return Errno::bad_descriptor;
    }
    return static_cast<Descriptor>(grants_of(domain)[number] - 1);
}

} // namespace rt::syscall
