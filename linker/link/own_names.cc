/// Makes the names of an object its own.
#include "linker/link/own_names.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "linker/link/prelink.h"
#include "linker/verify/image.h"

namespace linker::link {
namespace {

constexpr uint32_t call_relocation = 4; // R_X86_64_PLT32 [psabi 4.4.1]

/// The beginnings of section names that the linker script matches.
constexpr std::string_view families[] = {".text",   ".memory",      ".gate", ".trap",
                                         ".rodata", ".data.rel.ro", ".data", ".bss"};

std::string plain(std::string name) {
    std::replace_if(
        name.begin(), name.end(), [](unsigned char c) { return c < ' '; }, '?');
    return name;
}

std::string section_name(const std::string &name, std::size_t index) {
    if (name == "COMMON") {
        return ".bss." + std::to_string(index);
    }
    for (const auto family : families) {
        const auto rest = name.starts_with(family) ? name.substr(family.size()) : "?";
        if (rest.empty() || (rest.starts_with(".") && !rest.starts_with("..postern."))) {
            return std::string(family) + "." + std::to_string(index);
        }
    }
    return plain(name);
}

class Writer {
public:
    explicit Writer(const Object &object) : object_(object), bytes_(object.bytes()) {
        for (const auto &section : object.sections()) {
            headers_.push_back(section.header);
        }
        for (const auto &symbol : object.symbols()) {
            symbols_.push_back(symbol.symbol);
        }
    }

    std::string write(const std::set<std::string> &kept, const std::set<std::string> &nobodys) {
        if (headers_.size() >= SHN_LORESERVE || symbols_.empty()) {
            throw verify::Unreadable(object_.name() + ": " + std::to_string(headers_.size()) +
                                     " sections, more than linker/link can name, or no symbols");
        }
        define_commons();
        bound_symbols();
        redirect_calls(nobodys);
        for (std::size_t index = 0; index < symbols_.size(); ++index) {
            auto &symbol = symbols_[index];
            if (symbol.st_shndx != SHN_UNDEF && !kept.contains(object_.symbols()[index].name)) {
                symbol.st_info =
                    static_cast<unsigned char>(STB_LOCAL << 4 | ELF64_ST_TYPE(symbol.st_info));
            }
        }
        sort_symbols();
        open_groups();
        name_sections();
        put(0, header_);
        return std::move(bytes_);
    }

private:
    template <class T>
    void put(uint64_t at, const T &value) {
        static_cast<void>(object_.read<T>(at)); // throws if it is not in the file
        std::memcpy(bytes_.data() + at, &value, sizeof value);
    }

    /// lld places each common variable in a section COMMON of its own, in the order of the symbols,
    /// but does not update the symbols.
    void define_commons() {
        std::size_t section = 0;
        for (auto &symbol : symbols_) {
            if (symbol.st_shndx != common_index) {
                continue;
            }
            do {
                ++section;
            } while (section < headers_.size() && object_.sections()[section].name != "COMMON");
            if (section >= headers_.size() || headers_[section].sh_size != symbol.st_size) {
                throw verify::Unreadable(object_.name() + ": a common variable without a section: "
                                                          "compile it with -fno-common");
            }
            symbol.st_shndx = static_cast<Elf64_Half>(section);
            symbol.st_value = 0;
        }
    }

    /// Bounds every symbol by its section, because the audit names code by symbols.
    void bound_symbols() {
        for (auto &symbol : symbols_) {
            if (symbol.st_shndx == absolute_index && ELF64_ST_TYPE(symbol.st_info) != STT_FILE) {
                symbol = {.st_name = 0,
                          .st_info = static_cast<unsigned char>(symbol.st_info & 0xf0),
                          .st_other = 0,
                          .st_shndx = absolute_index,
                          .st_value = symbol.st_value,
                          .st_size = 0};
            } else if (symbol.st_shndx != SHN_UNDEF && symbol.st_shndx < headers_.size()) {
                const uint64_t bytes = headers_[symbol.st_shndx].sh_size;
                if (symbol.st_value > bytes) {
                    throw verify::Unreadable(object_.name() + ": a symbol outside of its section: "
                                                              "no compiler makes that: build its "
                                                              "SOURCES and LIBRARIES again");
                }
                symbol.st_size = std::min(symbol.st_size, bytes - symbol.st_value);
            }
        }
    }

