/// One file of the corpus, read.
#pragma once

#include <string>

#include "rt/key/cpuid.h"

namespace cpuid {

/// The contents of a file: where it was recorded, which hypervisor answered there, and the words.
struct Recording {
    std::string name;       // of the file, without folder and suffix
    std::string origin;     // its first line after "recorded: "
    std::string hypervisor; // the twelve characters of leaf 40000000H, or ""
    rt::key::CpuidLeaves leaves;
};

/// Reads a file that cpuid_dump wrote; throws std::runtime_error with file and line where it is
/// none.
Recording read_recording(const std::string &path);

} // namespace cpuid
