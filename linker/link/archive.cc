/// A file that the linker is given: an object, or the members of a static library.
#include "linker/link/archive.h"

#include <cstdlib>
#include <fstream>
#include <iterator>

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

/// The name in a member's header: `NAME/`, or `/OFFSET` among the long names, each of which ends
/// with /\n.
std::string member_name(std::string_view field, std::string_view long_names) {
    if (field.starts_with('/')) {
        const auto offset = std::strtoull(std::string(field.substr(1)).c_str(), nullptr, 10);
        field = offset < long_names.size() ? long_names.substr(offset) : "?";
    }
    return std::string(field.substr(0, field.find('/')));
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
                                      : ": is no object, and no archive: build it again"));
    }
    std::string_view long_names;
    for (std::size_t at = magic.size(); at + header_bytes <= all.size();) {
        const auto name = all.substr(at, name_bytes);
        const auto size =
            std::strtoull(std::string(all.substr(at + size_at, 10)).c_str(), nullptr, 10);
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
        } else if (Object::is_one(contents)) {
            members_.push_back(
                {file_name(file) + "(" + member_name(name, long_names) + ")", contents});
        } else if (is_bitcode(contents) && bitcode_.empty()) {
            bitcode_ = member_name(name, long_names);
        }
        at += size + size % 2;
    }
}

} // namespace linker::link
