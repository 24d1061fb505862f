/// Runs the compiler that runs this tool as its linker, and ends its output with a line of ours.
#include "linker/link/driver.h"

#include <spawn.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "linker/link/archive.h"
#include "linker/link/command.h"
#include "linker/verify/image.h"

namespace linker::link {
namespace {

/// The line that clang prints after each failed link.
constexpr std::string_view advice = "(use -v to see invocation)\n";

/// Prints all lines from a pipe until its writers have ended.
void pass_on(int from) {
    std::FILE *lines = fdopen(from, "r");
    char *line = nullptr;
    std::size_t room = 0;
    while (lines != nullptr && getline(&line, &room, lines) >= 0) {
        if (!std::string_view(line).ends_with(advice)) {
            std::fputs(line, stderr);
        }
    }
    std::free(line);
    if (lines != nullptr) {
        std::fclose(lines);
    }
}

std::string output_of(const std::vector<std::string> &words) {
    const auto option = std::find(words.begin(), words.end(), "-o");
    return option == words.end() || option + 1 == words.end() ? "the image"
                                                              : file_name(*(option + 1));
}

} // namespace

int run_driver(const std::vector<std::string> &words) {
    int ends[2];
    if (words.empty() || pipe(ends) != 0) {
        throw verify::Unreadable(std::string(driver_word) +
                                 ": no command follows, or no pipe can be made");
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    posix_spawn_file_actions_addclose(&actions, ends[1]);
    const pid_t process = start(words, &actions);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    pass_on(ends[0]);
    const int status = wait_for(process);
    if (status != 0) {
        std::fprintf(stderr, "link: %s is not linked: see the lines above\n",
                     output_of(words).c_str());
    }
    return status;
}

} // namespace linker::link
