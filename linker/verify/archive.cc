/// The names that an object, or the members of a static library, define and refer to.
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
constexpr std::string_view thin_magic = "!<thin>\n";
constexpr std::size_t header_bytes = 60;
constexpr std::size_t size_at = 48; // in a member's header, ten decimal digits
// What the kernel's header does not name. [gabi 4]
constexpr uint64_t section_merge = 0x10;
constexpr unsigned index_elsewhere = 0xffff; // in the first section's header

/// A control character in a name reads like the end of a line in the linker's map.
bool is_plain(std::string_view name) {
    return std::none_of(name.begin(), name.end(), [](unsigned char c) { return c < ' '; });
}

/// One member, or an object of its own, read with bounds.
class Member {
public:
    Member(std::string_view bytes, const std::string &file) : bytes_(bytes), file_(file) {}

    bool is_object() const { return bytes_.starts_with("\177ELF\2"); }

    void name(Names &all) const {
        const auto header = read<Elf64_Ehdr>(0);
        if (header.e_shoff == 0) {
            return;
        }
        // Of many sections the number stands in the first one. [gabi 4]
        const auto first = section_at(header, 0);
        const std::size_t count = header.e_shnum != 0 ? header.e_shnum : first.sh_size;
        const auto names = section_at(
            header, header.e_shstrndx == index_elsewhere ? first.sh_link : header.e_shstrndx);
        bool has_symbols = false;
        for (std::size_t i = 0; i < count; ++i) {
            const auto section = section_at(header, i);
            static_cast<void>(plain_text(names.sh_offset + section.sh_name));
            if (section.sh_type == SHT_SYMTAB) {
                if (has_symbols) {
                    throw Unreadable(file_ + ": an object with two symbol tables: build it again");
                }
                has_symbols = true;
                name(header, section, section_at(header, section.sh_link).sh_offset, all);
            }
        }
    }

private:
    Elf64_Shdr section_at(const Elf64_Ehdr &header, std::size_t index) const {
        return read<Elf64_Shdr>(header.e_shoff + index * sizeof(Elf64_Shdr));
    }

    /// Whether an address says nothing of whose a symbol is: a number, a place outside of its
    /// section, or one in a section that is not laid out, or whose parts the linker merges with
    /// others'.
    bool is_anywhere(const Elf64_Ehdr &header, const Elf64_Sym &symbol) const {
        if (symbol.st_shndx == SHN_COMMON) {
            return false;
        }
        if (symbol.st_shndx >= SHN_LORESERVE) {
            return true;
        }
        const auto section = section_at(header, symbol.st_shndx);
        const bool is_laid_out =
            (section.sh_type == SHT_PROGBITS || section.sh_type == SHT_NOBITS) &&
            (section.sh_flags & SHF_ALLOC) != 0;
        return !is_laid_out || symbol.st_value >= section.sh_size ||
               (section.sh_flags & section_merge) != 0;
    }

    void name(const Elf64_Ehdr &header, const Elf64_Shdr &table, uint64_t strings,
              Names &all) const {
        for (uint64_t at = 0; at + sizeof(Elf64_Sym) <= table.sh_size; at += sizeof(Elf64_Sym)) {
            const auto symbol = read<Elf64_Sym>(table.sh_offset + at);
            const unsigned bind = symbol.st_info >> 4u;
            const auto versioned = plain_text(strings + symbol.st_name);
            if (bind == STB_LOCAL) {
                continue;
            }
            const auto name = versioned.substr(0, versioned.find('@', 1)); // as in name@@VERSION
            if (symbol.st_shndx == 0) {
                all.references.push_back({name, bind == STB_WEAK});
            } else {
                all.definitions.push_back({name, bind == STB_WEAK, is_anywhere(header, symbol)});
            }
        }
    }

    std::string plain_text(uint64_t at) const {
        const auto found = text(at);
        if (!is_plain(found)) {
            throw Unreadable(file_ + ": a section or a symbol has a name of more than one line: "
                                     "rename it");
        }
        return found;
    }

    std::string text(uint64_t at) const {
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

/// Of a member's header, or of the member that holds long names, each of which ends with /\n.
/// Archives of BSD and of COFF have others.
bool is_plain_member(const std::string &header, std::string_view contents) {
    if (header.starts_with("#1/") || header.starts_with("__.SYMDEF") || !is_plain(header) ||
        header.find(':') != header.npos) {
        return false;
    }
    if (!header.starts_with("// ")) {
        return true;
    }
    while (!contents.empty() && contents != "\n") { // filled up to an even size
        const auto end = contents.find("/\n");
        const auto name = contents.substr(0, end);
        if (end == contents.npos || !is_plain(name) || name.find(':') != name.npos) {
            return false;
        }
        contents.remove_prefix(end + 2);
    }
    return true;
}

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

Names names_of(const std::string &file) {
    std::ifstream stream(file, std::ios::binary);
    const std::string all((std::istreambuf_iterator<char>(stream)), {});
    Names names;
    if (const Member object(all, file); object.is_object()) {
        object.name(names);
        return names;
    }
    if (!all.starts_with(magic)) {
        throw Unreadable(file + (all.starts_with(thin_magic)
                                     ? ": is a thin archive: pack it again by llvm-ar without T"
                                     : ": is no object, and no archive: build it again"));
    }
    std::string_view index;
    std::size_t index_size = 4;
    std::set<uint64_t> members;
    for (std::size_t at = magic.size(); at + header_bytes <= all.size();) {
        const auto name = all.substr(at, 16);
        const bool is_first = at == magic.size();
        members.insert(at);
        const auto size = std::strtoull(all.substr(at + size_at, 10).c_str(), nullptr, 10);
        at += header_bytes;
        if (size > all.size() - at) {
            throw Unreadable(file + ": is cut off: build the library again");
        }
        const auto contents = std::string_view(all).substr(at, size);
        const bool is_index = name.starts_with("/ ") || name.starts_with("/SYM64/ ");
        if ((is_index && !is_first) || !is_plain_member(name, contents)) {
            throw Unreadable(file + ": holds a member whose name is no plain one, or a second "
                                    "index: pack it again by llvm-ar --format=gnu");
        }
        if (is_index) {
            index = contents;
            index_size = name[1] == ' ' ? 4 : 8;
        }
        if (const Member member(contents, file); member.is_object()) {
            member.name(names);
        }
        at += size + size % 2;
    }
    check_index(index, index_size, members, file);
    return names;
}

} // namespace linker::verify
