/// Giving every region its key.
#include "rt/domain/tag.h"

#include "linker/symbols.h"
#include "rt/base/panic.h"
#include "rt/domain/alias.h"
#include "rt/domain/table.h"
#include "rt/key/isolation.h"
#include "rt/key/view.h"
#include "rt/sys/memory.h"

namespace rt::domain {

using base::must;
using base::Region;
using key::Pkey;
using sys::Protection;

namespace {

POSTERN_SETTLED Pkey alternate = key::shared_key;
POSTERN_SETTLED Region arguments;
POSTERN_SETTLED Protection settled_now = Protection::read_write;
POSTERN_SETTLED Region outside[most_outside] = {};
POSTERN_SETTLED size_t outside_count = 0;

void tag(Region region, Protection protection, Pkey key, const char *what) {
    // A kernel without keys need not have pkey_mprotect.
    must(key::has_keys() ? sys::pkey_mprotect(region, protection, static_cast<int>(key.raw()))
                         : sys::protect(region, protection),
         what);
}

void tag_record(const linker::RegionRecord &record, const crt::Handoff &handoff) {
    if (is_shared(record)) {
        return;
    }
    const Region region = region_of(record);
    const Pkey key = Pkey::from_raw(record.number);
    switch (record.kind) {
    case linker::Kind::monitor:
    case linker::Kind::monitor_stack:
        tag(region, Protection::read_write, key, "tagging the monitor's memory");
        break;
    case linker::Kind::arguments:
        arguments = Region::from_raw(record.begin, handoff.arguments_end);
        tag(arguments, Protection::read, key, "tagging the arguments");
        break;
    case linker::Kind::arena:
        for (uintptr_t slot = record.begin; slot != record.end; slot += POSTERN_SLOT_SIZE) {
            const uintptr_t page = slot + POSTERN_SLOT_PRIVATE;
            tag(Region::from_raw(page, page + POSTERN_PAGE), Protection::read_write, key,
                "tagging a thread's private page");
            tag(Region::from_raw(slot + POSTERN_SLOT_HANDLER, slot + POSTERN_SLOT_HANDLER_END),
                Protection::read_write, key, "tagging the stack of a thread's signal handlers");
        }
        break;
    case linker::Kind::domain:
    case linker::Kind::domain_stack:
    case linker::Kind::data_domain:
        tag(region, Protection::read_write, key, "tagging a domain's memory");
        break;
    case linker::Kind::domain_heap:
        tag(region, Protection::read_write, key,
            "tagging a domain's heap (HEAP in postern_add_domain; if vm.overcommit_memory is 2, "
            "the kernel counts all of it as used)");
        break;
    }
}

uintptr_t begin_of_slot(unsigned index) {
    return reinterpret_cast<uintptr_t>(__arena_start) + uintptr_t{index} * POSTERN_SLOT_SIZE;
}

} // namespace

void tag_all(const crt::Handoff &handoff) {
    for (const auto &record : Table()) {
        tag_record(record, handoff);
    }
    tag(Region::from_raw(reinterpret_cast<uintptr_t>(__pristine_start),
                         reinterpret_cast<uintptr_t>(__pristine_end)),
        Protection::read, key::monitor_key, "tagging the pristine copies");
}

void tag_shared(const linker::RegionRecord &record) {
    const Domain domain = domain_of(record);
    if (key::has_keys()) {
        tag(seen(domain, region_of(record)), Protection::read_write,
            key::is_apart(domain) ? key::monitor_key : key_of(domain), "tagging a domain's memory");
    }
}

void tag_outside(Region region, const char *what) {
    if (key::has_keys()) {
        tag(region, Protection::read_write, key::monitor_key, what);
    }
    if (outside_count == most_outside) {
        base::panic("the monitor itself: {}: more memory outside of the image than "
                    "rt/domain/tag.h knows",
                    what);
    }
    outside[outside_count++] = region;
}

Region alternate_stack(unsigned index, AlternateStack which) {
    constexpr uintptr_t places[] = {POSTERN_SLOT_STACK, POSTERN_SLOT_STACK_FIRST,
                                    POSTERN_SLOT_STACK_SECOND, POSTERN_SLOT_SIZE};
    const auto place = static_cast<unsigned>(which);
    const uintptr_t slot = begin_of_slot(index);
    return Region::from_raw(slot + places[place], slot + places[place + 1]);
}

void tag_alternate_stacks(Pkey key) {
    for (unsigned index = 0; index < POSTERN_SLOT_COUNT; ++index) {
        const uintptr_t slot = begin_of_slot(index);
        tag(Region::from_raw(slot + POSTERN_SLOT_STACK, slot + POSTERN_SLOT_SIZE),
            Protection::read_write, key, "tagging the alternate stacks of a thread");
    }
    alternate = key;
}

Pkey alternate_stack_key() {
    return alternate;
}

Region used_arguments() {
    return arguments;
}

Region settled() {
    return Region::from_raw(reinterpret_cast<uintptr_t>(__settled_start),
                            reinterpret_cast<uintptr_t>(__settled_end));
}

Protection settled_protection() {
    return settled_now;
}

void close_settled() {
    settled_now = Protection::read; // the last of these words that is written
    tag(settled(), Protection::read, key::monitor_key, "closing the words that start has settled");
}

const Region *Outside::begin() const {
    return outside;
}

const Region *Outside::end() const {
    return outside + outside_count;
}

} // namespace rt::domain
