/// Checks into which regions a domain's object places bytes by the names of its sections.
#include "linker/verify/placed.h"

#include <algorithm>

namespace linker::verify {
namespace {

using linker::RegionRecord;

/// The name of a region, by the symbol that the script defines at its beginning.
std::string name_of(const Image &image, const RegionRecord &region) {
    constexpr std::string_view suffix = "_start";
    for (const auto &[symbol, value] : image.symbols()) {
        if (value == region.begin && symbol.starts_with("__") && symbol.ends_with(suffix)) {
            return symbol.substr(2, symbol.size() - 2 - suffix.size());
        }
    }
    return "the region at " + hex(region.begin);
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
        const std::string name = name_of(image, *region);
        if (name != part.owner && !owners.has(part.owner, name)) {
            report.findings.emplace_back(
                owners.member(part) + " of domain " + part.owner + " places " + part.section +
                " in the region of " + name + ", which " + part.owner +
                " does not have: define it in the app's SOURCES, or rename the section");
        }
    }
}

} // namespace linker::verify
