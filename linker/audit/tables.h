/// The tables of an image that the runtime's own headers describe.
#pragma once

#include <array>
#include <bit>

#include "linker/audit/facts.h"
#include "linker/verify/image.h"

namespace linker::audit {

/// A T of the image's constants at `address`; T needs no default constructor.
template <class T>
T at(const verify::Image &image, uint64_t address) {
    return std::bit_cast<T>(
        image.read<std::array<unsigned char, sizeof(T)>>(image.offset_of(address, sizeof(T))));
}

/// The addresses of the rows, `bytes` long each, of the table between two symbols.
std::vector<uint64_t> rows(const verify::Image &image, std::string_view begin, std::string_view end,
                           std::size_t bytes);

/// The null-terminated text at an address.
std::string string_at(const verify::Image &image, uint64_t address);

void read_entries(const verify::Image &image, Facts &facts);
void read_services(const verify::Image &image, Facts &facts);
void read_cross_calls(const verify::Image &image, Facts &facts);
void read_calls(const verify::Image &image, Facts &facts);
void read_policies(const verify::Image &image, Facts &facts);
void read_seals(const verify::Image &image, Facts &facts);
void read_exceptions(const verify::Image &image, Facts &facts);
void read_patched(const verify::Image &image, Facts &facts);

} // namespace linker::audit
