/// Judges every image of the build, or shows that each check finds what it is for.
#include <cstdio>
#include <fstream>

#include "linker/verify/pass.h"
#include "tests/image/alternatives.h"
#include "tests/image/checks.h"
#include "tests/image/plants.h"

namespace {

using namespace image;

std::vector<Check> all_of(std::initializer_list<std::vector<Check>> groups) {
    std::vector<Check> checks;
    for (const auto &group : groups) {
        checks.insert(checks.end(), group.begin(), group.end());
    }
    return checks;
}

// image.alternatives.table shows alternatives_are_verified, alternatives_match_features
// image.instructions.one_wrfsbase shows images_are_laid_out_right
// image.instructions.one_wrgsbase shows images_are_laid_out_right tries attack_33
// image.instructions.token_of_the_trap_entry shows images_are_laid_out_right
// image.instructions.wrpkru_sites shows view_changes_are_compared, images_are_laid_out_right
// image.instructions.wrpkru_sites tries attack_1
// image.regions.guarded shows stack_overflow_says_so, images_are_laid_out_right
// image.regions.pristine shows images_are_laid_out_right
// image.regions.own_text_table shows images_are_laid_out_right
// image.regions.table shows images_are_laid_out_right
// image.segments.above_4_gib shows no_32_bit_mode tries attack_21
// image.segments.begins_in_the_runtime shows images_are_laid_out_right
// image.segments.no_page_twice shows images_are_laid_out_right
// image.segments.nothing_to_relocate shows images_are_laid_out_right
// image.segments.stack_not_executable shows images_are_laid_out_right
// image.segments.two_loads shows images_are_laid_out_right

/// The checks that end every link, and those that are made only here.
std::vector<Check> checks_of_the_link() {
    return all_of({segment_checks(), instruction_checks(), region_checks(), alternatives_checks()});
}
std::vector<Check> checks_of_the_tree() {
    return all_of({exception_table_checks(), patching_checks()});
}
std::vector<Check> all_checks() {
    return all_of({checks_of_the_link(), checks_of_the_tree()});
}

void run(const Check &check, const Image &image, Report &report) {
    try {
        check.run(image, report);
    } catch (const Unreadable &reason) {
        report.findings.emplace_back(reason.what());
    }
}

/// Runs each check over all images; prints what is wrong and one line per check.
int check_all(const std::string &list) {
    std::vector<Image> images;
    std::ifstream lines(list);
    for (std::string line; std::getline(lines, line);) {
        if (!line.empty()) {
            images.push_back(Image::from_file(line));
        }
    }
    bool good = !images.empty();
    for (const auto &check : all_checks()) {
        bool passed = !images.empty();
        for (const auto &image : images) {
            Report report;
            run(check, image, report);
            for (const auto &finding : report.findings) {
                std::printf("%s: %s\n", image.name().c_str(), finding.what.c_str());
                passed = false;
            }
            for (const auto &note : report.notes) {
                std::printf("note: %s: %s\n", image.name().c_str(), note.c_str());
            }
        }
        std::printf("%s image.%s\n", passed ? "passed" : "failed", check.name);
        good = good && passed;
    }
    std::printf("%zu images\n", images.size());
    return good ? 0 : 1;
}

/// Whether the check that a plant is for, and says so, finds it.
bool is_found(const Plant &plant, const Image &good) {
    Report report;
    bool run_at_all = false;
    try {
        Bytes bytes = good.bytes();
        plant.make(good, bytes);
        if (bytes == good.bytes()) {
            std::printf("the plant changes nothing\n");
            return false;
        }
        const Image bad(good.name(), bytes);
        for (const auto &check : checks_of_the_tree()) {
            if (std::string_view(check.name) == plant.check) {
                run_at_all = true;
                run(check, bad, report);
            }
        }
        for (const auto &check : checks_of_the_link()) {
            if (std::string_view(check.name) == plant.check) {
                run_at_all = true;
                report.findings = pass(bad, Owners(), {}).findings; // as the link step does
            }
        }
    } catch (const Unreadable &reason) {
        report.findings.emplace_back(reason.what());
    }
    for (const auto &finding : report.findings) {
        if (finding.what.find(plant.finding) != std::string::npos) {
            return run_at_all;
        }
    }
    for (const auto &finding : report.findings) {
        std::printf("found instead: %s\n", finding.what.c_str());
    }
    return false;
}

/// Whether each of the plants in an image is found for its reason.
bool are_found(const std::vector<Plant> &all, const std::string &path) {
    const Image good = Image::from_file(path);
    bool good_so_far = true;
    for (const auto &plant : all) {
        const bool found = is_found(plant, good);
        std::printf("%s image.planted.%s\n", found ? "passed" : "failed", plant.name);
        good_so_far = good_so_far && found;
    }
    return good_so_far;
}

/// Runs the checks over bad copies of an image, and of one that has domains with an address space of
/// their own. Each must be found for its reason; every check has one.
int show_findings(const std::string &path, const std::string &own) {
    const bool all = are_found(plants(), path);
    int status = are_found(own_plants(), own) && all ? 0 : 1;
    for (const auto &check : all_checks()) {
        bool covered = false;
        for (const auto &plant : plants()) {
            covered = covered || std::string_view(plant.check) == check.name;
        }
        if (!covered) {
            std::printf("no plant for %s\n", check.name);
            status = 1;
        }
    }
    return status;
}

/// Writes the image to `to` as start-up leaves it where the named features hold.
void write_patched(const std::string &features, const std::string &from, const std::string &to) {
    const Bytes bytes = patched(Image::from_file(from), features_named(features));
    std::ofstream file(to, std::ios::binary);
    file.write(reinterpret_cast<const char *>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    if (!file.flush()) {
        throw Unreadable(to + ": cannot be written");
    }
}

} // namespace

int main(int count, char **arguments) {
    const std::vector<std::string> words(arguments + 1, arguments + count);
    try {
        if (words.size() == 1) {
            return check_all(words[0]);
        }
        if (words.size() == 3 && words[0] == "--planted") {
            return show_findings(words[1], words[2]);
        }
        if (words.size() == 2 && words[0] == "--sites") {
            print_sites(Image::from_file(words[1]));
            return 0;
        }
        if (words.size() == 4 && words[0] == "--patched") {
            write_patched(words[1], words[2], words[3]);
            return 0;
        }
    } catch (const Unreadable &reason) {
        std::printf("%s\n", reason.what());
        return 1;
    }
    std::printf("usage: image_check LIST | --planted IMAGE OWN | --sites IMAGE |\n"
                "       --patched FEATURE,... IMAGE TO\n");
    return 2;
}
