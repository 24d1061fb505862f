/// A heap at a restart: the pages that hold something are cleared, and its end is given back.
#include "rt/life/heap.h"

#include "rt/domain/table.h"
#include "rt/key/isolation.h"
#include "rt/seal/seal.h"
#include "rt/space/memory.h"
#include "rt/sys/memory.h"
#include "rt/sys/pagemap.h"
#include "rt/uaccess/copy.h"
#include "rt/uaccess/initial_data.h"
#include "rt/uaccess/window.h"

namespace rt::life {

using base::Done;
using base::Errno;
using base::Region;
using base::Result;

namespace {

constinit HeapClearing clearing{HeapSearch::stores, false};

constexpr size_t most_found = 256;
constinit sys::FoundPages found[most_found] = {};

/// Up to so many bytes, the default KEEP, stores to all of them cost about what a question costs
/// (bench/restart).
constexpr size_t search_pays = 0x40000;

/// For each domain the end of the pages at the beginning of its heap that earlier restarts have
/// found. They stay mapped, so that each search would find them again: they are cleared without
/// one.
constinit uintptr_t known_ends[key::domain_places] = {};

/// Whether `domain` has an address space of its own where others have keys. What is done to its
/// heap is not chosen then: it is what suits a file.
bool is_beside_keys(Domain domain) {
    return key::has_keys() && key::is_apart(domain);
}

HeapClearing clearing_of(Domain domain) {
    return is_beside_keys(domain) ? HeapClearing{HeapSearch::file, true} : clearing;
}

Result<sys::Search> search(HeapSearch how, Region region, size_t most = most_found) {
    switch (how) {
    case HeapSearch::scan:
        return sys::scan_pages(region, found, most);
    case HeapSearch::entries:
        return sys::read_pages(region, found, most);
    case HeapSearch::file:
        return space::find_written(region, found, most);
    case HeapSearch::stores:
        break;
    }
    return Errno::not_implemented;
}

bool clear(Domain domain, Region region) {
    return bool(uaccess::clear_in_domain(domain, uaccess::Claimed::from_raw(region.begin()),
                                         region.bytes()));
}

/// So many bytes in a row, all of which hold something, are given back where that needs no mapping of
/// this process: the pages may be all that the machine has.
bool clear_found(Domain domain, Region pages, bool keeps) {
    const bool gives_back = key::is_apart(domain) && !keeps && pages.bytes() > search_pays;
    return (gives_back && bool(space::discard(pages))) || clear(domain, pages);
}

/// Clears what holds something. What no search answers for is cleared as a whole. Moves `known`, if
/// it is where the region begins, to the end of the pages that are found from there on.
bool clear_used(Domain domain, Region region, HeapSearch how, uintptr_t &known, bool keeps) {
    while (!region.empty()) {
        const auto searched = search(how, region);
        if (!searched) {
            return clear(domain, region);
        }
        for (size_t i = 0; i < searched.value().found; ++i) {
            const Region pages = found[i].region();
            if (!clear_found(domain, pages, keeps)) {
                return false;
            }
            known = pages.begin() == known ? pages.end() : known;
        }
        region = Region::from_raw(searched.value().next, region.end());
    }
    return true;
}

HeapSearch search_for(Region region, HeapSearch how) {
    return region.bytes() <= search_pays ? HeapSearch::stores : how;
}

/// The part of a heap that a restart keeps.
bool clear_kept(Domain domain, Region kept) {
    uintptr_t &known = known_ends[key::index_of(domain)];
    known = known < kept.begin() ? kept.begin() : known < kept.end() ? known : kept.end();
    const uintptr_t rest = known;
    return clear(domain, Region::from_raw(kept.begin(), rest)) &&
           clear_used(domain, Region::from_raw(rest, kept.end()),
                      search_for(kept, clearing_of(domain).search), known, true);
}

/// The same from a byte on that need not begin a page.
bool clear_used_from(Domain domain, uintptr_t begin, uintptr_t end) {
    const uintptr_t page = (begin + POSTERN_PAGE - 1) & ~uintptr_t{POSTERN_PAGE - 1};
    const bool good = page == begin || uaccess::clear_in_domain(
                                           domain, uaccess::Claimed::from_raw(begin), page - begin);
    const Region rest = Region::from_raw(page, end);
    uintptr_t known = 0; // searched as a whole each time
    return good && clear_used(domain, rest, search_for(rest, HeapSearch::file), known, false);
}

/// Gives pages back to the kernel; they read as zeros again. The window makes them memory that this
/// thread may write: a sealed mapping is discarded for no other code. [linux mseal.c v6.12]
bool discard(Domain domain, Region region) {
    if (key::is_apart(domain)) {
        return space::discard(region) || clear(domain, region); // the app may have closed the file
    }
    const uaccess::UserAccess window(domain);
    return bool(sys::discard(region));
}

/// Pages are given back only where the kernel seals, or where the domain's code runs in another
/// process.
bool may_discard(Domain domain) {
    return key::is_apart(domain) || seal::provider() == seal::Provider::mseal;
}

/// Whether the search works for `heap`, by trying it.
bool works(HeapSearch how, const linker::RegionRecord &heap) {
    const bool is_possible =
        how != HeapSearch::file || key::is_apart(domain::domain_of(heap));
    return how == HeapSearch::stores ||
           (is_possible && bool(search(how, domain::region_of(heap))));
}

/// A heap for which there is a choice; null without one.
const linker::RegionRecord *any_heap() {
    for (const auto &record : domain::Table()) {
        if (record.kind == linker::Kind::domain_heap &&
            !is_beside_keys(domain::domain_of(record))) {
            return &record;
        }
    }
    return nullptr;
}

} // namespace

const HeapClearing &heap_clearing() {
    return clearing;
}

void choose_heap_clearing() {
    const linker::RegionRecord *heap = any_heap();
    if (heap == nullptr || key::is_apart(domain::domain_of(*heap))) {
        clearing = {HeapSearch::file, true};
        return;
    }
    clearing.discards = may_discard(domain::domain_of(*heap));
    constexpr HeapSearch ways[] = {HeapSearch::scan, HeapSearch::entries};
    if (!sys::open_pagemap()) {
        return;
    }
    for (const HeapSearch way : ways) {
        if (works(way, *heap)) {
            clearing.search = way;
            return;
        }
    }
}

Result<Done> set_heap_clearing(HeapClearing wanted) {
    const linker::RegionRecord *heap = any_heap();
    if (heap == nullptr || !works(wanted.search, *heap) ||
        (wanted.discards && !may_discard(domain::domain_of(*heap)))) {
        return Errno::not_implemented;
    }
    clearing = wanted;
    return Done{};
}

Result<Done> clear_heap(const linker::RegionRecord &record) {
    const Domain domain = domain::domain_of(record);
    const Region heap = domain::region_of(record);
    const Region end = clearing_of(domain).discards ? domain::end_given_back(record) : Region();
    const Region kept = end.empty() ? heap : Region::from_raw(heap.begin(), end.begin());
    const bool good = clear_kept(domain, kept) && (end.empty() || discard(domain, end));
    return good ? Result<Done>(Done{}) : Errno::bad_address;
}

Result<Done> clear_rest(const linker::RegionRecord &record) {
    const Domain domain = domain::domain_of(record);
    const uintptr_t begin = record.begin + record.pristine_bytes;
    const bool good = key::is_apart(domain) ? clear_used_from(domain, begin, record.end)
                                            : bool(uaccess::clear_rest(record));
    return good ? Result<Done>(Done{}) : Errno::bad_address;
}

Region next_used(Domain domain, Region rest) {
    while (!rest.empty()) {
        const auto searched = search(clearing_of(domain).search, rest, 1);
        if (!searched) {
            return rest;
        }
        if (searched.value().found != 0) {
            return found[0].region();
        }
        rest = Region::from_raw(searched.value().next, rest.end());
    }
    return rest;
}

} // namespace rt::life
