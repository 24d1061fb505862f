/// An attacker's knowledge of a signer image: its symbols, which no address randomisation moves.
#include "tests/hosted/signer_image.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <elf.h>
#include <fstream>
#include <iterator>
#include <string_view>

namespace hosted {

namespace {

[[noreturn]] void give_up(const std::string &why) {
    std::fprintf(stderr, "signer test: %s\n", why.c_str());
    std::exit(2);
}

template <class T>
const T *at(const std::vector<char> &bytes, std::uint64_t offset, std::uint64_t index = 0) {
    if (offset + (index + 1) * sizeof(T) > bytes.size()) {
        give_up("the image is cut");
    }
    return reinterpret_cast<const T *>(bytes.data() + offset) + index;
}

} // namespace

Image::Image(const std::string &path) : path_(path) {
    std::ifstream file(path, std::ios::binary);
    bytes_.assign(std::istreambuf_iterator<char>(file), {});
    if (bytes_.size() < sizeof(Elf64_Ehdr) || std::memcmp(bytes_.data(), ELFMAG, SELFMAG) != 0) {
        give_up(path + ": not an ELF file");
    }
}

std::uint64_t Image::symbol(const std::string &name) const {
    const auto *header = at<Elf64_Ehdr>(bytes_, 0);
    for (unsigned i = 0; i < header->e_shnum; ++i) {
        const auto *section = at<Elf64_Shdr>(bytes_, header->e_shoff, i);
        if (section->sh_type != SHT_SYMTAB) {
            continue;
        }
        const auto *names = at<Elf64_Shdr>(bytes_, header->e_shoff, section->sh_link);
        for (std::uint64_t k = 0; k < section->sh_size / sizeof(Elf64_Sym); ++k) {
            const auto *symbol = at<Elf64_Sym>(bytes_, section->sh_offset, k);
            if (name == at<char>(bytes_, names->sh_offset + symbol->st_name)) {
                return symbol->st_value;
            }
        }
    }
    give_up(path_ + ": no symbol " + name);
}

Range Image::range(const std::string &name) const {
    return {symbol("__" + name + "_start"), symbol("__" + name + "_end")};
}

std::uint64_t Image::constant(const std::string &text) const {
    const Range constants = range("rodata");
    const auto *header = at<Elf64_Ehdr>(bytes_, 0);
    for (unsigned i = 0; i < header->e_phnum; ++i) {
        const auto *segment = at<Elf64_Phdr>(bytes_, header->e_phoff, i);
        if (segment->p_type != PT_LOAD || segment->p_filesz == 0) {
            continue;
        }
        const std::string_view contents(at<char>(bytes_, segment->p_offset, segment->p_filesz - 1) -
                                            (segment->p_filesz - 1),
                                        segment->p_filesz);
        const auto found = contents.find(text);
        if (found != contents.npos && constants.contains(segment->p_vaddr + found)) {
            return segment->p_vaddr + found;
        }
    }
    return 0;
}

std::string as_digits(std::uint64_t number) {
    std::string digits;
    for (int i = 0; i < 8; ++i, number >>= 8) {
        char two[4];
        std::snprintf(two, sizeof two, "%02x", static_cast<unsigned>(number & 0xff));
        digits += two;
    }
    return digits;
}

} // namespace hosted
