/// Verifies an image that has just been linked. A refused image is removed from disk.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <optional>

#include "linker/audit/report.h"
#include "linker/verify/explain.h"
#include "linker/verify/pass.h"

namespace {

using namespace linker::verify;

constexpr const char *usage =
    "usage: verify [--unlink] [--link FOLDER] [--allow FUNCTION]... [--counts] [--time]\n"
    "              [--audit FOLDER] [--policy FILE] [--sources ROOT] IMAGE\n"
    "  --unlink    the image is IMAGE.unverified until it is verified; a refused one is removed\n"
    "  --link      APP.generated, whose image.map, inputs.d and parts.txt tell the owners of code\n"
    "  --allow     a function that may hold forbidden instructions; a final * matches anything\n"
    "  --counts    prints how many mediated and noted instructions each owner has\n"
    "  --time      prints how long it took\n"
    "  --audit     writes audit.json, audit.txt, authority.txt and map.svg there\n"
    "  --policy    a file of assertions that must hold\n"
    "  --sources   the folder of crt and rt, whose lines the audit counts\n";

struct Options {
    std::string image;
    std::string link;
    std::vector<std::string> allowed;
    linker::audit::Wanted audit{};
    bool unlinks = false;
    bool counts = false;
    bool times = false;
};

/// False if the words are not understood.
bool read_options(const std::vector<std::string> &words, Options &options) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto &word = words[i];
        const bool has_value = i + 1 < words.size();
        if (word == "--unlink") {
            options.unlinks = true;
        } else if (word == "--counts") {
            options.counts = true;
        } else if (word == "--time") {
            options.times = true;
        } else if (word == "--link" && has_value) {
            options.link = words[++i];
        } else if (word == "--allow" && has_value) {
            options.allowed.push_back(words[++i]);
        } else if (word == "--audit" && has_value) {
            options.audit.folder = words[++i];
        } else if (word == "--policy" && has_value) {
            options.audit.policy = words[++i];
        } else if (word == "--sources" && has_value) {
            options.audit.sources = words[++i];
        } else if (word.starts_with("-") || !options.image.empty()) {
            return false;
        } else {
            options.image = word;
        }
    }
    return !options.image.empty();
}

/// Prints why the image is refused. Equal advice is printed once.
void print_findings(const Image &image, const Owners &owners, const Options &options,
                    const std::vector<Finding> &findings) {
    if (findings.empty()) {
        return; // saves a run of the symbolizer
    }
    constexpr std::size_t most = 20;
    std::vector<uint64_t> addresses;
    for (const auto &finding : findings) {
        addresses.push_back(finding.address);
    }
    addresses.resize(std::min(addresses.size(), most));
    const auto lines = source_lines(options.image, addresses);
    std::string told;
    for (std::size_t i = 0; i < addresses.size(); ++i) {
        Finding finding = findings[i];
        if (finding.advice == told) {
            finding.advice.clear();
        } else {
            told = finding.advice;
        }
        std::fprintf(stderr, "verify: %s refused: %s\n", image.name().c_str(),
                     explain(image, owners, finding, lines[i]).c_str());
    }
    if (findings.size() > most) {
        std::fprintf(stderr, "verify: %s: and %zu more\n", image.name().c_str(),
                     findings.size() - most);
    }
}

void print_counts(const Result &result) {
    for (const auto &[owner, names] : result.counts) {
        for (const auto &encoding : encodings) {
            if (const auto found = names.find(encoding.name); found != names.end()) {
                std::printf("%s: %s: %llu x %s\n", owner.c_str(),
                            std::string(name_of(encoding.kind)).c_str(),
                            static_cast<unsigned long long>(found->second),
                            std::string(encoding.name).c_str());
            }
        }
    }
    std::printf("%zu listed sites, %llu executable bytes\n", result.sites.size(),
                static_cast<unsigned long long>(result.text_bytes));
}

/// Verifies the image and writes the audit; whether the image may be used.
bool verify_image(const Options &options, const std::string &name) {
    try {
        const Image image = Image::from_file(options.image, name);
        const Owners owners = options.link.empty() ? Owners() : Owners::from_folder(options.link);
        const Result result = pass(image, owners, options.allowed);
        print_findings(image, owners, options, result.findings);
        if (options.counts) {
            print_counts(result);
        }
        return result.findings.empty() &&
               (!options.audit.anything() ||
                linker::audit::report(image, owners, result, options.audit));
    } catch (const Unreadable &reason) {
        std::fprintf(stderr, "verify: %s\n", reason.what());
        return false;
    } catch (const std::exception &reason) { // out of memory, or a folder is gone
        std::fprintf(stderr, "verify: %s: cannot be verified: %s\n", options.image.c_str(),
                     reason.what());
        return false;
    }
}

/// Keeps the image under a temporary name until it is verified, even if this process is killed.
/// linker/link has given it that name. An image that has its own name is renamed, and symbolic
/// links are resolved first.
class Hidden {
public:
    explicit Hidden(const std::string &path) {
        std::error_code error;
        const auto file = std::filesystem::canonical(path, error);
        place_ = error ? path : file.string();
        const auto hidden = place_ + unverified_suffix;
        const bool is_hidden = std::rename(place_.c_str(), hidden.c_str()) == 0 ||
                               std::filesystem::exists(hidden, error);
        path_ = is_hidden ? hidden : place_;
    }

    const std::string &path() const { return path_; }

    /// Gives a good image its name back, and removes a bad one. Returns whether the image may be
    /// used.
    bool end(bool is_good) const {
        if (!is_good) {
            const bool is_gone = unlink(path_.c_str()) == 0;
            std::fprintf(stderr, "verify: %s %s\n", place_.c_str(),
                         is_gone ? "is removed" : "cannot be removed: do not run it");
            return false;
        }
        if (path_ != place_ && std::rename(path_.c_str(), place_.c_str()) != 0) {
            std::fprintf(stderr, "verify: %s is good, and cannot get its name back: link again\n",
                         path_.c_str());
            return false;
        }
        return true;
    }

private:
    std::string place_;
    std::string path_;
};

} // namespace

int main(int count, char **arguments) {
    Options options;
    if (!read_options({arguments + 1, arguments + count}, options)) {
        std::fputs(usage, stderr);
        return 2;
    }
    const std::string name = options.image.substr(options.image.rfind('/') + 1);
    std::optional<Hidden> hidden;
    if (options.unlinks) {
        options.image = hidden.emplace(options.image).path();
    }
    const auto begin = std::chrono::steady_clock::now();
    bool is_good = verify_image(options, name);
    if (options.times) {
        const std::chrono::duration<double, std::milli> spent =
            std::chrono::steady_clock::now() - begin;
        std::printf("%.1f ms\n", spent.count());
    }
    if (hidden) {
        is_good = hidden->end(is_good);
    }
    return is_good ? 0 : 1;
}
