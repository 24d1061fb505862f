/// signer_check: requests and their answers.
#include "tests/hosted/signer_bench.h"

namespace hosted {

namespace {

const std::string no_request = "error: no such request: it is sign PATH, verify HEX PATH or list\n";
const std::string no_path = "error: no path\n";
const std::string bad_digest = "error: the digest is not 64 hexadecimal digits\n";

std::string upper(std::string digits) {
    for (char &digit : digits) {
        digit = digit >= 'a' && digit <= 'f' ? static_cast<char>(digit - 'a' + 'A') : digit;
    }
    return digits;
}

void check_good(Bench &bench) {
    const std::string ok = "ok " + hi_digest + " hi\n";
    bench.expect("run.signer.signs", "sign hi\n", ok, 0);
    bench.expect("run.signer.verifies",
                 "verify " + hi_digest + " hi\nverify " + upper(hi_digest) + " hi\n",
                 "verified hi\nverified hi\n", 0);
    std::string first = hi_digest, last = hi_digest;
    first.front() = 'c';
    last.back() = '8';
    bench.expect("run.signer.finds_mismatches",
                 "verify " + first + " hi\nverify " + last + " hi\nverify " + hi_digest +
                     " empty\n",
                 "mismatch hi\nmismatch hi\nmismatch empty\n", 0);
    bench.expect("run.signer.empty_file", "sign empty\nverify " + empty_digest + " empty\n",
                 "ok " + empty_digest + " empty\nverified empty\n", 0);
    bench.expect(
        "run.signer.lists_what_it_signed",
        "list\nsign hi\nsign nothing\nverify " + hi_digest + " hi\nsign ./hi\nsign hi\nlist\n",
        "listed 0\n" + ok + "error nothing: no such file or directory\nverified hi\nok " +
            hi_digest + " ./hi\n" + ok + ok + "ok " + hi_digest + " ./hi\n" + ok + "listed 3\n",
        1);
    bench.expect("run.signer.answers_nothing_to_nothing", "", "", 0);
    bench.expect("run.signer.last_line_without_an_end", "sign hi\nsign hi", ok + ok, 0);
}

void check_bad(Bench &bench) {
    std::string wanted;
    for (int i = 0; i < 7; ++i) {
        wanted += no_request;
    }
    bench.expect("run.signer.unknown_requests", "\n \nSIGN hi\nsign\thi\nlist hi\nsignhi\n list\n",
                 wanted, 1);
    bench.expect("run.signer.requests_without_a_path",
                 "sign\nsign \nverify\nverify " + hi_digest + "\nverify " + hi_digest + " \n",
                 no_path + no_path + no_path + no_path + no_path, 1);
    const std::string sixty_three = hi_digest.substr(1);
    bench.expect("run.signer.bad_digests",
                 "verify  hi\nverify 00 hi\nverify " + sixty_three + " hi\nverify 0" + hi_digest +
                     " hi\nverify " + hi_digest + "00 hi\nverify " + sixty_three +
                     "g hi\nverify 0x" + hi_digest.substr(2) + " hi\n",
                 bad_digest + bad_digest + bad_digest + bad_digest + bad_digest + bad_digest +
                     bad_digest,
                 1);
    // run.signer.goes_on_after_errors shows signer_answers_every_request
    bench.expect("run.signer.goes_on_after_errors", "nonsense\nsign hi\nsign nothing\nsign empty\n",
                 no_request + "ok " + hi_digest +
                     " hi\nerror nothing: no such file or directory\nok " + empty_digest +
                     " empty\n",
                 1);
}

void check_bytes(Bench &bench) {
    std::string requests, answers;
    for (const char control : {'\0', '\t', '\r', '\x1b', '\x7f'}) {
        requests += std::string("sign a") + control + "b\n";
        answers += "error: the path has a control byte\n";
    }
    bench.expect("run.signer.control_bytes", requests + "sign hi\n",
                 answers + "ok " + hi_digest + " hi\n", 1);
    for (const std::string path : {" hi", "hi ", "two  words", "\xc3\xa4\xff\x80", "a: b", "-"}) {
        write_file(path, "Hi There");
        const Ending ending = run(bench.words, "sign " + path + "\nlist\n");
        bench.report.begin("run.signer.paths_as_they_are");
        const std::string ok = "ok " + hi_digest + " " + path + "\n";
        bench.expect_ending(ending, ok + ok + "listed 1\n", 0);
    }
}

void check_lengths(Bench &bench) {
    const std::string no_name(4095, 'a'), longest = std::string(4093, '/') + "hi";
    bench.expect("run.signer.long_paths",
                 "sign " + longest.substr(1) + "\nsign " + no_name + "\nsign " + no_name + "a\n" +
                     "verify " + hi_digest + " " + no_name + "\n",
                 "error " + longest.substr(1) + ": no such file or directory\nerror " + no_name +
                     ": name too long\nerror: the path is longer than 4095 bytes\nerror " +
                     no_name + ": name too long\n",
                 1);
    const std::string dots = "." + std::string(4092, '/') + "hi";
    bench.expect("run.signer.longest_path", "sign " + dots + "\nlist\n",
                 "ok " + hi_digest + " " + dots + "\nok " + hi_digest + " " + dots + "\nlisted 1\n",
                 0);
    const std::string too_long = "error: the line is longer than 4352 bytes\n";
    bench.expect("run.signer.long_lines",
                 "sign " + std::string(4347, 'a') + "\nsign " + std::string(4348, 'a') + "\n" +
                     std::string(3'000'000, '\0') + "\nsign hi\n" + std::string(70'000, 'x'),
                 "error: the path is longer than 4095 bytes\n" + too_long + too_long + "ok " +
                     hi_digest + " hi\n" + too_long,
                 1);
}

} // namespace

void check_requests(Bench &bench) {
    check_good(bench);
    check_bad(bench);
    check_bytes(bench);
    check_lengths(bench);
}

} // namespace hosted
