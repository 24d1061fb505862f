/// The functions and variables of an object by their places, for messages that say who uses a name.
#include "linker/link/places.h"

#include <iterator>

namespace linker::link {

Places::Places(const Object &object) {
    for (const auto &symbol : object.symbols()) {
        const auto type = ELF64_ST_TYPE(symbol.symbol.st_info);
        if ((type == STT_FUNC || type == STT_OBJECT) && symbol.symbol.st_size != 0) {
            symbols_.try_emplace({symbol.symbol.st_shndx, symbol.symbol.st_value}, &symbol);
        }
    }
}

std::string Places::at(std::size_t section, uint64_t offset) const {
    const auto next = symbols_.upper_bound({section, offset});
    if (next == symbols_.begin()) {
        return "";
    }
    const auto &[place, symbol] = *std::prev(next);
    const bool holds = place.first == section && offset - place.second < symbol->symbol.st_size;
    return holds ? symbol->name : "";
}

} // namespace linker::link
