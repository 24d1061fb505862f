/// A relocatable object as the linker reads it: sections, symbols, relocations.
#include "linker/link/object.h"

#include "linker/verify/image.h"

namespace linker::link {

Object::Object(std::string_view bytes, std::string name) : bytes_(bytes), name_(std::move(name)) {
    header_ = read<Elf64_Ehdr>(0);
    if (header_.e_shoff != 0) {
        read_sections();
        read_symbols();
        read_relocations();
    }
}

void Object::check(uint64_t at, uint64_t count) const {
    if (at > bytes_.size() || bytes_.size() - at < count) {
        throw verify::Unreadable(name_ + ": an object that is cut off: build it again");
    }
}

std::string Object::text(const Elf64_Shdr &table, uint64_t offset) const {
    check(table.sh_offset, table.sh_size);
    const auto strings = bytes_.substr(table.sh_offset, table.sh_size);
    const auto end = offset < strings.size() ? strings.find('\0', offset) : strings.npos;
    if (end == strings.npos) {
        throw verify::Unreadable(name_ + ": an object whose names are cut off: build it again");
    }
    return std::string(strings.substr(offset, end - offset));
}

void Object::read_sections() {
    // If there are too many sections for the header, the first section holds their number. [gabi 4]
    const auto at = [&](std::size_t index) {
        return read<Elf64_Shdr>(header_.e_shoff + index * sizeof(Elf64_Shdr));
    };
    const std::size_t count = header_.e_shnum != 0 ? header_.e_shnum : at(0).sh_size;
    const auto names = at(header_.e_shstrndx == 0xffff ? at(0).sh_link : header_.e_shstrndx);
    for (std::size_t index = 0; index < count; ++index) {
        const auto header = at(index);
        sections_.push_back({text(names, header.sh_name), header});
        if (header.sh_type == SHT_SYMTAB) {
            symbol_table_ = index;
        }
    }
}

void Object::read_symbols() {
    if (symbol_table_ == 0) {
        return;
    }
    const auto &table = sections_[symbol_table_].header;
    if (table.sh_link >= sections_.size()) {
        throw verify::Unreadable(name_ + ": an object whose symbols have no names: build it again");
    }
    const auto &strings = sections_[table.sh_link].header;
    for (uint64_t at = 0; at + sizeof(Elf64_Sym) <= table.sh_size; at += sizeof(Elf64_Sym)) {
        const auto symbol = read<Elf64_Sym>(table.sh_offset + at);
        symbols_.push_back({text(strings, symbol.st_name), symbol});
    }
}

void Object::read_relocations() {
    for (const auto &section : sections_) {
        if (section.header.sh_type != SHT_RELA || section.header.sh_info >= sections_.size() ||
            !sections_[section.header.sh_info].is_loaded()) {
            continue;
        }
        for (uint64_t at = 0; at + sizeof(Elf64_Rela) <= section.header.sh_size;
             at += sizeof(Elf64_Rela)) {
            const auto row = read<Elf64_Rela>(section.header.sh_offset + at);
            const std::size_t symbol = ELF64_R_SYM(row.r_info);
            if (symbol >= symbols_.size()) {
                throw verify::Unreadable(name_ + ": an object with a relocation to no symbol: "
                                                 "build it again");
            }
            relocations_.push_back({section.header.sh_info, row.r_offset, symbol});
        }
    }
}

const ObjectSection *Object::section_of(const ObjectSymbol &symbol) const {
    const std::size_t index = symbol.symbol.st_shndx;
    return index != SHN_UNDEF && index < sections_.size() ? &sections_[index] : nullptr;
}

} // namespace linker::link
