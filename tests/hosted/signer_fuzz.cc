/// signer_fuzz IMAGE: a hundred thousand mutated requests to one signer whose parser has a hole. It
/// must neither die nor hang nor say a word of its key.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "tests/hosted/signer_bench.h"
#include "tests/hosted/signer_fuzz_requests.h"
#include "tests/hosted/signer_search.h"

namespace hosted {

namespace {

constexpr int all_requests = 100'000;
constexpr int batch = 500;

struct Counts {
    std::size_t lines = 0;
    std::size_t of_lists = 0;
    std::size_t vault = 0;  // answers for which the vault has worked
    std::size_t faults = 0; // of the parser
    std::size_t forged = 0; // what a parser with a damaged memory handed over and was refused
    std::size_t errors = 0; // all others

    std::size_t requests() const { return lines - of_lists; }
};

/// A word of letters that no digest and no request has.
std::string key_of(std::uint64_t seed) {
    std::mt19937_64 random(seed + 1);
    std::string key;
    for (int i = 0; i < 32; ++i) {
        key += static_cast<char>('g' + random() % 20);
    }
    return key;
}

std::string in_hex(const std::string &bytes) {
    std::string digits;
    for (const char byte : bytes) {
        digits += "0123456789abcdef"[static_cast<unsigned char>(byte) >> 4];
        digits += "0123456789abcdef"[static_cast<unsigned char>(byte) & 15];
    }
    return digits;
}

/// Whether the text has eight bytes of the key, as they are or in hexadecimal.
class LeakSearch {
public:
    explicit LeakSearch(const std::string &key)
        : digits_(in_hex(key)), plain_(Needles::plain(key)), hex_(Needles::plain(digits_)) {}

    bool in(const std::string &text) const {
        const auto hits = hex_.find_in(text.data(), text.size());
        return !plain_.find_in(text.data(), text.size()).empty() ||
               std::any_of(hits.begin(), hits.end(), [&](std::size_t at) {
                   return text.size() - at >= 16 && digits_.find(text.substr(at, 16)) != text.npos;
               });
    }

private:
    std::string digits_;
    Needles plain_, hex_;
};

/// One answer more. A list is one answer in many lines: its last one says how many came before.
void count(const std::string &line, Counts &counts) {
    ++counts.lines;
    if (line.starts_with("ok ") || line.starts_with("verified ") || line.starts_with("mismatch ")) {
        ++counts.vault;
    } else if (line.starts_with("listed ")) {
        const std::size_t listed = std::strtoul(line.c_str() + 7, nullptr, 10);
        counts.of_lists += listed;
        counts.vault -= listed;
    } else if (line == "error: the parser faulted on this request") {
        ++counts.faults;
    } else if (line.starts_with("error: the parser handed over")) {
        ++counts.forged;
    } else if (line.starts_with("error")) {
        ++counts.errors;
    }
}

/// The common state of all batches.
struct Fuzz {
    Session &session;
    RequestMutator &mutator;
    const LeakSearch &leak;
    Report &report;
    Counts counts;
    std::string signature; // the right answer to `sign hi`
};

/// Reads answers up to that of a request which only this batch has; false when it does not come.
bool take_answers(Fuzz &fuzz, const std::string &last) {
    for (;;) {
        const std::string line = fuzz.session.answer();
        if (line == "error " + last + ": no such file or directory") {
            return true;
        }
        if (!fuzz.report.expect(!line.empty(), "no answer: it died or hangs")) {
            return false;
        }
        count(line, fuzz.counts);
        fuzz.report.expect(!fuzz.leak.in(line), "a piece of the key: " + shown(line));
    }
}

/// Mutated requests, then a good one, whose answer must be what it always was.
bool send_batch(Fuzz &fuzz, int number) {
    std::string text;
    for (int i = 0; i < batch; ++i) {
        text += fuzz.mutator.next() + "\n";
    }
    const std::string last = "batch-" + std::to_string(number);
    fuzz.session.send(text + "sign " + last + "\nsign hi\n");
    if (!take_answers(fuzz, last)) {
        return false;
    }
    const std::string signature = fuzz.session.answer();
    return fuzz.report.expect(signature == fuzz.signature,
                              "another signature than before: the key or the vault is damaged");
}

std::size_t lines_with(const std::string &text, const std::string &beginning) {
    std::size_t lines = 0;
    for (std::size_t at = 0; at < text.size();) {
        lines += text.compare(at, beginning.size(), beginning) == 0 ? 1 : 0;
        const std::size_t end = text.find('\n', at);
        at = end == text.npos ? text.size() : end + 1;
    }
    return lines;
}

std::vector<std::string> make_files() {
    std::vector<std::string> files = {"hi", "empty", "folder/file"};
    std::filesystem::create_directory("folder");
    write_file("folder/file", std::string(1000, 'f'));
    write_file("two words", "2");
    files.push_back("two words");
    return files;
}

void run_fuzz(Bench &bench, std::uint64_t seed) {
    write_file("key", key_of(seed));
    RequestMutator mutator(bench.image, make_files(), seed);
    const LeakSearch leak(key_of(seed));
    // fuzz.signer.requests shows signer_answers_every_request
    bench.report.begin("fuzz.signer.requests");
    bench.report.expect(leak.in("x" + key_of(seed)) && leak.in(in_hex(key_of(seed)).substr(7, 30)),
                        "the search for the key does not find it");
    Session session(bench.bug_words);
    session.send("sign hi\n");
    Fuzz fuzz{session, mutator, leak, bench.report, {}, session.answer()};
    const auto start = std::chrono::steady_clock::now();
    int sent = 0;
    while (sent < all_requests && send_batch(fuzz, sent)) {
        sent += batch;
    }
    const Counts &counts = fuzz.counts;
    const Ending ending = session.finish();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    std::printf(
        "seed %llu: %zu requests in %.0f s: %zu reached the vault, %zu fired the planted bug, "
        "%zu were handed over and refused, %zu were errors\n",
        static_cast<unsigned long long>(seed), counts.requests(), took.count(), counts.vault,
        counts.faults, counts.forged, counts.errors);

    Report &report = bench.report;
    report.expect(counts.requests() == all_requests, "answers do not match requests one to one");
    report.expect(fuzz.signature.starts_with("ok "), "no signature at the beginning");
    report.expect(ending.status == 1, "exit status " + std::to_string(ending.status) + ", signal " +
                                          std::to_string(ending.signal));
    report.expect(!leak.in(ending.err), "a piece of the key on standard error");
    report.expect(lines_with(ending.err, "parser: ") == counts.faults,
                  "fault lines do not match faults one to one");
    report.expect(counts.vault >= all_requests / 3, "fewer than a third reached the vault");
    report.expect(counts.faults >= all_requests / 10, "fewer than a tenth fired the planted bug");
    report.expect(counts.forged >= all_requests / 100, "hardly anything forged was handed over");
}

} // namespace

} // namespace hosted

int main(int count, char **words) {
    if (count != 2) {
        std::fprintf(stderr, "usage: signer_fuzz SIGNER_IMAGE\n");
        return 2;
    }
    const char *const seed = std::getenv("POSTERN_SEED");
    hosted::Bench bench(words[1]);
    hosted::run_fuzz(bench, seed != nullptr ? std::strtoull(seed, nullptr, 10) : 20260101);
    return bench.report.close();
}
