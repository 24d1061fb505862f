/// An input file of the linker: an object, or a static library with its members.
#include "linker/link/archive.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <utility>

#include "linker/link/object.h"
#include "linker/verify/image.h"

namespace linker::link {
namespace {

constexpr std::string_view magic = "!<arch>\n";
constexpr std::string_view thin_magic = "!<thin>\n";
constexpr std::size_t header_bytes = 60;
constexpr std::size_t name_bytes = 16;
constexpr std::size_t size_at = 48; // ten decimal digits

/// LLVM bitcode, bare or in its wrapper.
bool is_bitcode(std::string_view bytes) {
    return bytes.starts_with("BC\xC0\xDE") || bytes.starts_with("\xDE\xC0\x17\x0B");
}

/// The name in a member's header: `NAME/`, or `/OFFSET` of a long name, which ends with /\n.
std::string member_name(std::string_view field, std::string_view long_names) {
    if (field.starts_with('/')) {
        const auto offset = std::strtoull(std::string(field.substr(1)).c_str(), nullptr, 10);
        field = offset < long_names.size() ? long_names.substr(offset) : "?";
    }
    return std::string(field.substr(0, field.find('/')));
}

/// The archive's own table of symbols: how many, and where the header of each one's member is, as
/// big-endian numbers of `width` bytes. The linker loads what it leads to. [ar(5)]
bool leads_to_members(std::string_view index, std::size_t width,
                      const std::set<uint64_t> &headers) {
    const auto number = [&](std::size_t place) {
        uint64_t value = 0;
        for (const char byte : index.substr(place * width, width)) {
            value = value << 8 | static_cast<unsigned char>(byte);
        }
        return value;
    };
    const uint64_t places = index.size() / width;
    if (places == 0 || number(0) >= places) {
        return index.empty();
    }
    for (uint64_t place = 1; place <= number(0); ++place) {
        if (!headers.contains(number(place))) {
            return false;
        }
    }
    return true;
}

} // namespace

std::string file_name(const std::string &path) {
    return path.substr(path.rfind('/') + 1);
}

std::string bytes_of(const std::string &file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        throw verify::Unreadable(file + ": cannot be read");
    }
    return {std::istreambuf_iterator<char>(stream), {}};
}

Archive::Archive(const std::string &file) : bytes_(bytes_of(file)) {
    read(file);
}

void Archive::read(const std::string &file) {
    const std::string_view all = bytes_;
    if (Object::is_one(all)) {
        members_.push_back({file_name(file), all});
        return;
    }
    if (!all.starts_with(magic)) {
        throw verify::Unreadable(file +
                                 (all.starts_with(thin_magic)
                                      ? ": is a thin archive: pack it again by llvm-ar without T"
                                      : ": is neither an object nor an archive: build it again"));
    }
    std::string_view long_names;
    std::set<uint64_t> headers;
    std::vector<std::pair<std::string_view, std::size_t>> indices; // the width of their numbers
    for (std::size_t at = magic.size(); at + header_bytes <= all.size();) {
        const auto name = all.substr(at, name_bytes);
        const auto size =
            std::strtoull(std::string(all.substr(at + size_at, 10)).c_str(), nullptr, 10);
        headers.insert(at);
        at += header_bytes;
        if (size > all.size() - at) {
            throw verify::Unreadable(file + ": is cut off: build the library again");
        }
        if (name.starts_with("#1/") || name.starts_with("__.SYMDEF")) {
            throw verify::Unreadable(file +
                                     ": is a BSD archive: pack it again by llvm-ar --format=gnu");
        }
        const auto contents = all.substr(at, size);
        if (name.starts_with("// ")) {
            long_names = contents;
        } else if (name.starts_with("/ ") || name.starts_with("/SYM64/ ")) {
            indices.emplace_back(contents, name[1] == ' ' ? 4 : 8);
        } else if (Object::is_one(contents)) {
            members_.push_back(
                {file_name(file) + "(" + member_name(name, long_names) + ")", contents});
        } else if (is_bitcode(contents) && bitcode_.empty()) {
            bitcode_ = member_name(name, long_names);
        }
        at += size + size % 2;
    }
    for (const auto &[index, width] : indices) {
        if (indices.size() != 1 || !leads_to_members(index, width, headers)) {
            throw verify::Unreadable(file + ": its table of symbols leads to no member: pack it "
                                            "again by llvm-ar");
        }
    }
}

} // namespace linker::link
