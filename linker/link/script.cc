/// The symbols that the linker script defines.
#include "linker/link/script.h"

#include <fstream>
#include <sstream>

#include "linker/verify/image.h"

namespace linker::link {

std::set<std::string> script_symbols(const std::string &file) {
    std::ifstream stream(file);
    if (!stream) {
        throw verify::Unreadable(file + ": cannot be read: it is the linker script of the image");
    }
    std::set<std::string> names;
    std::string before;
    for (std::string word; stream >> word; before = word) {
        if (word == "=" && before != ".") {
            names.insert(before);
        }
    }
    return names;
}

} // namespace linker::link
