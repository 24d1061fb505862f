/// signer_check: keys and the command line.
#include "tests/hosted/signer_bench.h"

namespace hosted {

namespace {

void check_keys(Bench &bench) {
    const auto signs = [&](const std::string &name, const std::string &key, const std::string &file,
                           const std::string &digest) {
        write_file("other", key);
        bench.report.begin(name);
        bench.expect_ending(run({bench.image.path(), "--key", "other"}, "sign " + file + "\n"),
                            "ok " + digest + " " + file + "\n", 0);
    };
    signs("run.signer.key_of_one_byte", std::string(1, '\0'), "hi",
          "e48411262715c8370cd5e7bf8e82bef53bd53712d007f3429351843b77c7bb9b");
    // RFC 4231, case 6.
    write_file("larger", "Test Using Larger Than Block-Size Key - Hash Key First");
    signs("run.signer.key_larger_than_a_block", std::string(131, '\xaa'), "larger",
          "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    std::string longest;
    for (int i = 0; i < 4096; ++i) {
        longest += static_cast<char>(i % 256);
    }
    signs("run.signer.key_of_4096_bytes", longest, "hi",
          "cce9f6e17ed242e44896ef89c0bb6d59d0f650bc4a19b40a95537bb5afdda37e");

    bench.report.begin("run.signer.bad_keys");
    const auto refuses = [&](const std::string &path, const std::string &reason) {
        bench.expect_ending(run({bench.image.path(), "--key", path}, "sign hi\n"), "", 2,
                            "signer: " + path + ": " + reason + "\n");
    };
    write_file("other", longest + "x");
    refuses("other", "the key is longer than 4096 bytes");
    refuses("empty", "the key is empty");
    refuses("nothing", "no such file or directory");
    refuses(".", "is a directory");
    refuses("/dev/zero", "the key is longer than 4096 bytes");
}

void check_wrong_use(Bench &bench) {
    // run.signer.wrong_use shows signer_answers_every_request
    bench.report.begin("run.signer.wrong_use");
    const std::vector<std::vector<std::string>> wrong = {
        {}, {"--key"}, {"--bug"}, {"key"}, {"--key", "key", "hi"}, {"--key", "key", "--help"}};
    for (const auto &words : wrong) {
        std::vector<std::string> all{bench.image.path()};
        all.insert(all.end(), words.begin(), words.end());
        bench.expect_ending(run(all, "sign hi\n"), "", 2, "usage: signer --key FILE [--bug]");
    }
}

} // namespace

void check_start(Bench &bench) {
    check_keys(bench);
    check_wrong_use(bench);
}

} // namespace hosted
