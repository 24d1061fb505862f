/// signer_check: files of all kinds and sizes.
#include "tests/hosted/signer_bench.h"

#include <fcntl.h>
#include <filesystem>
#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hosted {

namespace {

void become_nobody() {
    constexpr unsigned nobody = 65534;
    if (geteuid() == 0 &&
        (setgroups(0, nullptr) != 0 || setgid(nobody) != 0 || setuid(nobody) != 0)) {
        _exit(126);
    }
}

void check_refused(Bench &bench) {
    std::filesystem::create_directory("folder");
    // run.signer.folders shows signer_answers_every_request
    bench.expect("run.signer.folders", "sign folder\nsign .\nsign hi/\nsign hi/hi\n",
                 "error folder: is a directory\nerror .: is a directory\n"
                 "error hi/: not a directory\nerror hi/hi: not a directory\n",
                 1);
    mkfifo("fifo", 0600);
    bench.expect("run.signer.fifos_and_devices",
                 "sign fifo\nverify " + hi_digest + " fifo\nsign /dev/zero\nsign /dev/tty\n",
                 "error fifo: not a regular file\nerror fifo: not a regular file\n"
                 "error /dev/zero: not a regular file\nerror /dev/tty: not a regular file\n",
                 1);
    symlink("hi", "link");
    symlink("nothing", "dangling");
    symlink("loop", "loop");
    bench.expect("run.signer.links", "sign link\nsign dangling\nsign loop\n",
                 "ok " + hi_digest +
                     " link\nerror dangling: no such file or directory\n"
                     "error loop: too many symbolic links\n",
                 1);
    write_file("closed", "secret");
    chmod("closed", 0);
    // run.signer.unreadable_files shows signer_answers_every_request
    bench.report.begin("run.signer.unreadable_files");
    bench.expect_ending(run(bench.words, "sign closed\nsign hi\n", become_nobody),
                        "error closed: permission denied\nok " + hi_digest + " hi\n", 1);
}

/// /proc shows regular files whose length is wrong, and one whose reader would wait.
void check_proc(Bench &bench) {
    bench.report.begin("run.signer.files_of_unknown_length");
    const Ending ending = run(bench.words, "sign /proc/version\nsign /proc/self/mem\n");
    bench.report.expect(ending.out.find(" /proc/version\n") == 67,
                        "no signature of /proc/version: '" + shown(ending.out) + "'");
    bench.report.expect(ending.out.find(empty_digest) == ending.out.npos,
                        "/proc/version taken for empty");
    bench.report.expect(ending.out.find("error /proc/self/mem: input/output error\n") !=
                            ending.out.npos,
                        "no error for /proc/self/mem: '" + shown(ending.out) + "'");
}

void check_large(Bench &bench) {
    std::string pattern(3 * 1024 * 1024 + 1, '\0');
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        pattern[i] = static_cast<char>(i % 251);
    }
    write_file("pattern", pattern);
    bench.expect("run.signer.files_larger_than_its_memory", "sign pattern\n",
                 "ok e0ff62141567c7ae9bd9c0e7d46a8871dc474da1649a84aea23d5637fc25ef05 pattern\n",
                 0);

    bench.report.begin("run.signer.files_of_many_gigabytes");
    if ((emulated() || in_spaces()) && !unhurried()) {
        bench.report.skip("takes minutes in the emulator, and one elsewhere: set POSTERN_LONG=1");
        return;
    }
    constexpr off_t size = (off_t{1} << 32) + 1; // zeros, on no disk
    const int file = open("sparse", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    const bool made = file >= 0 && ftruncate(file, size) == 0;
    close(file);
    if (bench.report.expect(made, "cannot make a sparse file")) {
        Session session(bench.words);
        session.send("sign sparse\n");
        session.end_input();
        std::string answer;
        for (int minutes = 0; minutes < 10 && answer.empty(); ++minutes) {
            answer = session.answer();
        }
        bench.report.expect_equal(
            answer, "ok e944abae175f66308bd1253bc1b5ed797e19706b3428ae9fd51d9d08b817656e sparse");
    }
    unlink("sparse");
}

} // namespace

void check_files(Bench &bench) {
    check_refused(bench);
    check_proc(bench);
    check_large(bench);
}

} // namespace hosted
