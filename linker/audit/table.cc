/// An image's authority on one page, with regions, counts, sizes and hashes.
#include <algorithm>
#include <cstdio>

#include "linker/audit/text.h"
#include "linker/verify/image.h"
#include "linker/verify/owners.h"
#include "rt/key/domain.h"

namespace linker::audit {
namespace {

std::string number(uint64_t value) {
    return std::to_string(value);
}

/// `text` padded with spaces to `width`; a number is padded on the left.
std::string padded(const std::string &text, std::size_t width, bool right = false) {
    const std::string spaces(text.size() < width ? width - text.size() : 0, ' ');
    return right ? spaces + text : text + spaces;
}

std::string regions_text(const Facts &facts) {
    std::string text = "memory map, a guard on both sides of each region\n";
    for (const auto &region : facts.regions) {
        const auto &record = region.record;
        text += "  " + verify::hex(record.begin) + "-" + verify::hex(record.end) +
                (rt::key::is_own_number(record.number) ? " no. " : " key ") + padded(number(record.number), 2, true) + " " + padded(region.name, 20) +
                padded(number(record.end - record.begin), 10, true) + " bytes, " +
                number(record.pristine_bytes) + " initialised\n";
    }
    return text;
}

std::string counts_text(const std::map<std::string, uint64_t> &counts) {
    std::string text;
    for (const auto &[name, count] : counts) {
        text += (text.empty() ? "" : ", ") + number(count) + " x " + name;
    }
    return text.empty() ? "none" : text;
}

std::string code_text(const Facts &facts) {
    std::string text = "executable bytes, and instructions encoded at any offset of them\n";
    for (const auto &[owner, code] : facts.code) {
        text += "  " + padded(owner, 16) + padded(number(code.bytes), 8, true) +
                " bytes; mediated: " + counts_text(code.mediated) +
                "; noted: " + number(Code::sum(code.noted)) + "\n";
        if (code.own_space_bytes != 0) {
            text += "  " + padded(owner, 16) + padded(number(code.own_space_bytes), 8, true) +
                    " bytes in its own space: any instruction\n";
        }
    }
    return text;
}

std::string trusted_text(const Facts &facts) {
    const auto bytes_of = [&](const char *owner) {
        const auto found = facts.code.find(owner);
        return found == facts.code.end() ? uint64_t{0} : found->second.bytes;
    };
    const auto wrpkru = std::count_if(facts.sites.begin(), facts.sites.end(),
                                      [](const auto &site) { return site.encoding == "wrpkru"; });
    std::string text = "trusted code: the runtime's " + number(bytes_of(verify::runtime_owner)) +
                       " bytes, the app's " + number(bytes_of(verify::app_owner)) + " bytes, " +
                       number(static_cast<uint64_t>(wrpkru)) + " wrpkru";
    if (facts.lines.is_known) {
        text += "; " + number(facts.lines.code) + " lines of code in crt and rt, " +
                number(facts.lines.all) + " with comments, linked or not";
    }
    return text + "\n";
}

std::string hashes_text(const Facts &facts) {
    std::string text = "sha256\n";
    for (const auto &hash : facts.hashes) {
        text += "  " + hash.sha256 + " " + hash.what + ", " + number(hash.bytes) + " bytes\n";
    }
    return text;
}

} // namespace

std::string table(const Facts &facts) {
    return authority(facts) + regions_text(facts) + code_text(facts) + trusted_text(facts) +
           hashes_text(facts) +
           "an image does not tell whether and when a listed entry is called, which system calls "
           "the "
           "monitor's own code makes, and what an app maps, seals or grants while it runs\n";
}

} // namespace linker::audit
