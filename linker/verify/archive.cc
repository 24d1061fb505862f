/// What an object, or the members of a static library, define.
#include "linker/verify/archive.h"

#include <linux/elf.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
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

/// One member, or an object of its own, read with bounds.
class Member {
public:
    Member(std::string_view bytes, const std::string &file) : bytes_(bytes), file_(file) {}

    bool is_object() const { return bytes_.starts_with("\177ELF\2"); }

    void define(std::vector<Definition> &all) const {
        const auto header = read<Elf64_Ehdr>(0);
        for (std::size_t i = 0; i < header.e_shnum; ++i) {
            const auto section = read<Elf64_Shdr>(header.e_shoff + i * sizeof(Elf64_Shdr));
            if (section.sh_type == section_symbols) {
                const auto strings =
                    read<Elf64_Shdr>(header.e_shoff + section.sh_link * sizeof(Elf64_Shdr));
                define(section, strings.sh_offset, all);
            }
        }
    }

private:
    void define(const Elf64_Shdr &table, uint64_t strings, std::vector<Definition> &all) const {
        for (uint64_t at = 0; at + sizeof(Elf64_Sym) <= table.sh_size; at += sizeof(Elf64_Sym)) {
            const auto symbol = read<Elf64_Sym>(table.sh_offset + at);
            const unsigned bind = symbol.st_info >> 4u;
            if (bind != bind_local && symbol.st_shndx != 0) {
                all.push_back({name(strings + symbol.st_name), bind == bind_weak});
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
    for (std::size_t at = magic.size(); at + header_bytes <= all.size();) {
        const auto size = std::strtoull(all.substr(at + size_at, 10).c_str(), nullptr, 10);
        at += header_bytes;
        if (size > all.size() - at) {
            throw Unreadable(file + ": is cut off: build the library again");
        }
        const Member member(std::string_view(all).substr(at, size), file);
        if (member.is_object()) {
            member.define(definitions);
        }
        at += size + size % 2;
    }
    return definitions;
}

} // namespace linker::verify
