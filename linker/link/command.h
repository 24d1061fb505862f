/// The linker's command line, as the compiler gives it to this tool in the linker's place.
#pragma once

#include <string>
#include <vector>

namespace linker::link {

struct Command {
    std::string linker;              // --postern-linker=PATH
    std::string folder;              // --postern-parts=FOLDER
    std::string script;              // -T
    std::string output;              // -o
    std::vector<std::string> inputs; // objects and static libraries
    std::vector<std::string> words;  // all, without this tool's own
};

/// Throws verify::Unreadable where a word is missing.
Command read_command(const std::vector<std::string> &words);

/// Runs a program to its end; its exit status, or 127 where it cannot be run.
int run(const std::vector<std::string> &words);

} // namespace linker::link
