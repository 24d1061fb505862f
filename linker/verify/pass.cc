/// One pass over an image: all reasons to refuse it, and all that the audit counts.
#include "linker/verify/pass.h"

#include <array>
#include <set>

#include "linker/verify/foreign.h"
#include "linker/verify/own_texts.h"
#include "linker/verify/placed.h"
#include "linker/verify/scan.h"

namespace linker::verify {
namespace {

void run(const Check &check, const Image &image, Report &report) {
    try {
        check.run(image, report);
    } catch (const Unreadable &reason) {
        report.findings.emplace_back(reason.what());
    }
}

void count(const Image &image, const Owners &owners, Result &result) {
    const Text text(image);
    result.text_bytes = text.size();
    std::map<std::string, std::array<uint64_t, encodings.size()>> counts; // by row of the table
    for (const auto &match : text.find(Class::noted)) {
        if (match.encoding->kind != Class::forbidden) {
            const auto row = static_cast<std::size_t>(match.encoding - encodings.data());
            ++counts[owners.owner_at(match.address)][row];
            continue;
        }
        const auto *function = image.function_at(match.address);
        result.sites.push_back(
            {function == nullptr ? "" : function->name,
             function == nullptr ? match.address : match.address - function->begin,
             match.encoding});
    }
    for (const auto &[owner, rows] : counts) {
        for (std::size_t row = 0; row < rows.size(); ++row) {
            if (rows[row] != 0) {
                result.counts[owner][encodings[row].name] += rows[row];
            }
        }
    }
}

} // namespace

Result pass(const Image &image, const Owners &owners, const std::vector<std::string> &allowed) {
    Report report{.allowed = allowed, .findings = {}, .notes = {}};
    for (const auto &group :
         {segment_checks(), instruction_checks(), region_checks(), alternatives_checks()}) {
        for (const auto &check : group) {
            run(check, image, report);
        }
    }
    Result result;
    try {
        refuse_foreign(image, owners, report);
        refuse_placed(image, owners, report);
        refuse_strangers(image, owners, report);
        count(image, owners, result);
    } catch (const Unreadable &reason) {
        report.findings.emplace_back(reason.what());
    }
    // Each cause is reported once, even if several checks found it. There may be a million
    // findings.
    std::set<std::string> told;
    for (auto &finding : report.findings) {
        if (told.insert(finding.what).second) {
            result.findings.push_back(std::move(finding));
        }
    }
    return result;
}

} // namespace linker::verify