    void redirect_calls(const std::set<std::string> &nobodys) {
        const auto &all = object_.symbols();
        const auto stub = std::find_if(all.begin(), all.end(), [](const auto &symbol) {
            return symbol.name == nobodys_function && !symbol.is_undefined();
        });
        for (const auto &section : headers_) {
            for (uint64_t at = 0; section.sh_type == SHT_RELA && at < section.sh_size;
                 at += sizeof(Elf64_Rela)) {
                auto row = read<Elf64_Rela>(section.sh_offset + at);
                const auto &symbol = all.at(ELF64_R_SYM(row.r_info));
                if (ELF64_R_TYPE(row.r_info) == call_relocation && symbol.is_undefined() &&
                    nobodys.contains(symbol.name) && stub != all.end()) {
                    const auto index = static_cast<uint64_t>(stub - all.begin());
                    row.r_info = index << 32 | call_relocation;
                    put(section.sh_offset + at, row);
                }
            }
        }
    }

    /// A T at an offset of the file, as it is by now.
    template <class T>
    T read(uint64_t at) const {
        static_cast<void>(object_.read<T>(at)); // throws if it is not in the file
        T value;
        std::memcpy(&value, bytes_.data() + at, sizeof value);
        return value;
    }

    /// Local symbols must come first, so all references by index are renumbered. [gabi 4]
    void sort_symbols() {
        std::vector<std::size_t> order;
        std::size_t first_global = 0;
        for (const bool local : {true, false}) {
            for (std::size_t index = 0; index < symbols_.size(); ++index) {
                if ((ELF64_ST_BIND(symbols_[index].st_info) == STB_LOCAL) == local) {
                    order.push_back(index);
                }
            }
            first_global = local ? order.size() : first_global;
        }
        std::vector<uint32_t> place(order.size());
        auto &table = headers_[object_.symbol_table()];
        for (std::size_t index = 0; index < order.size(); ++index) {
            place[order[index]] = static_cast<uint32_t>(index);
            put(table.sh_offset + index * sizeof(Elf64_Sym), symbols_[order[index]]);
        }
        table.sh_info = static_cast<uint32_t>(first_global);
        for (auto &section : headers_) {
            if (section.sh_type == section_group) {
                section.sh_info = place.at(section.sh_info);
            }
            for (uint64_t at = 0; section.sh_type == SHT_RELA && at < section.sh_size;
                 at += sizeof(Elf64_Rela)) {
                auto row = read<Elf64_Rela>(section.sh_offset + at);
                const uint64_t symbol = place.at(ELF64_R_SYM(row.r_info));
                row.r_info = symbol << 32 | ELF64_R_TYPE(row.r_info);
                put(section.sh_offset + at, row);
            }
        }
    }

    /// A group's first word has the COMDAT flag, which makes it one of many of a name. It is
    /// cleared.
    void open_groups() {
        for (auto &section : headers_) {
            if (section.sh_type == section_group) {
                put(section.sh_offset, uint32_t{0});
            }
            if ((section.sh_flags & SHF_ALLOC) != 0) {
                section.sh_flags &= ~(flag_merge | flag_strings);
            }
        }
    }

    void name_sections() {
        auto &strings = headers_[headers_[object_.symbol_table()].sh_link];
        for (uint64_t at = strings.sh_offset; at < strings.sh_offset + strings.sh_size; ++at) {
            const auto byte = static_cast<unsigned char>(bytes_[at]);
            bytes_[at] = byte != 0 && byte < ' ' ? '?' : bytes_[at];
        }
        std::string names(1, '\0');
        for (std::size_t index = 1; index < headers_.size(); ++index) {
            auto &header = headers_[index];
            header.sh_name = static_cast<uint32_t>(names.size());
            if ((header.sh_flags & SHF_ALLOC) != 0 && header.sh_size == 0) {
                // The map does not tell the owner of an empty section. It must not pad a table or a
                // region.
                header.sh_type = SHT_PROGBITS;
                header.sh_flags = SHF_ALLOC;
                header.sh_addralign = 1;
                header.sh_link = 0;
                names += ".rodata." + std::to_string(index) + '\0';
            } else {
                names += section_name(object_.sections()[index].name, index) + '\0';
            }
        }
        header_ = object_.header();
        headers_[header_.e_shstrndx].sh_offset = bytes_.size();
        headers_[header_.e_shstrndx].sh_size = names.size();
        bytes_ += names;
        bytes_.resize((bytes_.size() + 7) & ~std::size_t{7});
        header_.e_shoff = bytes_.size();
        for (const auto &section : headers_) {
            bytes_.append(reinterpret_cast<const char *>(&section), sizeof section);
        }
    }

    const Object &object_;
    std::string bytes_;
    Elf64_Ehdr header_{};
    std::vector<Elf64_Shdr> headers_;
    std::vector<Elf64_Sym> symbols_;
};

} // namespace

std::string with_own_names(const Object &object, const std::set<std::string> &kept,
                           const std::set<std::string> &nobodys) {
    return Writer(object).write(kept, nobodys);
}

} // namespace linker::link
