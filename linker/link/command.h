/// The linker's command line, as the compiler gives it to this tool in the linker's place.
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
    std::vector<std::string> words;   // all, without this tool's own
};

/// Throws verify::Unreadable where a word is missing.
Command read_command(const std::vector<std::string> &words);

/// Starts a program; the path is the first word. -1 where it cannot be started.
pid_t start(const std::vector<std::string> &words, const posix_spawn_file_actions_t *actions);

/// Waits for the end of a program; its exit status, or 127 where it was not started.
int wait_for(pid_t process);

/// Runs a program to its end; its exit status, or 127 where it cannot be run.
int run(const std::vector<std::string> &words);

} // namespace linker::link
