/// What the linker has read, and whose it is.
#pragma once

#include <string>
#include <vector>

namespace linker::verify {

constexpr const char *runtime_owner = "runtime";
constexpr const char *app_owner = "app";

/// An object, or a static library.
struct Input {
    std::string owner;
    std::string path; // as the linker has it
    std::string file; // the same, wherever one stands
};

/// From a folder as postern_add_app makes it: inputs.d, which lld writes by --dependency-file, and
/// parts.txt (linker/link/parts.h). What is neither the runtime's nor a domain's object is the
/// app's. Throws Unreadable.
std::vector<Input> inputs_of(const std::string &folder);

/// The input that an object of the linker's map is or is a member of: `PATH`, or `PATH(MEMBER)`,
/// where MEMBER is the archive's choice and may hold anything. Throws Unreadable where none is.
const Input &input_of(const std::string &object, const std::vector<Input> &inputs);

} // namespace linker::verify
