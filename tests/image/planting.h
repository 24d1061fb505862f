/// Changes to the bytes of an image, for plants.
#pragma once

#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "tests/image/plants.h"

namespace image {

/// Writes a value at an offset of the file.
template <class T>
void put(Bytes &bytes, std::size_t offset, const T &value) {
    std::memcpy(bytes.data() + offset, &value, sizeof value);
}

/// Changes the program header that `image.loaded(flags)` is.
template <class Change>
void change_segment(const Image &image, Bytes &bytes, uint32_t type, uint32_t flags,
                    Change change) {
    for (std::size_t i = 0; i < image.segments().size(); ++i) {
        Elf64_Phdr header = image.segments()[i];
        if (header.p_type == type && header.p_flags == flags) {
            change(header);
            put(bytes, image.header().e_phoff + i * sizeof header, header);
        }
    }
}

/// Changes the header of a section.
template <class Change>
void change_section(const Image &image, Bytes &bytes, std::string_view name, Change change) {
    const auto *section = image.section(name);
    if (section == nullptr) {
        throw Unreadable("no section " + std::string(name) + " to change");
    }
    Elf64_Shdr header = section->header;
    change(header);
    put(bytes, section->header_offset, header);
}

/// Changes the region record of the first region of a kind.
template <class Change>
void change_record(const Image &image, Bytes &bytes, linker::Kind kind, Change change) {
    const auto records = image.regions();
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (records[i].kind == kind) {
            auto record = records[i];
            change(record);
            put(bytes, image.offset_of(image.symbol("__region_table_start")) + i * sizeof record,
                record);
            return;
        }
    }
}

/// Gives a symbol another value.
void move_symbol(const Image &image, Bytes &bytes, std::string_view name, uint64_t value);

/// Writes code at an address.
void put_code(const Image &image, Bytes &bytes, uint64_t address,
              const std::vector<unsigned char> &code);

/// 32 bytes of padding after the last function of .text; the plant must not be the first to write
/// there.
uint64_t padding(const Image &image);

/// The address after occurrence `index` (from 0) of some code inside a function.
uint64_t behind(const Image &image, std::string_view function,
                const std::vector<unsigned char> &code, unsigned index = 0);

std::vector<Plant> segment_plants();
std::vector<Plant> instruction_plants();
std::vector<Plant> region_plants();
std::vector<Plant> exception_table_plants();
std::vector<Plant> patching_plants();

} // namespace image
