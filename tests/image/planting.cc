/// Changes to the bytes of an image, for plants.
#include "tests/image/planting.h"

#include <algorithm>

namespace image {

void move_symbol(const Image &image, Bytes &bytes, std::string_view name, uint64_t value) {
    const uint64_t before = image.symbol(name);
    const auto *table = image.section(".symtab");
    const auto *strings = image.section(".strtab");
    for (std::size_t at = 0; at < table->header.sh_size; at += sizeof(Elf64_Sym)) {
        auto symbol = image.read<Elf64_Sym>(table->header.sh_offset + at);
        const auto *text = reinterpret_cast<const char *>(image.bytes().data()) +
                           strings->header.sh_offset + symbol.st_name;
        if (symbol.st_value == before && name == text) {
            symbol.st_value = value;
            put(bytes, table->header.sh_offset + at, symbol);
        }
    }
}

void put_code(const Image &image, Bytes &bytes, uint64_t address,
              const std::vector<unsigned char> &code) {
    std::copy(code.begin(), code.end(),
              bytes.begin() + static_cast<std::ptrdiff_t>(image.offset_of(address, code.size())));
}

uint64_t padding(const Image &image) {
    const uint64_t address = image.symbol("__gate_start") - 32;
    const std::size_t offset = image.offset_of(address, 32);
    for (std::size_t i = 0; i < 32; ++i) {
        if (image.bytes()[offset + i] != 0xcc) {
            throw Unreadable("no padding in .text to plant in");
        }
    }
    return address;
}

uint64_t behind(const Image &image, std::string_view function,
                const std::vector<unsigned char> &code, unsigned index) {
    const uint64_t begin = image.symbol(function);
    const auto from = image.bytes().begin() + static_cast<std::ptrdiff_t>(image.offset_of(begin));
    auto found = from;
    for (unsigned i = 0; i <= index; ++i) {
        found =
            std::search(i == 0 ? from : found + 1, image.bytes().end(), code.begin(), code.end());
        if (found == image.bytes().end()) {
            throw Unreadable("no such code in " + std::string(function));
        }
    }
    return begin + static_cast<uint64_t>(found - from) + code.size();
}

} // namespace image
