/// One file of the corpus, read.
#include "tests/cpuid/recording.h"

#include <cinttypes>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>
#include <utility>

namespace cpuid {

namespace {

using rt::key::Leaf;

using Leaves = std::map<std::pair<uint32_t, uint32_t>, Leaf>;

/// Zero where the file has no such line: cpuid_dump leaves those out.
Leaf find(const Leaves &leaves, uint32_t leaf, uint32_t subleaf = 0) {
    const auto found = leaves.find({leaf, subleaf});
    return found == leaves.end() ? Leaf{} : found->second;
}

std::string text_of(const Leaf &leaf) {
    char text[12];
    std::memcpy(text, &leaf.ebx, 4);
    std::memcpy(text + 4, &leaf.ecx, 4);
    std::memcpy(text + 8, &leaf.edx, 4);
    return {text, strnlen(text, sizeof text)};
}

/// The text after `label`, which begins `line`; throws if it does not.
std::string behind(const std::string &label, const std::string &line) {
    if (!line.starts_with(label) || line.size() == label.size()) {
        throw std::runtime_error("no line '" + label + "...'");
    }
    return line.substr(label.size());
}

/// One line of words into `leaves`; whether it was one, and a new one.
bool read_words(const std::string &line, Leaves &leaves) {
    uint32_t leaf = 0;
    uint32_t subleaf = 0;
    Leaf words{};
    return std::sscanf(line.c_str(), "cpuid %8x %2x %8x %8x %8x %8x", &leaf, &subleaf, &words.eax,
                       &words.ebx, &words.ecx, &words.edx) == 6 &&
           leaves.emplace(std::pair{leaf, subleaf}, words).second;
}

Recording read_lines(std::istream &file) {
    Recording recording{};
    Leaves leaves;
    std::string line;
    std::getline(file, line);
    recording.origin = behind("recorded: ", line);
    std::getline(file, line);
    behind("kernel: ", line);
    while (std::getline(file, line) && read_words(line, leaves)) {
    }
    if (std::sscanf(line.c_str(), "xcr0 %16" SCNx64, &recording.leaves.xcr0) != 1) {
        throw std::runtime_error("neither cpuid nor xcr0, or once more: '" + line + "'");
    }
    recording.hypervisor = text_of(find(leaves, 0x40000000));
    recording.leaves.vendor = find(leaves, 0);
    recording.leaves.version = find(leaves, 1);
    recording.leaves.features = find(leaves, 7);
    recording.leaves.saved_state = find(leaves, 0xd);
    recording.leaves.saved_pkru = find(leaves, 0xd, 9);
    recording.leaves.extended = find(leaves, 0x80000000);
    for (uint32_t part = 0; part < 3; ++part) {
        recording.leaves.brand[part] = find(leaves, 0x80000002 + part);
    }
    return recording;
}

} // namespace

Recording read_recording(const std::string &path) {
    std::ifstream file(path);
    try {
        Recording recording = read_lines(file);
        recording.name = std::filesystem::path(path).stem();
        return recording;
    } catch (const std::runtime_error &error) {
        throw std::runtime_error(path + ": " + error.what() +
                                 "; record it with tests/cpuid/record");
    }
}

} // namespace cpuid
