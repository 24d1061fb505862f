/// Names of functions, system calls and features, as in the sources.
#pragma once

#include <cstdint>
#include <string>

#include "linker/audit/facts.h"
#include "linker/verify/image.h"

namespace linker::audit {

/// The name of the function at an address without parameters and result, "signer::vault::add"; the
/// address itself if no symbol is there.
std::string function_name(const verify::Image &image, uint64_t address);
/// The demangled name of a symbol with parameters, "signer::vault::add(int)"; without anonymous
/// namespaces.
std::string demangled(const std::string &symbol);
/// The function that holds an address, and the offset in it.
Place place_of(const verify::Image &image, uint64_t address);
/// The first template argument of the function at an address. In a function that rt::provide makes,
/// that is the handler. The whole name if the function is no template.
std::string first_argument(const verify::Image &image, uint64_t address);
/// The name of a system call: "read" for 0, and "system call 9999" for a number that the kernel's
/// header does not name.
std::string call_name(unsigned number);

} // namespace linker::audit
