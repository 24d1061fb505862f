/// What does start-up cost, from exec to exit, for programs of each kind?
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>

#include "bench/alternative/image.h"
#include "bench/alternative/row.h"
#include "bench/alternative/ticks.h"

namespace alternative {

namespace {

/// The other programs of the build are in the folder of this one.
std::string beside(const std::string &name) {
    return (std::filesystem::read_symlink("/proc/self/exe").parent_path() / name).string();
}

struct Actions {
    posix_spawn_file_actions_t actions;
    Actions() {
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    }
};

/// `variable` is its whole environment; it may be empty.
void run(const std::string &program, const std::string &variable) {
    static const Actions silent;
    char *const words[] = {const_cast<char *>(program.c_str()), nullptr};
    char *const environment[] = {variable.empty() ? nullptr : const_cast<char *>(variable.c_str()),
                                 nullptr};
    pid_t child = 0;
    errno = posix_spawn(&child, program.c_str(), &silent.actions, nullptr, words, environment);
    must(errno == 0, program.c_str());
    int status = 0;
    must(waitpid(child, &status, 0) == child, "waitpid");
    if (status != 0) {
        throw Broken{program + ": did not end well, wait status " + std::to_string(status)};
    }
}

Measure prepare(const std::string &program, const std::string &missing,
                const std::string &variable = "") {
    if (program.empty() || access(program.c_str(), X_OK) != 0) {
        throw Skip{missing};
    }
    return [program, variable](uint64_t loops) {
        const uint64_t begin = ticks();
        for (uint64_t loop = 0; loop < loops; ++loop) {
            run(program, variable);
        }
        return ticks() - begin;
    };
}

Measure prepare_image(const Image &image) {
    return prepare(image.path(), "not built", image.environment());
}

} // namespace

Rows start_rows() {
    const std::string question = "What does start-up cost, from exec to exit?";
    const auto row = [&](const std::string &name, const std::string &missing) {
        return Row{"start_" + name, question, "bare exit",
                   [=] { return prepare(beside("start_" + name), missing); },
                   [] { return prepare(beside("start_bare_exit"), "not built"); }};
    };
    Rows rows{
        row("bare_exit", "not built"),
        row("bare_hello", "not built"),
        row("musl_hello", "needs musl: package musl-dev"),
        row("glibc_hello", "not built"),
    };
    const auto add_image = [&](const char *name, const Image &image) {
        rows.push_back(rows.front());
        rows.back().name = name;
        rows.back().prepare = [=] { return prepare_image(image); };
    };
    add_image("start_postern_hello", {"apps/hello/hello", Isolation::keys});
    add_image("start_postern_thirteen", {"bench/bench_start", Isolation::keys});
    // All parts except the keys; then also without the filter, which costs most.
    add_image("start_postern_thirteen_no_keys", {"bench/bench_start", Isolation::none});
    add_image("start_postern_thirteen_no_keys_no_filter", {"bench/bench_start_unfiltered", Isolation::none});
    // With the zygote, and without a child: no domain is called.
    add_image("start_thirteen_spaces", {"bench/bench_start", Isolation::spaces});
    for (const Isolation isolation : {Isolation::keys, Isolation::none}) {
        rows.push_back({std::string{"start_thirteen_heaps"} + (isolation == Isolation::keys ? "" : "_no_keys"),
                        "What do 13 heaps add to start-up, from exec to exit?",
                        "the same without heaps",
                        [=] {
                            return prepare_image({"bench/bench_start_heaps", isolation});
                        },
                        [=] {
                            return prepare_image({"bench/bench_start", isolation});
                        }});
    }
    return rows;
}

} // namespace alternative
