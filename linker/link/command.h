/// The command line that the compiler gives to this tool, which runs as its linker.
#pragma once

#include <spawn.h>

#include <string>
#include <vector>

namespace linker::link {

struct Command {
    std::string linker;               // --postern-linker=PATH
    std::string folder;               // --postern-parts=FOLDER
    std::string script;               // -T
    std::string output;               // -o
    std::vector<std::string> inputs;  // objects and static libraries
    std::vector<std::string> records; // files that the linker will write about this link
    /// All, without this tool's own. The linker writes to `output` with verify::unverified_suffix.
    std::vector<std::string> words;
};

/// Throws verify::Unreadable if a word is missing.
Command read_command(const std::vector<std::string> &words);

/// Starts a program; the path is the first word. Returns -1 if it cannot be started.
pid_t start(const std::vector<std::string> &words, const posix_spawn_file_actions_t *actions);

/// Waits for the end of a program; its exit status, or 127 if it was not started.
int wait_for(pid_t process);

/// Runs a program to its end; its exit status, or 127 if it cannot be run.
int run(const std::vector<std::string> &words);

} // namespace linker::link
