/// Runs as the compiler's linker. Links each domain by itself with names of its own, then the
/// image.
#include <cstdio>
#include <fstream>

#include "linker/link/archive.h"
#include "linker/link/driver.h"
#include "linker/link/own_names.h"
#include "linker/link/resolve.h"
#include "linker/verify/image.h"

namespace {

using namespace linker::link;

std::vector<Prelinked> prelink(const Parts &parts, const Others &others, const Command &command) {
    std::vector<Prelinked> domains;
    for (const auto &domain : parts.domains) {
        const auto rows = others.entries.find(domain.number);
        if (!domain.libraries.empty()) {
            domains.emplace_back(parts, domain, command.linker,
                                 rows == others.entries.end() ? std::set<std::string>()
                                                              : rows->second);
        }
    }
    return domains;
}

/// Whether the image may be linked.
bool print_findings(const std::string &image, const Resolution &resolution) {
    if (resolution.findings.empty()) {
        return true;
    }
    std::fprintf(stderr, "link: %s: names that are missing, or that others may not use:\n",
                 image.c_str());
    for (const auto &finding : resolution.findings) {
        std::fprintf(stderr, "  %s\n", finding.c_str());
    }
    for (const auto &[domain, groups] : resolution.without) {
        std::fprintf(stderr,
                     "%s may be without the C functions among them, each call of which is then a "
                     "fault: add to its postern_add_domain\n    WITHOUT",
                     domain.c_str());
        for (const auto &group : groups) {
            std::fprintf(stderr, " %s", group.c_str());
        }
        std::fputs("\n", stderr);
    }
    std::fputs("a domain takes names from its own SOURCES and LIBRARIES, the runtime, the "
               "app and the data domains that it has (linker/README.md)\n",
               stderr);
    return false;
}

int link(const std::vector<std::string> &words) {
    Command command = read_command(words);
    std::remove(command.output.c_str()); // the verifier gives a new image this name
    for (const auto &record : command.records) {
        std::remove(record.c_str()); // a stale one would mislead
    }
    const Parts parts = Parts::from_folder(command.folder);
    const Others others = read_others(command, parts);
    const auto domains = prelink(parts, others, command);
    const auto resolution = resolve(parts, others, domains);
    if (!print_findings(file_name(command.output), resolution)) {
        return 1;
    }
    command.words.insert(command.words.begin(), command.linker);
    for (std::size_t index = 0; index < domains.size(); ++index) {
        const auto path = parts.object_of(domains[index].domain());
        std::ofstream file(path, std::ios::binary | std::ios::trunc);
        file << with_own_names(domains[index].object(), resolution.kept[index], resolution.nobodys[index]);
        if (!file.flush()) {
            throw linker::verify::Unreadable(path + ": cannot be written");
        }
        command.words.push_back(path);
    }
    return run(command.words);
}

} // namespace

int main(int count, char **arguments) {
    try {
        if (count > 1 && arguments[1] == std::string_view(driver_word)) {
            return run_driver({arguments + 2, arguments + count});
        }
        return link({arguments + 1, arguments + count});
    } catch (const std::exception &reason) {
        std::fprintf(stderr, "link: %s\n", reason.what());
        return 1;
    }
}
