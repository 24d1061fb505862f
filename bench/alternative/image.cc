/// Images of Postern that rows start.
#include "bench/alternative/image.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>

namespace alternative {

namespace {

bool has_protection_keys() {
    std::ifstream file{"/proc/cpuinfo"};
    std::stringstream text;
    text << file.rdbuf();
    return text.str().find(" ospke") != std::string::npos;
}

struct Pipe {
    int reader = -1;
    int writer = -1;
    Pipe() {
        int ends[2];
        must(pipe2(ends, O_CLOEXEC) == 0, "pipe2");
        reader = ends[0];
        writer = ends[1];
    }
};

} // namespace

std::string Image::path() const {
    if (isolation == Isolation::keys && !has_protection_keys()) {
        throw Skip{"needs protection keys"};
    }
    if (isolation == Isolation::none && has_protection_keys()) {
        throw Skip{"this machine has protection keys"};
    }
    const char *folder = std::getenv("POSTERN_BENCH_IMAGES");
    const std::string file = folder == nullptr ? "" : std::string{folder} + "/" + name;
    if (file.empty() || access(file.c_str(), X_OK) != 0) {
        throw Skip{"POSTERN_BENCH_IMAGES names no folder with " + name};
    }
    return file;
}

std::string Image::environment() const {
    switch (isolation) {
    case Isolation::none:
        return "POSTERN_ISOLATION=none";
    case Isolation::spaces:
        return "POSTERN_ISOLATION=space";
    case Isolation::keys:
        break;
    }
    return "";
}

Asked::Asked(const Image &image, const std::string &word) {
    const std::string path = image.path();
    std::string variable = image.environment();
    std::string own_word = word;
    std::signal(SIGPIPE, SIG_IGN); // the end of the process is an error of write
    const Pipe there;
    const Pipe back;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, there.reader, 0);
    posix_spawn_file_actions_adddup2(&actions, back.writer, 1);
    char *const words[] = {const_cast<char *>(path.c_str()), own_word.data(), nullptr};
    char *const environment[] = {variable.empty() ? nullptr : variable.data(), nullptr};
    errno = posix_spawn(&process_, path.c_str(), &actions, nullptr, words, environment);
    posix_spawn_file_actions_destroy(&actions);
    must(errno == 0, path.c_str());
    must(close(there.reader) == 0 && close(back.writer) == 0, "close");
    questions_ = there.writer;
    answers_ = back.reader;
}

Asked::~Asked() {
    close(questions_);
    close(answers_);
    waitpid(process_, nullptr, 0);
}

uint64_t Asked::ask(uint64_t loops) {
    begin(loops);
    return end();
}

void Asked::begin(uint64_t loops) {
    must(write(questions_, &loops, sizeof loops) == sizeof loops, "asking an image");
}

uint64_t Asked::end() {
    uint64_t answer = 0;
    if (read(answers_, &answer, sizeof answer) != sizeof answer) {
        throw Broken{"an image ended before it had answered"};
    }
    return answer;
}

Measure prepare_asked(const Image &image, const std::string &word) {
    const auto asked = std::make_shared<Asked>(image, word);
    return [asked](uint64_t loops) { return asked->ask(loops); };
}

} // namespace alternative
