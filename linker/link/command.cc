/// The command line that the compiler gives to this tool, which runs as its linker.
#include "linker/link/command.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "linker/verify/image.h"

namespace linker::link {
namespace {

/// The options of lld that compilers and apps use and whose value may be the next word.
bool takes_the_next_word(const std::string &word) {
    constexpr std::array all{"-o", "-T",   "-m",       "-z",      "-e",
                             "-u", "-Map", "--defsym", "-plugin", "-dynamic-linker"};
    return std::any_of(all.begin(), all.end(), [&](const char *option) { return word == option; });
}

/// The value of an option whose name ends with =; nothing if the word is another one.
bool is_option(const std::string &word, const std::string &name, std::string &value) {
    if (!word.starts_with(name)) {
        return false;
    }
    value = word.substr(name.size());
    return true;
}

/// The file of -lNAME, as the linker finds it: libNAME.a in the first folder of -L that has it.
std::string library(const std::string &name, const std::vector<std::string> &folders) {
    for (const auto &folder : folders) {
        const auto path = folder + "/lib" + name + ".a";
        if (access(path.c_str(), R_OK) == 0) {
            return path;
        }
    }
    throw verify::Unreadable("-l" + name + ": no folder of -L has lib" + name +
                             ".a: name the file of the static library");
}

} // namespace

Command read_command(const std::vector<std::string> &words) {
    Command command;
    std::vector<std::string> folders;
    std::vector<std::string> libraries;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto &word = words[i];
        std::string value;
        if (is_option(word, "--postern-linker=", command.linker) ||
            is_option(word, "--postern-parts=", command.folder)) {
            continue;
        }
        command.words.push_back(word);
        if (takes_the_next_word(word) && i + 1 < words.size()) {
            value = words[++i];
            command.words.push_back(word == "-o" ? value + verify::unverified_suffix : value);
            command.output = word == "-o" ? value : command.output;
            command.script = word == "-T" ? value : command.script;
        } else if (word.starts_with("@") || word.starts_with("--library")) {
            throw verify::Unreadable(
                word + ": such words are not supported: name objects and static "
                       "libraries by their files; pack many objects into one library");
        } else if (is_option(word, "-L", value)) {
            folders.push_back(value);
        } else if (is_option(word, "-l", value)) {
            libraries.push_back(value);
        } else if (!is_option(word, "-T", command.script) && !word.starts_with("-")) {
            command.inputs.push_back(word);
        } else if (is_option(word, "-Map=", value) ||
                   is_option(word, "--dependency-file=", value)) {
            command.records.push_back(value);
        }
    }
    for (const auto &name : libraries) {
        command.inputs.push_back(library(name, folders));
    }
    if (command.linker.empty() || command.folder.empty() || command.script.empty() ||
        command.output.empty()) {
        throw verify::Unreadable(
            "linker/link runs as the compiler's linker: postern_add_app calls "
            "it, with --postern-linker=PATH, --postern-parts=FOLDER, -T and -o");
    }
    return command;
}

pid_t start(const std::vector<std::string> &words, const posix_spawn_file_actions_t *actions) {
    std::vector<char *> arguments;
    for (const auto &word : words) {
        arguments.push_back(const_cast<char *>(word.c_str()));
    }
    arguments.push_back(nullptr);
    pid_t process = 0;
    const int error =
        posix_spawn(&process, arguments[0], actions, nullptr, arguments.data(), environ);
    return error == 0 ? process : -1;
}

int wait_for(pid_t process) {
    int status = 0;
    while (process < 0 || waitpid(process, &status, 0) < 0) {
        if (process < 0 || errno != EINTR) {
            return 127;
        }
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int run(const std::vector<std::string> &words) {
    return wait_for(start(words, nullptr));
}

} // namespace linker::link
