/// What an object, or the members of a static library, define.
#include "linker/verify/archive.h"

#include <linux/elf.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <set>
#include <string_view>

#include "linker/verify/image.h"

namespace linker::verify {
namespace {

constexpr std::string_view magic = "!<arch>\n";
constexpr std::size_t header_bytes = 60;
constexpr std::size_t size_at = 48; // in a member's header, ten decimal digits
constexpr uint32_t section_symbols = 2;
constexpr unsigned bind_weak = 2;
constexpr unsigned bind_local = 0;
constexpr unsigned section_common = 0xfff2;
constexpr unsigned first_reserved_section = 0xff00;
constexpr uint64_t section_merge = 0x10;

/// One member, or an object of its own, read with bounds.
class Member {
public:
    Member(std::string_view bytes, const std::string &file) : bytes_(bytes), file_(file) {}

    bool is_object() const { return bytes_.starts_with("\177ELF\2"); }

    void define(std::vector<Definition> &all) const {
        const auto header = read<Elf64_Ehdr>(0);
        // Of many sections the number stands in the first one. [gabi 4]
        const std::size_t count = header.e_shnum != 0 || header.e_shoff == 0
                                      ? header.e_shnum
                                      : read<Elf64_Shdr>(header.e_shoff).sh_size;
        for (std::size_t i = 0; i < count; ++i) {
            const auto section = section_at(header, i);
            if (section.sh_type == section_symbols) {
                const auto strings = section_at(header, section.sh_link);
                define(header, section, strings.sh_offset, all);
            }
        }
    }

private:
    Elf64_Shdr section_at(const Elf64_Ehdr &header, std::size_t index) const {
        return read<Elf64_Shdr>(header.e_shoff + index * sizeof(Elf64_Shdr));
    }

    /// Whether an address says nothing of whose a symbol is: a number, a place outside of its
    /// section, or one in a section whose parts the linker merges with others'.
    bool is_anywhere(const Elf64_Ehdr &header, const Elf64_Sym &symbol) const {
        if (symbol.st_shndx == section_common) {
            return false;
        }
        if (symbol.st_shndx >= first_reserved_section) {
            return true;
        }
        const auto section = section_at(header, symbol.st_shndx);
        return symbol.st_value >= section.sh_size || (section.sh_flags & section_merge) != 0;
    }

    void define(const Elf64_Ehdr &header, const Elf64_Shdr &table, uint64_t strings,
                std::vector<Definition> &all) const {
        for (uint64_t at = 0; at + sizeof(Elf64_Sym) <= table.sh_size; at += sizeof(Elf64_Sym)) {
            const auto symbol = read<Elf64_Sym>(table.sh_offset + at);
            const unsigned bind = symbol.st_info >> 4u;
            if (bind != bind_local && symbol.st_shndx != 0) {
                const auto versioned = name(strings + symbol.st_name);
                all.push_back({versioned.substr(0, versioned.find('@', 1)), bind == bind_weak,
                               is_anywhere(header, symbol)}); // name@@VERSION defines name
            }
        }
    }

    std::string name(uint64_t at) const {
        const auto end = at < bytes_.size() ? bytes_.find('\0', at) : bytes_.npos;
        if (end == bytes_.npos) {
            fail();
        }
        return std::string(bytes_.substr(at, end - at));
    }

    template <class T>
    T read(uint64_t at) const {
        if (at > bytes_.size() || bytes_.size() - at < sizeof(T)) {
            fail();
        }
        T value;
        std::memcpy(&value, bytes_.data() + at, sizeof value);
        return value;
    }

    [[noreturn]] void fail() const {
        throw Unreadable(file_ + ": an object is cut off: build it again");
    }

    std::string_view bytes_;
    const std::string &file_;
};

/// What the index of an archive says of where members are, which the linker believes: SIZE, in
/// bytes, of its big-endian numbers.
void check_index(std::string_view index, std::size_t size, const std::set<uint64_t> &members,
                 const std::string &file) {
    const auto number = [&](std::size_t at) {
        uint64_t value = 0;
        for (std::size_t i = 0; i < size; ++i) {
            value =
                value << 8u | static_cast<unsigned char>(at + i < index.size() ? index[at + i] : 0);
        }
        return value;
    };
    const uint64_t count = number(0);
    for (uint64_t i = 1; i <= count; ++i) {
        if (i * size >= index.size() || !members.contains(number(i * size))) {
            throw Unreadable(file +
                             ": its index names a member that is none: llvm-ranlib mends it, "
                             "or build the library again");
        }
    }
}

} // namespace

std::vector<Definition> definitions_of(const std::string &file) {
    std::ifstream stream(file, std::ios::binary);
    const std::string all((std::istreambuf_iterator<char>(stream)), {});
    std::vector<Definition> definitions;
    if (const Member object(all, file); object.is_object()) {
        object.define(definitions);
        return definitions;
    }
    if (!all.starts_with(magic)) {
        throw Unreadable(file +
                         ": is no object, and no archive but a thin one at most: build it again");
    }
    std::string_view index;
    std::size_t index_size = 4;
    std::set<uint64_t> members;
    for (std::size_t at = magic.size(); at + header_bytes <= all.size();) {
        const auto name = all.substr(at, 16);
        if (name.starts_with("#1/") || name.starts_with("__.SYMDEF") ||
            std::any_of(name.begin(), name.end(), [](unsigned char c) { return c < ' '; })) {
            throw Unreadable(file + ": holds a member whose name is no plain one: pack it again by "
                                    "llvm-ar --format=gnu");
        }
        members.insert(at);
        const auto size = std::strtoull(all.substr(at + size_at, 10).c_str(), nullptr, 10);
        at += header_bytes;
        if (size > all.size() - at) {
            throw Unreadable(file + ": is cut off: build the library again");
        }
        if (name.starts_with("/ ") || name.starts_with("/SYM64/ ")) {
            index = std::string_view(all).substr(at, size);
            index_size = name[1] == ' ' ? 4 : 8;
        }
        const Member member(std::string_view(all).substr(at, size), file);
        if (member.is_object()) {
            member.define(definitions);
        }
        at += size + size % 2;
    }
    check_index(index, index_size, members, file);
    return definitions;
}

} // namespace linker::verify
