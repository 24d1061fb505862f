/// The files that the linker has read, and their owners.
#pragma once

#include <string>
#include <vector>

namespace linker::verify {

constexpr const char *runtime_owner = "runtime";
constexpr const char *app_owner = "app";

/// An object, or a static library.
struct Input {
    std::string owner;
    std::string path; // as the linker names it
    std::string file; // the same file as an absolute path
};

/// Reads a folder that postern_add_app makes: inputs.d, which lld writes by --dependency-file, and
/// parts.txt (linker/link/parts.h). An object that is neither the runtime's nor a domain's is the
/// app's. Throws Unreadable.
std::vector<Input> inputs_of(const std::string &folder);

/// The input of an object in the linker's map, which is `PATH` or `PATH(MEMBER)`. The archive
/// chooses MEMBER, which may hold any character. Throws Unreadable if there is no such input.
const Input &input_of(const std::string &object, const std::vector<Input> &inputs);

} // namespace linker::verify
