/// Sealing: after start the memory map cannot change.
#include "rt/seal/seal.h"

#include "linker/symbols.h"
#include "rt/base/options.h"
#include "rt/base/panic.h"
#include "rt/domain/tag.h"
#include "rt/seal/table.h"
#include "rt/sys/memory.h"

namespace rt::seal {

using base::Done;
using base::Errno;
using base::Region;
using base::Result;

namespace {

constexpr size_t sealed_rows() {
    size_t count = 0;
    for (const Row &row : table) {
        count += row.begin != nullptr ? 1 : 0;
    }
    return count;
}

constexpr size_t apps_rows = 16; // each costs every system call of the app a comparison

POSTERN_SETTLED Row added_rows[most_added] = {};
POSTERN_SETTLED size_t added_count = 0;

POSTERN_SETTLED Region list[sealed_rows() + most_added + apps_rows] = {};
POSTERN_SETTLED size_t listed = 0;
POSTERN_SETTLED Provider found = Provider::nothing;
POSTERN_SETTLED bool done = false;

Region region_of(const Row &row) {
    return Region::from_raw(reinterpret_cast<uintptr_t>(row.begin),
                            reinterpret_cast<uintptr_t>(row.end));
}

/// Lists the ranges of the table, once: before any range of the app, whichever function comes
/// first.
void list_table() {
    if (listed != 0) {
        return;
    }
    for (const Row &row : table) {
        if (row.begin != nullptr) {
            list[listed++] = region_of(row);
        }
    }
    for (const Row &row : added()) {
        list[listed++] = region_of(row);
    }
}

void seal_row(const Row &row) {
    if (row.begin == nullptr) {
        return;
    }
    if (const auto sealed = sys::mseal(region_of(row)); !sealed) {
        base::panic("start-up failed: sealing the {} ({}): {}", row.name, row.text, sealed.error());
    }
}

} // namespace

void find_provider() {
    // A length of 0 is no error and seals nothing. [linux mseal.c v6.12]
    found = __option_unsealed == 1 ? Provider::nobody
            : sys::mseal(Region()) ? Provider::mseal
                                   : Provider::nothing;
}

Provider provider() {
    return found;
}

Result<Done> seal(Region region) {
    const auto sealed = sys::mseal(region);
    if (sealed || sealed.error() != Errno::not_implemented || done) {
        return sealed;
    }
    if (region.empty()) {
        return Done{};
    }
    list_table();
    if (listed == sealed_rows() + added_count + apps_rows) {
        return Errno::no_space;
    }
    list[listed++] = region;
    return Done{};
}

void seal_all() {
    list_table();
    done = true;
    domain::close_settled();
    if (found != Provider::mseal) {
        return;
    }
    for (const Row &row : table) {
        seal_row(row);
    }
    for (const Row &row : added()) {
        seal_row(row);
    }
}

void add(const char *name, Region region, const char *text) {
    if (listed != 0 || added_count == most_added) {
        base::panic("the monitor itself: the range '{}' comes too late to be sealed, or is one too "
                    "many (rt/seal/seal.h)",
                    name);
    }
    added_rows[added_count++] = {name, reinterpret_cast<const char *>(region.begin()),
                                 reinterpret_cast<const char *>(region.end()), text};
}

const Row *Added::begin() const {
    return added_rows;
}

const Row *Added::end() const {
    return added_rows + added_count;
}

const Region *Ranges::begin() const {
    return list;
}

const Region *Ranges::end() const {
    return list + listed;
}

} // namespace rt::seal
