/// Looking for bytes in all memory of another process.
#include "tests/hosted/signer_search.h"

#include <algorithm>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <unistd.h>

namespace hosted {

namespace {

constexpr std::size_t needle = 8;
constexpr std::size_t chunk = 1 << 20;

std::uint64_t word_at(const char *bytes) {
    std::uint64_t word;
    std::memcpy(&word, bytes, sizeof word);
    return word;
}

std::string padded(std::string key, char padding) {
    for (char &byte : key) {
        byte = static_cast<char>(byte ^ padding);
    }
    return key;
}

/// Mappings that the kernel adds to every process and that cannot be read through /proc.
bool is_kernels(const std::string &mapping) {
    return mapping.find("[vvar") != mapping.npos || mapping.find("[vsyscall]") != mapping.npos;
}

/// Reads a range in pieces that overlap; false where it cannot.
bool search_range(int memory, std::uint64_t begin, std::uint64_t end, const Needles &needles,
                  Search &search) {
    std::string bytes(chunk + needle - 1, '\0');
    for (std::uint64_t at = begin; at < end; at += chunk) {
        const std::size_t wanted = std::min<std::uint64_t>(bytes.size(), end - at);
        if (pread(memory, bytes.data(), wanted, static_cast<off_t>(at)) !=
            static_cast<ssize_t>(wanted)) {
            return false;
        }
        for (const std::size_t offset : needles.find_in(bytes.data(), wanted)) {
            search.found.push_back(at + offset);
        }
    }
    search.bytes += end - begin;
    return true;
}

} // namespace

void Needles::add(const char *eight) {
    words_.insert(word_at(eight));
    beginnings_.set(word_at(eight) & 0xffff);
}

Needles Needles::plain(const std::string &bytes) {
    Needles needles;
    for (std::size_t i = 0; i + needle <= bytes.size(); ++i) {
        needles.add(bytes.data() + i);
    }
    return needles;
}

Needles Needles::of_key(const std::string &key) {
    Needles needles;
    for (const char padding : {'\0', '\x36', '\x5c'}) {
        std::string form = padded(key, padding);
        for (std::size_t i = 0; i + needle <= form.size(); ++i) {
            needles.add(form.data() + i);
        }
        for (std::size_t i = 0; i + 4 <= form.size(); i += 4) {
            std::reverse(form.begin() + static_cast<long>(i),
                         form.begin() + static_cast<long>(i) + 4);
        }
        for (std::size_t i = 0; i + needle <= form.size(); i += 4) {
            needles.add(form.data() + i);
        }
    }
    return needles;
}

std::vector<std::size_t> Needles::find_in(const char *bytes, std::size_t count) const {
    std::vector<std::size_t> offsets;
    for (std::size_t i = 0; i + needle <= count; ++i) {
        const std::uint64_t word = word_at(bytes + i);
        if (word == 0) {
            continue; // most memory
        }
        if (beginnings_[word & 0xffff] && words_.contains(word)) {
            offsets.push_back(i);
        }
    }
    return offsets;
}

Search search_process(pid_t pid, const Needles &needles) {
    Search search;
    const std::string folder = "/proc/" + std::to_string(pid);
    const int memory = open((folder + "/mem").c_str(), O_RDONLY | O_CLOEXEC);
    std::ifstream maps(folder + "/maps");
    for (std::string line; std::getline(maps, line);) {
        std::uint64_t begin = 0, end = 0;
        char dash = 0;
        std::istringstream(line) >> std::hex >> begin >> dash >> end;
        ++search.mappings;
        if (!is_kernels(line) && !search_range(memory, begin, end, needles, search)) {
            search.unreadable.push_back(line);
        }
    }
    if (memory < 0 || search.mappings == 0) {
        search.unreadable.push_back("all of it");
    }
    close(memory);
    return search;
}

} // namespace hosted
