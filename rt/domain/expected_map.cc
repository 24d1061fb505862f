/// The memory map by the tables: the key and protection that each address should have.
#include "rt/domain/expected_map.h"

#include "rt/domain/alias.h"
#include "rt/domain/key_allocator.h"
#include "rt/domain/own_text.h"
#include "rt/domain/table.h"
#include "rt/domain/tag.h"
#include "rt/key/isolation.h"

namespace rt::domain {

using base::Region;
using key::Pkey;
using sys::Protection;

namespace {

/// Asks all tables in turn; the first one that knows the address decides.
class Search {
public:
    explicit Search(uintptr_t address) : address_(address) {}

    void consider(Region region, Pkey key, Protection protection, Owner whose = Owner::runtime) {
        if (!found_ && region.contains(address_, 1)) {
            found_ = true;
            due_ = {region.begin(), region.end(), key, protection, whose, false};
        } else if (region.begin() > address_ && region.begin() < next_) {
            next_ = region.begin();
        }
    }
    void consider(const char *begin, const char *end, Pkey key, Protection protection) {
        consider(
            Region::from_raw(reinterpret_cast<uintptr_t>(begin), reinterpret_cast<uintptr_t>(end)),
            key, protection);
    }

    /// Memory that other processes share.
    void consider_shared(Region region, Pkey key) {
        const bool before = found_;
        consider(region, key, Protection::read_write);
        due_.is_shared = due_.is_shared || found_ != before;
    }

    /// A region of a domain that has an address space of its own: closed at the domain's addresses,
    /// shared where the monitor sees it.
    void consider_seen(Domain domain, Region own) {
        consider(own, key::shared_key, Protection::none);
        consider_shared(seen(domain, own), key::monitor_key);
    }

    /// The answer of a table. If none knows the address, key 0 and `protection`, up to `end` or the
    /// next address that a table knows.
    ExpectedRange or_else(uintptr_t end, Protection protection, Owner whose) const {
        if (found_) {
            return due_;
        }
        return {address_, next_ < end ? next_ : end, key::shared_key, protection, whose, false};
    }

private:
    uintptr_t address_;
    uintptr_t next_ = ~uintptr_t{0};
    bool found_ = false;
    ExpectedRange due_{0, 0, key::shared_key, Protection::none, Owner::foreign, false};
};

void consider_slots(Search &search, const linker::RegionRecord &record, Pkey key) {
    for (uintptr_t slot = record.begin; slot != record.end; slot += POSTERN_SLOT_SIZE) {
        const uintptr_t pages[] = {slot + POSTERN_SLOT_PRIVATE, slot + POSTERN_SLOT_PUBLIC};
        search.consider(Region::from_raw(pages[0], pages[0] + POSTERN_PAGE), key,
                        Protection::read_write);
        search.consider(Region::from_raw(pages[1], pages[1] + POSTERN_PAGE), key::shared_key,
                        Protection::read_write);
        search.consider(
            Region::from_raw(slot + POSTERN_SLOT_HANDLER, slot + POSTERN_SLOT_HANDLER_END), key,
            Protection::read_write);
        search.consider(Region::from_raw(slot + POSTERN_SLOT_STACK, slot + POSTERN_SLOT_SIZE),
                        alternate_stack_key(), Protection::read_write);
    }
}

void consider_region(Search &search, const linker::RegionRecord &record) {
    const Domain domain = domain_of(record);
    const Region region = region_of(record);
    if (key::is_apart(domain)) {
        search.consider_seen(domain, region);
        return;
    }
    const Pkey key = Pkey::from_raw(record.number);
    switch (record.kind) {
    case linker::Kind::arena:
        consider_slots(search, record, key);
        break;
    case linker::Kind::arguments: // the rest of the region stays closed, like a guard
        search.consider(used_arguments(), key, Protection::read);
        break;
    case linker::Kind::data_domain:
        if (is_shared(record)) {
            search.consider_shared(region, key);
            break;
        }
        [[fallthrough]];
    case linker::Kind::monitor:
        search.consider(settled(), key, settled_protection());
        search.consider(region_of(record), key, Protection::read_write);
        break;
    case linker::Kind::monitor_stack:
    case linker::Kind::domain:
    case linker::Kind::domain_stack:
    case linker::Kind::domain_heap:
        search.consider(region, key, Protection::read_write);
        break;
    }
}

} // namespace

ExpectedRange expected_at(uintptr_t address) {
    Search search(address);
    search.consider(__text_start, __text_end, key::shared_key, Protection::read_execute);
    search.consider(all_own_texts(), key::shared_key, Protection::none);
    search.consider(seen_text(all_own_texts()),
                    key::has_keys() ? key::monitor_key : key::shared_key, Protection::read);
    search.consider(__rodata_start, __rodata_end, key::shared_key, Protection::read);
    search.consider(__pristine_start, __pristine_end, key::monitor_key, Protection::read);
    for (const auto &record : Table()) {
        consider_region(search, record);
    }
    for (const Region &region : Outside()) {
        search.consider_shared(region, key::monitor_key);
    }
    for (const Tagged &tagged : TaggedMemory()) {
        search.consider(tagged.region, tagged.key, Protection::none, Owner::app);
    }
    const Region regions = Region::from_raw(reinterpret_cast<uintptr_t>(__regions_start),
                                            reinterpret_cast<uintptr_t>(__regions_end));
    uintptr_t next = ~uintptr_t{0};
    const Region wholes[] = {aliases(), regions};
    for (const Region whole : wholes) {
        if (whole.contains(address, 1)) { // a guard
            return search.or_else(whole.end(), Protection::none, Owner::runtime);
        }
        next = address < whole.begin() ? whole.begin() : next;
    }
    return search.or_else(next, Protection::none, Owner::foreign);
}

} // namespace rt::domain
