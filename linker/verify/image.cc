/// A linked image as the kernel and the linker describe it: headers, sections, symbols, bytes.
#include "linker/verify/image.h"

#include <cxxabi.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace linker::verify {

std::string hex(uint64_t number) {
    char digits[20];
    std::snprintf(digits, sizeof digits, "0x%llx", static_cast<unsigned long long>(number));
    return digits;
}

std::string readable(const std::string &symbol) {
    constexpr std::size_t longest = 4096; // longer names are cut in messages
    if (symbol.size() > longest) {
        return symbol.substr(0, longest) + "...";
    }
    // Newer compilers mangle a template's value with the type `auto`, which GCC 12 cannot demangle.
    constexpr std::string_view is_auto = "TnDa";
    for (std::string name = symbol; true;) {
        int status = 0;
        char *text = abi::__cxa_demangle(name.c_str(), nullptr, nullptr, &status);
        const std::string read = status == 0 ? text : symbol;
        std::free(text);
        const auto at = name.find(is_auto);
        if (status == 0 || at == name.npos) {
            return read;
        }
        name.erase(at, is_auto.size());
    }
}

Image Image::from_file(const std::string &path) {
    return from_file(path, path.substr(path.rfind('/') + 1));
}

Image Image::from_file(const std::string &path, const std::string &image_name) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    std::ifstream file(path, std::ios::binary);
    Bytes bytes(error ? 0 : size);
    if (error ||
        !file.read(reinterpret_cast<char *>(bytes.data()), static_cast<std::streamsize>(size))) {
        throw Unreadable(path + ": cannot be read: is it built, and a file?");
    }
    return {image_name, std::move(bytes)};
}

Image::Image(std::string image_name, Bytes contents)
    : name_(std::move(image_name)), bytes_(std::move(contents)) {
    if (bytes_.size() < SELFMAG || std::memcmp(bytes_.data(), ELFMAG, SELFMAG) != 0) {
        throw Unreadable(name_ + ": no ELF file");
    }
    header_ = read<Elf64_Ehdr>(0);
    if (header_.e_ident[EI_CLASS] != ELFCLASS64 || header_.e_ident[EI_DATA] != ELFDATA2LSB ||
        header_.e_machine != EM_X86_64 || header_.e_phentsize != sizeof(Elf64_Phdr)) {
        throw Unreadable(name_ + ": no ELF file for x86-64 with 64 bits");
    }
    for (unsigned i = 0; i < header_.e_phnum; ++i) {
        segments_.push_back(read<Elf64_Phdr>(header_.e_phoff + i * sizeof(Elf64_Phdr)));
    }
    for (unsigned i = 0; i < header_.e_shnum; ++i) {
        const std::size_t offset = header_.e_shoff + i * sizeof(Elf64_Shdr);
        sections_.push_back({"", offset, read<Elf64_Shdr>(offset)});
    }
    if (header_.e_shstrndx >= sections_.size() || header_.e_shentsize != sizeof(Elf64_Shdr)) {
        throw Unreadable(
            name_ + ": no section table (was it stripped?): verify the image as it was linked");
    }
    for (auto &section : sections_) {
        section.name = text(sections_[header_.e_shstrndx].header, section.header.sh_name);
    }
    for (const auto &section : sections_) {
        if (section.header.sh_type == SHT_SYMTAB && section.header.sh_link < sections_.size()) {
            read_symbols(section.header, sections_[section.header.sh_link].header);
        }
    }
    std::sort(functions_.begin(), functions_.end(), [](const auto &a, const auto &b) {
        return a.begin != b.begin ? a.begin < b.begin : a.is_local < b.is_local;
    });
}

std::string Image::text(const Elf64_Shdr &table, uint32_t offset) const {
    const std::size_t begin = table.sh_offset + offset;
    static_cast<void>(read<char>(begin));
    const auto *first = reinterpret_cast<const char *>(bytes_.data()) + begin;
    const auto *end = static_cast<const char *>(std::memchr(first, 0, bytes_.size() - begin));
    if (end == nullptr) {
        throw Unreadable(name_ + ": cut off: a name does not end");
    }
    return {first, end};
}

