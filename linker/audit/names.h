/// Names as a reader of the sources knows them: of functions, system calls and features.
#pragma once

#include <cstdint>
#include <string>

#include "linker/audit/facts.h"
#include "linker/verify/image.h"

namespace linker::audit {

/// "signer::vault::add" of the function at an address: without arguments and result. Where no
/// symbol lies, the address.
std::string function_name(const verify::Image &image, uint64_t address);
/// "signer::vault::add(int)" of a symbol.
std::string demangled(const std::string &symbol);
/// The function that an address lies in, and how far.
Place place_of(const verify::Image &image, uint64_t address);
/// The function that is the first template argument of the function at an address, which is what
/// rt::provide makes of a handler.
std::string first_argument(const verify::Image &image, uint64_t address);
/// "read" of 0; "system call 9999" of a number that the kernel's header does not name.
std::string call_name(unsigned number);
/// "wipe_avx" of the numbers in rt/patch/alternative.h.
std::string feature_name(unsigned number);

} // namespace linker::audit
