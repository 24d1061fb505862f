/// signer_check: what comes of the parser's planted bug. A digest of 40 bytes overwrites the
/// pointer to the path; each case aims it at something.
#include "tests/hosted/signer_bench.h"

#include <cstdio>

namespace hosted {

namespace {

const std::string fault_answer = "error: the parser faulted on this request\n";

std::string overflow(std::uint64_t pointer) {
    return "verify " + hi_digest + as_digits(pointer);
}

/// What a fault line says of a refusal: the key, where there are keys, and the place.
std::string by_key(int key, const std::string &place) {
    return (in_spaces() ? "" : "key " + std::to_string(key) + ", ") + place;
}

/// An allowed access is tried first, in the same way: it reads its own memory at an address of the
/// attacker's choice.
void check_denied(Bench &bench, const std::string &name, std::uint64_t address,
                  const std::string &refused) {
    bench.report.begin(name);
    const std::string permitted =
        overflow(bench.image.symbol("_ZN6signer6parser4lineE") + overflow(0).size() + 1) + " hi\n";
    char line[64];
    std::snprintf(line, sizeof line,
                  "parser: read of 0x%llx refused: ", static_cast<unsigned long long>(address));
    bench.expect_ending(run(bench.bug_words, permitted + overflow(address) + " x\nsign hi\n"),
                        "verified hi\n" + fault_answer + "ok " + hi_digest + " hi\n", 1,
                        line + refused + ", at 0x");
}

void check_reads(Bench &bench) {
    const Image &image = bench.image;
    // deny.signer.parser_reads_the_key shows signer_key_in_vault_alone
    check_denied(bench, "deny.signer.parser_reads_the_key", image.symbol("_ZN6signer5vault3keyE"),
                 by_key(3, "vault's data"));
    // deny.signer.parser_reads_the_vaults_stack shows signer_parser_can_only_ask
    check_denied(bench, "deny.signer.parser_reads_the_vaults_stack",
                 image.range("vault_stack").end - 64, by_key(3, "vault's stack"));
    // deny.signer.parser_reads_the_app shows signer_parser_can_only_ask
    check_denied(bench, "deny.signer.parser_reads_the_app", image.range("monitor").end - 64,
                 by_key(1, "monitor's data"));
    // deny.signer.parser_reads_the_apps_stack shows signer_parser_can_only_ask
    check_denied(bench, "deny.signer.parser_reads_the_apps_stack",
                 image.range("monitor_stack").end - 64, by_key(1, "monitor's stack"));
    // deny.signer.parser_reads_the_command_line shows signer_parser_can_only_ask
    check_denied(bench, "deny.signer.parser_reads_the_command_line", image.range("arguments").begin,
                 by_key(1, "monitor's arguments"));
    // deny.signer.parser_reads_pristine_copies shows signer_parser_can_only_ask
    check_denied(bench, "deny.signer.parser_reads_pristine_copies",
                 image.symbol("__pristine_start"), by_key(1, "pristine copies"));
    // deny.signer.parser_reads_a_guard_page shows signer_parser_can_only_ask
    check_denied(bench, "deny.signer.parser_reads_a_guard_page", image.range("parser").end,
                 "guard page");
    // deny.signer.parser_reads_nothing shows signer_parser_can_only_ask
    check_denied(bench, "deny.signer.parser_reads_nothing", 16, "null page");
}

/// The app refuses memory that the parser can read but may not hand over.
void check_handed_over(Bench &bench) {
    const std::uint64_t constant = bench.image.constant("the parser faulted");
    // attack.signer.path_outside_the_parser shows signer_parser_can_only_ask tries attack_89
    bench.report.begin("attack.signer.path_outside_the_parser");
    if (bench.report.expect(constant != 0, "no constant to aim at")) {
        bench.expect_ending(run(bench.bug_words, overflow(constant) + " x\nsign hi\n"),
                            "error: the parser handed over a path that is not in its memory\nok " +
                                hi_digest + " hi\n",
                            1);
    }
    // attack.signer.path_longer_than_memory shows signer_parser_can_only_ask tries attack_89
    bench.report.begin("attack.signer.path_longer_than_memory");
    const std::uint64_t line = bench.image.symbol("_ZN6signer6parser4lineE");
    const std::string request = overflow(line) + " "; // from the line's beginning on
    bench.expect_ending(
        run(bench.bug_words, request + std::string(4095, 'a') + "\nsign hi\n"),
        "error: the parser handed over a path of impossible length\nok " + hi_digest + " hi\n", 1);
    // attack.signer.verb_that_does_not_exist shows signer_parser_can_only_ask tries attack_89
    bench.report.begin("attack.signer.verb_that_does_not_exist");
    bench.expect_ending(run(bench.bug_words, overflow(line) + as_digits(77) + " hi\nsign hi\n"),
                        "error: the parser handed over no request\nok " + hi_digest + " hi\n", 1);
}

/// Without the option there is no bug.
void check_whole(Bench &bench) {
    bench.expect("run.signer.no_bug_unless_asked_for", overflow(16) + " hi\nsign hi\n",
                 "error: the digest is not 64 hexadecimal digits\nok " + hi_digest + " hi\n", 1);
}

/// A parser that is hijacked can ask: that is all it could do in the first place.
void check_asks(Bench &bench) {
    // run.signer.hijacked_parser_can_ask shows signer_parser_can_only_ask
    bench.report.begin("run.signer.hijacked_parser_can_ask");
    const std::uint64_t line = bench.image.symbol("_ZN6signer6parser4lineE");
    const std::string forged = as_digits(1) + " no hi"; // to be signed
    const std::uint64_t hi = line + overflow(line).size() + forged.size() - 2;
    bench.expect_ending(run(bench.bug_words, overflow(hi) + forged + "\n"),
                        "ok " + hi_digest + " hi\n", 0);
}

} // namespace

void check_hijack(Bench &bench) {
    check_whole(bench);
    check_asks(bench);
    check_reads(bench);
    check_handed_over(bench);
}

} // namespace hosted