void Image::read_symbols(const Elf64_Shdr &table, const Elf64_Shdr &strings) {
    for (std::size_t at = 0; at + sizeof(Elf64_Sym) <= table.sh_size; at += sizeof(Elf64_Sym)) {
        const auto symbol = read<Elf64_Sym>(table.sh_offset + at);
        const auto symbol_name = text(strings, symbol.st_name);
        if (symbol.st_shndx == SHN_UNDEF || symbol_name.empty()) {
            continue;
        }
        symbols_[symbol_name] = symbol.st_value; // local symbols come first [gabi 4]
        const bool is_local = ELF64_ST_BIND(symbol.st_info) == STB_LOCAL;
        all_symbols_.emplace(symbol_name, Symbol{symbol.st_value, is_local});
        if (ELF64_ST_TYPE(symbol.st_info) == STT_FUNC) {
            functions_.push_back(
                {symbol_name, symbol.st_value, symbol.st_value + symbol.st_size, is_local});
        }
    }
}

const Elf64_Phdr &Image::loaded(uint32_t flags) const {
    const Elf64_Phdr *found = nullptr;
    for (const auto &segment : segments_) {
        if (segment.p_type == PT_LOAD && segment.p_flags == flags) {
            if (found != nullptr) {
                throw Unreadable(name_ + ": two loaded segments with flags " +
                                 std::to_string(flags));
            }
            found = &segment;
        }
    }
    if (found == nullptr) {
        throw Unreadable(name_ + ": no loaded segment with flags " + std::to_string(flags));
    }
    return *found;
}

const Section *Image::section(std::string_view section_name) const {
    const auto found = std::find_if(sections_.begin(), sections_.end(), [&](const auto &section) {
        return section.name == section_name;
    });
    return found == sections_.end() ? nullptr : &*found;
}

uint64_t Image::symbol(std::string_view symbol_name) const {
    const auto found = symbols_.find(symbol_name);
    if (found == symbols_.end()) {
        throw Unreadable(name_ + ": no symbol " + std::string(symbol_name));
    }
    const auto [first, last] = all_symbols_.equal_range(found->first);
    if (std::any_of(first, last,
                    [&](const auto &other) { return other.second.value != found->second; })) {
        throw Unreadable(name_ + ": two symbols " + found->first +
                         ", which is a name of the runtime: rename the other one");
    }
    return found->second;
}

const Function *Image::function_at(uint64_t address) const {
    for (const auto &function : functions_) {
        if (address >= function.begin && address < function.end) {
            return &function;
        }
    }
    return nullptr;
}

std::string Image::place(uint64_t address) const {
    if (const auto *function = function_at(address)) {
        return readable(function->name) + "+" + hex(address - function->begin);
    }
    const Function *last = nullptr;
    for (const auto &function : functions_) {
        last = function.begin <= address ? &function : last;
    }
    return hex(address) + (last == nullptr ? "" : " after " + readable(last->name));
}

std::size_t Image::offset_of(uint64_t address, std::size_t count) const {
    for (const auto &segment : segments_) {
        if (segment.p_type == PT_LOAD && address >= segment.p_vaddr &&
            address - segment.p_vaddr <= segment.p_filesz &&
            segment.p_filesz - (address - segment.p_vaddr) >= count) {
            return segment.p_offset + (address - segment.p_vaddr);
        }
    }
    throw Unreadable(name_ + ": no byte of the file is loaded at " + hex(address));
}

std::vector<linker::RegionRecord> Image::regions() const {
    std::vector<linker::RegionRecord> records;
    const uint64_t end = symbol("__region_table_end");
    for (uint64_t at = symbol("__region_table_start"); at < end;
         at += sizeof(linker::RegionRecord)) {
        records.push_back(read<linker::RegionRecord>(offset_of(at, sizeof(linker::RegionRecord))));
    }
    return records;
}

} // namespace linker::verify
