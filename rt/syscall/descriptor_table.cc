/// Descriptors of a domain.
#include "rt/syscall/descriptor_table.h"

#include "rt/key/domain.h"

namespace rt::syscall {

using base::Done;
using base::Errno;
using base::Result;
using sys::Descriptor;

namespace {

/// What a domain holds under one of its numbers, in monitor memory.
struct Grant {
    bool given;
    bool opened; // for the domain, whose own the file is
    Descriptor file;
};
constinit Grant grants[key::domain_places][most_descriptors] = {};

Grant (&grants_of(Domain domain))[most_descriptors] {
    return grants[key::index_of(domain)];
}

/// Whether another number, of this domain or of another one, means the same file.
bool is_shared(const Grant &grant) {
    bool is_held = false;
    for (const auto &held : grants) {
        for (const Grant &other : held) {
            is_held |= &other != &grant && other.given && other.file == grant.file;
        }
    }
    return is_held;
}

Result<uint32_t> free_number(Domain domain) {
    const auto &held = grants_of(domain);
    for (uint32_t number = 0; number < most_descriptors; ++number) {
        if (!held[number].given) {
            return number;
        }
    }
    return Errno::too_many_files;
}

Result<uint32_t> grant(Domain domain, Grant grant) {
    const auto number = free_number(domain);
    if (number) {
        grants_of(domain)[number.value()] = grant;
    }
    return number;
}

void end(Grant &grant) {
    if (grant.given && grant.opened && !is_shared(grant)) {
        static_cast<void>(sys::close(grant.file));
    }
    grant = {};
}

} // namespace

Result<uint32_t> grant_descriptor(Domain domain, Descriptor file) {
    if (!sys::is_open(file)) {
        return Errno::bad_descriptor;
    }
    return grant(domain, {.given = true, .opened = false, .file = file});
}

Result<uint32_t> grant_opened(Domain domain, Descriptor file) {
    return grant(domain, {.given = true, .opened = true, .file = file});
}

Result<Done> close_granted(Domain domain, uint64_t number) {
    const auto file = lookup_descriptor(domain, number);
    if (!file) {
        return file.error();
    }
    end(grants_of(domain)[number]);
    return Done{};
}

void revoke_all(Domain domain) {
    for (Grant &grant : grants_of(domain)) {
        end(grant);
    }
}

bool may_hold_more(Domain domain) {
    return bool(free_number(domain));
}

Result<Descriptor> revoke_descriptor(Domain domain, uint32_t number) {
    const auto file = lookup_descriptor(domain, number);
    if (file) {
        grants_of(domain)[number] = {};
    }
    return file;
}

Result<Descriptor> lookup_descriptor(Domain domain, uint64_t number) {
    if (number >= most_descriptors || !grants_of(domain)[number].given) {
        return Errno::bad_descriptor;
    }
    return grants_of(domain)[number].file;
}

} // namespace rt::syscall
