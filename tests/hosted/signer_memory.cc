/// signer_memory IMAGE: stops a signer from outside and looks for its key in all that a debugger
/// can read of it: it must be in the vault's memory, and nowhere else.
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <elf.h>
#include <memory>
#include <sys/ptrace.h>
#include <sys/random.h>
#include <sys/uio.h>
#include <sys/wait.h>

#include "tests/hosted/signer_bench.h"
#include "tests/hosted/signer_search.h"

namespace hosted {

namespace {

std::string random_bytes(std::size_t count) {
    std::string bytes(count, '\0');
    if (getrandom(bytes.data(), count, 0) != static_cast<ssize_t>(count)) {
        std::abort();
    }
    return bytes;
}

/// A signer that has done everything that it can do and now waits for the next request.
std::unique_ptr<Session> busy_session(Bench &bench, const std::string &marker) {
    auto session = std::make_unique<Session>(bench.bug_words);
    const std::string digits(64, 'a');
    session->send("sign hi\nsign " + marker + "\nverify " + digits + " hi\nverify " + digits +
                  as_digits(bench.image.symbol("_ZN6signer5vault3keyE")) + " x\nlist\nsign " +
                  marker + "\n");
    for (int i = 0; i < 7; ++i) {
        const std::string answer = session->answer();
        const char *const wanted[] = {"ok ", "ok ", "mismatch hi", "error: the parser faulted",
                                      "ok ", "ok ", "listed 2"};
        bench.report.expect(answer.starts_with(wanted[i]),
                            "answer " + std::to_string(i + 1) + " is '" + shown(answer) + "'");
    }
    bench.report.expect(session->answer().starts_with("ok "), "no last answer");
    return session;
}

/// Stops the process; it stays so until the session ends.
bool stop(pid_t pid) {
    return ptrace(PTRACE_SEIZE, pid, nullptr, nullptr) == 0 &&
           ptrace(PTRACE_INTERRUPT, pid, nullptr, nullptr) == 0 && waitpid(pid, nullptr, 0) == pid;
}

/// The general registers, then whatever XSAVE holds.
std::string registers_of(pid_t pid) {
    std::string all;
    for (const unsigned long set :
         {static_cast<unsigned long>(NT_PRSTATUS), static_cast<unsigned long>(NT_X86_XSTATE)}) {
        std::string bytes(16384, '\0');
        iovec buffer{bytes.data(), bytes.size()};
        if (ptrace(PTRACE_GETREGSET, pid, set, &buffer) == 0) {
            all.append(bytes, 0, buffer.iov_len);
        }
    }
    return all;
}

std::string hex(std::uint64_t number) {
    char text[24];
    std::snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(number));
    return text;
}

void expect_only_in(Report &report, const Search &search, const std::vector<Range> &places) {
    std::vector<std::uint64_t> outside;
    for (const std::uint64_t found : search.found) {
        if (std::none_of(places.begin(), places.end(),
                         [found](const Range &place) { return place.contains(found); })) {
            outside.push_back(found);
        }
    }
    if (!outside.empty()) {
        report.expect(false, std::to_string(outside.size()) +
                                 " pieces of the key outside the vault, the first at " +
                                 hex(outside.front()));
    }
}

std::size_t count_in(const Search &search, const Range &place) {
    std::size_t count = 0;
    for (const std::uint64_t found : search.found) {
        count += place.contains(found) ? 1 : 0;
    }
    return count;
}

/// The search must find what is there: a path, which passes through the parser and stays in the
/// list.
void check_control(Bench &bench, pid_t pid, const std::string &marker) {
    const Search search = search_process(pid, Needles::plain(marker));
    bench.report.expect(count_in(search, bench.image.range("monitor")) != 0,
                        "the search did not even find the path in the app's memory");
    bench.report.expect(count_in(search, bench.image.range("parser")) != 0,
                        "the search did not even find the path in the parser's memory");
}

void check_key(Bench &bench, const std::string &name, std::size_t key_bytes) {
    const std::string key = random_bytes(key_bytes);
    const std::string marker = "marker-of-32-bytes-for-the-search";
    write_file("key", key);
    write_file(marker, "x");
    bench.report.begin(name);
    const auto session = busy_session(bench, marker);
    const pid_t pid = session->pid();
    if (!bench.report.expect(stop(pid), "cannot stop the process: root or ptrace needed")) {
        return;
    }
    const Needles needles = Needles::of_key(key);
    const Search search = search_process(pid, needles);
    const Range data = bench.image.range("vault"), stack = bench.image.range("vault_stack");
    expect_only_in(bench.report, search, {data, stack});
    bench.report.expect(count_in(search, data) >= key_bytes - 7,
                        "the key is not even in the vault");
    for (const std::string &mapping : search.unreadable) {
        bench.report.expect(false, "not searched: " + mapping);
    }
    check_control(bench, pid, marker);
    std::printf(
        "%s: %zu pieces of the key in the vault's data, %zu on its stack, %zu elsewhere; %zu "
        "KiB in %zu mappings searched\n",
        name.c_str(), count_in(search, data), count_in(search, stack),
        search.found.size() - count_in(search, data) - count_in(search, stack), search.bytes / 1024,
        search.mappings);

    // hosted.signer.key_not_in_registers shows signer_key_in_vault_alone
    bench.report.begin("hosted.signer.key_not_in_registers");
    const std::string registers = registers_of(pid);
    bench.report.expect(registers.size() > 27 * 8, "no registers to look at");
    bench.report.expect(needles.find_in(registers.data(), registers.size()).empty(),
                        "eight bytes of the key in a register");
}

} // namespace

} // namespace hosted

int main(int count, char **words) {
    if (count != 2) {
        std::fprintf(stderr, "usage: signer_memory SIGNER_IMAGE\n");
        return 2;
    }
    hosted::Bench bench(words[1]);
    // hosted.signer.key_in_the_vault_alone shows signer_key_in_vault_alone tries attack_51
    hosted::check_key(bench, "hosted.signer.key_in_the_vault_alone", 32);
    // hosted.signer.long_key_in_the_vault_alone shows signer_key_in_vault_alone
    hosted::check_key(bench, "hosted.signer.long_key_in_the_vault_alone", 4096);
    return bench.report.close();
}
