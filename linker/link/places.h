/// The functions and variables of an object by their places, for messages that say who uses a name.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "linker/link/object.h"

namespace linker::link {

/// Must not outlive the object.
class Places {
public:
    explicit Places(const Object &object);

    /// The function or variable that begins last before a byte of a section, if it holds that byte;
    /// else empty.
    std::string at(std::size_t section, uint64_t offset) const;

private:
    std::map<std::pair<std::size_t, uint64_t>, const ObjectSymbol *> symbols_; // section, value
};

} // namespace linker::link
