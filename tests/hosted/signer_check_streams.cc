/// signer_check: standard input and output, open, closed, full and in pieces.
#include "tests/hosted/signer_bench.h"

#include <fcntl.h>
#include <unistd.h>

namespace hosted {

namespace {

/// Makes stream `number` of the child what `path` opens.
std::function<void()> from(int number, const char *path, int flags) {
    return [=] { dup2(open(path, flags | O_CLOEXEC), number); };
}

void check_pace(Bench &bench) {
    const std::string ok = "ok " + hi_digest + " hi";
    bench.report.begin("run.signer.answers_at_once");
    Session session(bench.words);
    for (int i = 0; i < 3; ++i) {
        session.send("sign hi\n");
        bench.report.expect_equal(session.answer(), ok);
    }
    session.send("list\n");
    for (int i = 0; i < 3; ++i) {
        bench.report.expect_equal(session.answer(), ok);
    }
    bench.report.expect_equal(session.answer(), "listed 3");
    bench.expect_ending(session.finish(), "", 0);

    bench.report.begin("run.signer.requests_in_pieces");
    Session slow(bench.words);
    for (const char byte : std::string("sign hi\nsign hi")) {
        slow.send(std::string(1, byte));
        usleep(1000);
    }
    bench.expect_ending(slow.finish(), ok + "\n" + ok + "\n", 0);

    std::string requests, answers;
    for (int i = 0; i < 20'000; ++i) {
        requests += "x\n";
        answers += "error: no such request: it is sign PATH, verify HEX PATH or list\n";
    }
    bench.expect("run.signer.many_requests_at_once", requests, answers, 1);
}

void check_lost_output(Bench &bench) {
    const std::string lost = "signer: an answer cannot be written: ";
    // run.signer.closed_output shows signer_answers_every_request
    bench.report.begin("run.signer.closed_output");
    bench.expect_ending(run(bench.words, "sign hi\nsign hi\n", [] { close(1); }), "", 2,
                        lost + "bad file descriptor");
    bench.report.begin("run.signer.full_output");
    bench.expect_ending(run(bench.words, "sign hi\nlist\n", from(1, "/dev/full", O_WRONLY)), "", 2,
                        lost + "no space left");
    bench.report.begin("run.signer.reader_gone");
    Session session(bench.words);
    session.send("sign hi\n");
    bench.report.expect_equal(session.answer(), "ok " + hi_digest + " hi");
    session.close_output();
    session.send("sign hi\nsign hi\n");
    bench.expect_ending(session.finish(), "", 2, lost + "broken pipe");
}

void check_lost_input(Bench &bench) {
    const std::string lost = "signer: requests cannot be read: ";
    bench.report.begin("run.signer.closed_input");
    bench.expect_ending(run(bench.words, "", [] { close(0); }), "", 2,
                        lost + "bad file descriptor");
    bench.report.begin("run.signer.folder_as_input");
    bench.expect_ending(run(bench.words, "", from(0, ".", O_RDONLY)), "", 2,
                        lost + "is a directory");
    bench.report.begin("run.signer.file_as_input");
    write_file("requests", "sign hi\nlist\n");
    const std::string ok = "ok " + hi_digest + " hi\n";
    bench.expect_ending(run(bench.words, "", from(0, "requests", O_RDONLY)), ok + ok + "listed 1\n",
                        0);
    bench.report.begin("run.signer.closed_errors");
    bench.expect_ending(run(bench.bug_words,
                            "verify " + hi_digest + as_digits(16) + " hi\nsign hi\n",
                            [] { close(2); }),
                        "error: the parser faulted on this request\n" + ok, 1);
}

} // namespace

void check_streams(Bench &bench) {
    check_pace(bench);
    check_lost_output(bench);
    check_lost_input(bench);
}

} // namespace hosted
