/// Descriptors of a domain.
#include "rt/syscall/descriptor_table.h"

#include "rt/key/domain.h"

namespace rt::syscall {

using base::Done;
using base::Errno;
using base::Result;
using sys::Descriptor;

namespace {

// What a domain holds under one of its numbers is one word, so that threads and signal handlers
// change all of it at once. 0 is a number that is free.
constexpr uint64_t one_use = 1;
constexpr uint64_t all_uses = 0xffffffff;
constexpr uint64_t opened = uint64_t{1} << 32; // for the domain, whose own the file is
constexpr uint64_t ending = uint64_t{1}
                            << 33;  // taken from the domain; the last use frees the number
constexpr unsigned file_shift = 34; // from there on the descriptor, plus 1

constinit uint64_t grants[key::domain_places][most_descriptors] = {};

uint64_t (&grants_of(Domain domain))[most_descriptors] {
    return grants[key::index_of(domain)];
}

uint64_t word_of(Descriptor file) {
    return (static_cast<uint64_t>(file) + 1) << file_shift;
}

Descriptor file_of(uint64_t word) {
    return static_cast<Descriptor>((word >> file_shift) - 1);
}

uint64_t load(const uint64_t &grant) {
    return __atomic_load_n(&grant, __ATOMIC_ACQUIRE);
}

/// Puts `next` in the place of `seen`, which becomes what is there if it is another word.
bool replace(uint64_t &grant, uint64_t &seen, uint64_t next) {
    return __atomic_compare_exchange_n(&grant, &seen, next, false, __ATOMIC_ACQ_REL,
                                       __ATOMIC_ACQUIRE);
}

bool is_held(uint64_t word) {
    return word != 0 && (word & ending) == 0;
}

/// Whether a number, of any domain, means this file.
bool is_granted(Descriptor file) {
    bool is_found = false;
    for (const auto &held : grants) {
        for (const uint64_t &grant : held) {
            const uint64_t word = load(grant);
            is_found |= word != 0 && file_of(word) == file;
        }
    }
    return is_found;
}

Result<uint32_t> grant(Domain domain, uint64_t word) {
    auto &held = grants_of(domain);
    for (uint32_t number = 0; number < most_descriptors; ++number) {
        uint64_t free = 0;
        if (replace(held[number], free, word)) {
            return number;
        }
    }
    return Errno::too_many_files;
}

/// Frees a number that is ending and that has no use. Its file is closed after that: while it is
/// open, its descriptor is no other file's.
void end(uint64_t &grant, uint64_t word) {
    __atomic_store_n(&grant, 0, __ATOMIC_RELEASE);
    if ((word & opened) != 0 && !is_granted(file_of(word))) {
        static_cast<void>(sys::close(file_of(word)));
    }
}

/// Takes a number from its domain: it ends now, or with its last use. False if it is not held.
bool take(uint64_t &grant) {
    uint64_t word = load(grant);
    do {
        if (!is_held(word)) {
            return false;
        }
    } while (!replace(grant, word, word | ending));
    if ((word & all_uses) == 0) {
        end(grant, word);
    }
    return true;
}

} // namespace

Result<uint32_t> grant_descriptor(Domain domain, Descriptor file) {
    if (!sys::is_open(file)) {
        return Errno::bad_descriptor;
    }
    return grant(domain, word_of(file));
}

Result<uint32_t> grant_opened(Domain domain, Descriptor file) {
    return grant(domain, word_of(file) | opened);
}

Result<Done> close_granted(Domain domain, uint64_t number) {
    if (number >= most_descriptors || !take(grants_of(domain)[number])) {
        return Errno::bad_descriptor;
    }
    return Done{};
}

void revoke_all(Domain domain) {
    for (uint64_t &grant : grants_of(domain)) {
        take(grant);
    }
}

bool may_hold_more(Domain domain) {
    bool is_free = false;
    for (const uint64_t &grant : grants_of(domain)) {
        is_free |= load(grant) == 0;
    }
    return is_free;
}

Result<Descriptor> revoke_descriptor(Domain domain, uint32_t number) {
    if (number >= most_descriptors) {
        return Errno::bad_descriptor;
    }
    uint64_t &grant = grants_of(domain)[number];
    uint64_t word = load(grant);
    do {
        if (!is_held(word)) {
            return Errno::bad_descriptor;
        }
        if ((word & all_uses) != 0) {
            return Errno::busy;
        }
    } while (!replace(grant, word, 0));
    return file_of(word);
}

Result<Descriptor> lookup_descriptor(Domain domain, uint64_t number) {
    const DescriptorUse use(domain, number);
    return use.file();
}

void DescriptorUse::begin(Domain domain, uint64_t number) {
    if (number >= most_descriptors) {
        return;
    }
    uint64_t &grant = grants_of(domain)[number];
    uint64_t word = load(grant);
    while (is_held(word) && grant_ == nullptr) {
        grant_ = replace(grant, word, word + one_use) ? &grant : nullptr;
    }
    file_ = file_of(word);
}

DescriptorUse::~DescriptorUse() {
    if (grant_ == nullptr) {
        return;
    }
    const uint64_t word = __atomic_sub_fetch(grant_, one_use, __ATOMIC_ACQ_REL);
    if ((word & ending) != 0 && (word & all_uses) == 0) {
        end(*grant_, word);
    }
}

Result<Descriptor> DescriptorUse::file() const {
    if (grant_ == nullptr) {
        return Errno::bad_descriptor;
    }
    return file_;
}

} // namespace rt::syscall
