/// Writes the files of an audit, and checks an app's policy.
#include "linker/audit/report.h"

#include <cstdio>
#include <fstream>

#include "linker/audit/json.h"
#include "linker/audit/map.h"
#include "linker/audit/policy.h"
#include "linker/audit/read.h"
#include "linker/audit/text.h"

namespace linker::audit {
namespace {

void write(const std::string &path, const std::string &text) {
    std::ofstream file(path, std::ios::binary);
    file << text;
    if (!file.flush()) {
        throw verify::Unreadable(path + ": cannot be written");
    }
}

} // namespace

bool report(const verify::Image &image, const verify::Owners &owners, const verify::Result &result,
            const Wanted &wanted) {
    Facts facts = read(image, owners, result);
    facts.lines = count_lines(wanted.sources);
    if (!wanted.folder.empty()) {
        write(wanted.folder + "/audit.json", json(facts));
        write(wanted.folder + "/audit.txt", table(facts));
        write(wanted.folder + "/authority.txt", authority(facts));
        write(wanted.folder + "/map.svg", map(facts));
    }
    bool holds = true;
    if (!wanted.policy.empty()) {
        for (const auto &line : failures(facts, wanted.policy)) {
            std::fprintf(stderr, "audit: %s refused: %s\n", image.name().c_str(), line.c_str());
            holds = false;
        }
    }
    return holds;
}

} // namespace linker::audit
