/// The common parts of the cases of signer_check: the image, a folder of files with known
/// signatures, the report.
#include "tests/hosted/signer_bench.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace hosted {

namespace {

std::string fresh_folder() {
    std::string folder = (std::filesystem::temp_directory_path() / "signer.XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr) {
        std::perror("signer test: a folder for temporary files");
        std::exit(2);
    }
    std::filesystem::permissions(folder, std::filesystem::perms{0755}); // also for another user
    return folder;
}

std::string absolute(const std::string &path) {
    return std::filesystem::absolute(path).string();
}

} // namespace

Bench::Bench(const std::string &path)
    : image(absolute(path)), words{image.path(), "--key", "key"}, bug_words{image.path(), "--key",
                                                                            "key", "--bug"},
      folder_(fresh_folder()) {
    std::filesystem::current_path(folder_);
    write_file("key", std::string(20, '\x0b'));
    write_file("hi", "Hi There");
    write_file("empty", "");
}

Bench::~Bench() {
    std::filesystem::current_path("/");
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void Bench::expect(const std::string &name, const std::string &requests, const std::string &answers,
                   int status, const std::string &says) {
    report.begin(name);
    expect_ending(run(words, requests), answers, status, says);
}

void Bench::expect_ending(const Ending &ending, const std::string &answers, int status,
                          const std::string &says) {
    report.expect(!ending.hung, "it hung and was killed");
    report.expect(ending.signal == 0, "it died of signal " + std::to_string(ending.signal));
    report.expect_equal(ending.out, answers);
    report.expect(ending.status == status, "exit status " + std::to_string(ending.status) +
                                               ", wanted " + std::to_string(status));
    report.expect(says.empty() ? ending.err.empty() : ending.err.find(says) != ending.err.npos,
                  "on standard error '" + shown(ending.err) + "', wanted '" + says + "'");
}

void write_file(const std::string &path, const std::string &contents) {
    std::ofstream(path, std::ios::binary) << contents;
}

bool emulated() {
    return std::getenv("POSTERN_EMULATED") != nullptr;
}

bool in_spaces() {
    const char *const isolation = std::getenv("POSTERN_ISOLATION");
    return isolation != nullptr && std::string_view{isolation} == "space";
}

bool unhurried() {
    return std::getenv("POSTERN_LONG") != nullptr;
}

} // namespace hosted
