/// Whose region a domain's object brings bytes into, by the name of a section.
#include "linker/verify/placed.h"

#include <algorithm>

namespace linker::verify {
namespace {

using linker::Kind;
using linker::RegionRecord;

/// The record of the region that begins where `name`'s does; nullptr where there is none.
const RegionRecord *region_of(const Image &image, const std::vector<RegionRecord> &records,
                              const std::string &name) {
    const uint64_t begin = image.symbol("__" + name + "_start");
    const auto own = std::find_if(records.begin(), records.end(),
                                  [&](const auto &record) { return record.begin == begin; });
    return own == records.end() ? nullptr : &*own;
}

/// The name of a region, by the symbol that the script makes of its beginning.
std::string name_of(const Image &image, const RegionRecord &region) {
    constexpr std::string_view suffix = "_start";
    for (const auto &[symbol, value] : image.symbols()) {
        if (value == region.begin && symbol.starts_with("__") && symbol.ends_with(suffix)) {
            return symbol.substr(2, symbol.size() - 2 - suffix.size());
        }
    }
    return "the region at " + hex(region.begin);
}

/// Whether a domain with this view may at least read what has a key.
bool opens(uint32_t view, uint32_t key) {
    return (view >> 2 * key & 1) == 0;
}

} // namespace

void refuse_placed(const Image &image, const Owners &owners, Report &report) {
    const auto records = image.regions();
    for (const auto &part : owners.contributions()) {
        const auto region = std::find_if(records.begin(), records.end(), [&](const auto &record) {
            return part.begin >= record.begin && part.begin < record.end;
        });
        if (region == records.end() || !Owners::is_domain(part.owner)) {
            continue;
        }
        const auto *own = region_of(image, records, part.owner);
        const std::string name = name_of(image, *region);
        const bool has_it =
            region->kind == Kind::data_domain &&
            ((own != nullptr && opens(own->view, region->key)) || owners.borrows(part.owner, name));
        if (&*region != own && !has_it) {
            report.findings.emplace_back(
                part.object + " of domain " + part.owner + " places " + part.section +
                " in the region of " + name + ", which " + part.owner +
                " has not: place it by the administrator's SOURCES, or rename the section");
        }
    }
}

} // namespace linker::verify
