/// A relocatable object as the linker reads it: sections, symbols, relocations.
#pragma once

#include <linux/elf.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace linker::link {

// Constants that the kernel's header does not define. [gabi 4, 5]
constexpr uint32_t section_group = 17;
constexpr unsigned absolute_index = 0xfff1;
constexpr unsigned common_index =
    0xfff2; // the section index of a variable that the linker is to place
constexpr uint64_t flag_merge = 0x10;
constexpr uint64_t flag_strings = 0x20;
constexpr uint64_t flag_link_order = 0x80;
constexpr uint64_t flag_compressed = 0x800;
constexpr uint64_t flag_retain = 0x200000;
constexpr uint64_t flag_exclude = 0x80000000;

struct ObjectSection {
    std::string name;
    Elf64_Shdr header;

    bool is_loaded() const { return (header.sh_flags & SHF_ALLOC) != 0; }
    bool is_executable() const { return (header.sh_flags & SHF_EXECINSTR) != 0; }
};

struct ObjectSymbol {
    std::string name;
    Elf64_Sym symbol;

    bool is_local() const { return ELF64_ST_BIND(symbol.st_info) == STB_LOCAL; }
    bool is_weak() const { return ELF64_ST_BIND(symbol.st_info) == STB_WEAK; }
    bool is_undefined() const { return symbol.st_shndx == SHN_UNDEF; }
};

struct Relocation {
    std::size_t section; // the section whose bytes it changes
    uint64_t offset;     // in it
    std::size_t symbol;
};

/// The constructor reads everything; throws verify::Unreadable if a header leads out of the bytes.
class Object {
public:
    /// `name` is for messages. The bytes must outlive the object.
    Object(std::string_view bytes, std::string name);
    static bool is_one(std::string_view bytes) { return bytes.starts_with("\177ELF\2"); }

    const std::string &name() const { return name_; }
    std::string_view bytes() const { return bytes_; }
    const Elf64_Ehdr &header() const { return header_; }
    const std::vector<ObjectSection> &sections() const { return sections_; }
    const std::vector<ObjectSymbol> &symbols() const { return symbols_; }
    /// The relocations of sections that are loaded.
    const std::vector<Relocation> &relocations() const { return relocations_; }
    /// The index of the table of symbols; 0 if there is none.
    std::size_t symbol_table() const { return symbol_table_; }

    /// The section that a symbol is defined in; nullptr if it is in none.
    const ObjectSection *section_of(const ObjectSymbol &symbol) const;

    /// A T at an offset of the file.
    template <class T>
    T read(uint64_t at) const {
        T value;
        check(at, sizeof value);
        __builtin_memcpy(&value, bytes_.data() + at, sizeof value);
        return value;
    }

private:
    void check(uint64_t at, uint64_t count) const;
    std::string text(const Elf64_Shdr &table, uint64_t offset) const;
    void read_sections();
    void read_symbols();
    void read_relocations();

    std::string_view bytes_;
    std::string name_;
    Elf64_Ehdr header_{};
    std::vector<ObjectSection> sections_;
    std::vector<ObjectSymbol> symbols_;
    std::vector<Relocation> relocations_;
    std::size_t symbol_table_ = 0;
};

} // namespace linker::link
