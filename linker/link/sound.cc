/// Checks properties of an object that the linker trusts without a check.
#include "linker/link/sound.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "linker/layout.h"
#include "linker/verify/image.h"

namespace linker::link {
namespace {

// Types of sections that hold relocations of another form than RELA. [gabi 5]
constexpr uint32_t relocation_forms[] = {SHT_REL, 19, 0x40000014}; // REL, RELR, CREL

/// The bytes that a relocation of this kind changes: from `before` bytes before its offset to
/// `width` bytes after it. [psabi 4.4.1]
struct Kind {
    uint32_t number;
    uint64_t before; // of the instruction, which the linker may rewrite
    uint64_t width;
};
constexpr Kind kinds[] = {
    {0, 0, 0},  // NONE
    {1, 0, 8},  // 64
    {2, 0, 4},  // PC32
    {3, 0, 4},  // GOT32
    {4, 0, 4},  // PLT32
    {9, 0, 4},  // GOTPCREL
    {10, 0, 4}, // 32
    {11, 0, 4}, // 32S
    {12, 0, 2}, // 16
    {13, 0, 2}, // PC16
    {14, 0, 1}, // 8
    {15, 0, 1}, // PC8
    {17, 0, 8}, // DTPOFF64, in debug information
    {21, 0, 4}, // DTPOFF32, as above
    {23, 0, 4}, // TPOFF32, of a thread-local variable, which the linker script refuses by name
    {24, 0, 8}, // PC64
    {25, 0, 8}, // GOTOFF64
    {26, 0, 4}, // GOTPC32
    {32, 0, 4}, // SIZE32
    {33, 0, 8}, // SIZE64
    {41, 2, 4}, // GOTPCRELX
    {42, 3, 4}, // REX_GOTPCRELX
};

constexpr const char *thread_local_storage =
    "thread-local storage, which a domain does not have: make the variable an ordinary one";
constexpr const char *dynamic_linking =
    "a relocation for a dynamic linker, which an image does not have: build a static library";
constexpr const char *large_code_model =
    "a relocation of the large code model: compile it with -mcmodel=small";

/// Kinds that compilers emit and that a domain cannot have. [psabi 4.4.1]
struct RefusedKind {
    uint32_t number;
    const char *reason;
};
constexpr RefusedKind refused_kinds[] = {
    {5, dynamic_linking},       // COPY
    {6, dynamic_linking},       // GLOB_DAT
    {7, dynamic_linking},       // JUMP_SLOT
    {8, dynamic_linking},       // RELATIVE
    {16, dynamic_linking},      // DTPMOD64
    {18, thread_local_storage}, // TPOFF64
    {19, thread_local_storage}, // TLSGD
    {20, thread_local_storage}, // TLSLD
    {22, thread_local_storage}, // GOTTPOFF
    {27, large_code_model},     // GOT64
    {28, large_code_model},     // GOTPCREL64
    {29, large_code_model},     // GOTPC64
    {30, large_code_model},     // GOTPLT64
    {31, large_code_model},     // PLTOFF64
    {34, thread_local_storage}, // GOTPC32_TLSDESC
    {35, thread_local_storage}, // TLSDESC_CALL
    {36, thread_local_storage}, // TLSDESC
    {37, dynamic_linking},      // IRELATIVE
};

/// The row of a kind in a table; nullptr if it has none.
template <class Row, std::size_t count>
const Row *find_kind(const Row (&rows)[count], uint32_t number) {
    const auto *row = std::find_if(std::begin(rows), std::end(rows),
                                   [&](const auto &known) { return known.number == number; });
    return row == std::end(rows) ? nullptr : row;
}

[[noreturn]] void refuse(const Object &object, const std::string &what) {
    throw verify::Unreadable(object.name() + ": " + what +
                             ": no compiler makes that: build its SOURCES and LIBRARIES again");
}

void check_relocations(const Object &object, const ObjectSection &section) {
    const auto &sections = object.sections();
    const uint64_t bytes = section.header.sh_info < sections.size()
                               ? sections[section.header.sh_info].header.sh_size
                               : 0;
    for (uint64_t at = 0; at + sizeof(Elf64_Rela) <= section.header.sh_size;
         at += sizeof(Elf64_Rela)) {
        const auto row = object.read<Elf64_Rela>(section.header.sh_offset + at);
        const uint32_t number = ELF64_R_TYPE(row.r_info);
        if (const auto *refused = find_kind(refused_kinds, number)) {
            throw verify::Unreadable(object.name() + ": " + refused->reason);
        }
        const auto *kind = find_kind(kinds, number);
        if (kind == nullptr) {
            refuse(object, "a relocation of kind " + std::to_string(number));
        }
        if (kind->width != 0 && (row.r_offset < kind->before || row.r_offset > bytes ||
                                 bytes - row.r_offset < kind->width)) {
            refuse(object,
                   "a relocation at " + verify::hex(row.r_offset) + ", outside of its section");
        }
    }
}

/// Beginnings of names of sections that the linker script does not load, or drops.
constexpr std::string_view names_not_loaded[] = {
    ".debug_", ".comment", ".note", ".llvm", ".linker-options", ".deplibs", ".gnu.warning."};

/// Types of the linker's own tables, which the image's link never copies as bytes. [gabi 4, 5]
constexpr uint32_t tables[] = {SHT_NULL, SHT_SYMTAB, SHT_STRTAB, SHT_RELA, section_group};

/// The linker puts a section into an output section by its name alone, and loads both.
/// Object::relocations() and own_names skip a section that is not marked as loaded, so such a
/// section is refused here.
void check_not_loaded(const Object &object, const ObjectSection &section) {
    const bool is_dropped = (section.header.sh_flags & flag_exclude) != 0;
    if (!section.is_loaded() && !is_dropped &&
        std::count(std::begin(tables), std::end(tables), section.header.sh_type) == 0 &&
        std::none_of(std::begin(names_not_loaded), std::end(names_not_loaded),
                     [&](const auto &name) { return section.name.starts_with(name); })) {
        throw verify::Unreadable(object.name() + ": section " + section.name +
                                 " has no flag SHF_ALLOC, and is no debug information: remove "
                                 "it from the domain's SOURCES and LIBRARIES");
    }
}

/// How many bytes one byte may stand for: deflate's most is 1032, and Zstandard has whole blocks of
/// one value, of 128 KiB in four bytes. [gabi 5, rfc 1951, rfc 8878]
constexpr uint64_t most_of_deflate = 1032;
constexpr uint64_t most_of_zstandard = uint64_t{1} << 15;

} // namespace

void check_compressed(const Object &object) {
    for (const auto &section : object.sections()) {
        const bool is_old = section.name.starts_with(".zdebug");
        if (!is_old && (section.header.sh_flags & flag_compressed) == 0) {
            continue;
        }
        // A word with the kind of compression, an empty one, the size and the alignment. Old ones
        // begin with "ZLIB" and the size, its highest byte first.
        const uint64_t at = section.header.sh_offset;
        const bool is_deflate = is_old || object.read<uint32_t>(at) == 1;
        const auto claimed = is_old ? __builtin_bswap64(object.read<uint64_t>(at + 4))
                                    : object.read<uint64_t>(at + 8);
        const uint64_t most = is_deflate ? most_of_deflate : most_of_zstandard;
        if (section.is_loaded() || claimed / most > section.header.sh_size) {
            refuse(object, "a compressed section " + section.name +
                               (section.is_loaded() ? " that is loaded"
                                                    : " that claims more bytes than it holds"));
        }
    }
}

uint64_t alignment_of(const Object &object) {
    uint64_t sum = 0;
    for (const auto &section : object.sections()) {
        const uint64_t alignment = section.header.sh_addralign;
        if (alignment > most_alignment) {
            refuse(object, "an alignment of " + std::to_string(alignment) + " bytes");
        }
        sum += alignment > POSTERN_PAGE ? alignment : 0;
    }
    return sum;
}

void check_sound(const Object &object) {
    for (const auto &section : object.sections()) {
        const auto type = section.header.sh_type;
        if (std::count(std::begin(relocation_forms), std::end(relocation_forms), type) != 0) {
            refuse(object, "relocations of another form than RELA");
        }
        check_not_loaded(object, section);
        if (type == SHT_RELA) {
            check_relocations(object, section);
        }
    }
    for (const auto &symbol : object.symbols()) {
        if (!symbol.is_local() && symbol.is_undefined() &&
            symbol.name.find('@') != symbol.name.npos) {
            refuse(object, "an undefined name with a version, " + symbol.name);
        }
    }
}

} // namespace linker::link
