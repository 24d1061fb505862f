/// A linked image as the kernel and the linker describe it: headers, sections, symbols, bytes.
#pragma once

#include <linux/elf.h>

#include <cstdint>
#include <cstring>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "linker/symbols.h"

namespace linker::verify {

using Bytes = std::vector<unsigned char>;

// Constants that the kernel's header does not define. [gabi 4, 5]
constexpr uint32_t section_init_array = 14;
constexpr uint32_t section_fini_array = 15;
constexpr uint32_t section_preinit_array = 16;
constexpr uint64_t section_thread_local = 0x400;

/// The end of an image's name from its link to the end of its verification.
inline constexpr const char *unverified_suffix = ".unverified";

/// The reason why a file cannot be verified at all.
struct Unreadable : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct Section {
    std::string name;
    std::size_t header_offset; // in the file
    Elf64_Shdr header;
};

/// A function with its size, as the symbol table has it.
struct Function {
    std::string name;
    uint64_t begin;
    uint64_t end;
    bool is_local;
};

struct Symbol {
    uint64_t value;
    bool is_local; // local to its object: the linker resolves no other object's reference to it
};

/// The constructor reads everything; throws Unreadable if a header leads out of the file.
class Image {
public:
    Image(std::string image_name, Bytes contents);
    static Image from_file(const std::string &path, const std::string &image_name);
    static Image from_file(const std::string &path);

    const std::string &name() const { return name_; }
    const Bytes &bytes() const { return bytes_; }
    const Elf64_Ehdr &header() const { return header_; }
    const std::vector<Elf64_Phdr> &segments() const { return segments_; }
    const std::vector<Section> &sections() const { return sections_; }
    const std::vector<Function> &functions() const { return functions_; }
    /// The value of each name: that of a global symbol if there is one, else that of a local one.
    const std::map<std::string, uint64_t, std::less<>> &symbols() const { return symbols_; }
    /// All symbols by name.
    const std::multimap<std::string, Symbol> &all_symbols() const { return all_symbols_; }

    /// The only loaded segment with these flags; throws Unreadable unless there is exactly one.
    const Elf64_Phdr &loaded(uint32_t flags) const;
    const Section *section(std::string_view section_name) const;
    /// The value of a symbol; throws Unreadable if there is none.
    uint64_t symbol(std::string_view symbol_name) const;
    /// "function+0x12"; for an address in no function, "0x... after" the function before it.
    std::string place(uint64_t address) const;
    /// The function that holds an address; nullptr if there is none.
    const Function *function_at(uint64_t address) const;
    /// The offset in the file of the byte that is loaded at `address`; throws Unreadable if there
    /// is none.
    std::size_t offset_of(uint64_t address, std::size_t count = 1) const;
    /// The region records, from the table that the linker script writes.
    std::vector<linker::RegionRecord> regions() const;

    /// A T at an offset of the file.
    template <class T>
    T read(std::size_t offset) const {
        if (offset > bytes_.size() || bytes_.size() - offset < sizeof(T)) {
            throw Unreadable(name_ + ": cut off: nothing at offset " + std::to_string(offset));
        }
        T value;
        std::memcpy(&value, bytes_.data() + offset, sizeof value);
        return value;
    }

private:
    std::string text(const Elf64_Shdr &table, uint32_t offset) const;
    void read_symbols(const Elf64_Shdr &table, const Elf64_Shdr &strings);

    std::string name_;
    Bytes bytes_;
    Elf64_Ehdr header_{};
    std::vector<Elf64_Phdr> segments_;
    std::vector<Section> sections_;
    std::vector<Function> functions_; // sorted by address
    std::map<std::string, uint64_t, std::less<>> symbols_;
    std::multimap<std::string, Symbol> all_symbols_;
};

/// The demangled name of a symbol.
std::string readable(const std::string &symbol);

/// An address or an offset as 0x...
std::string hex(uint64_t number);

} // namespace linker::verify
