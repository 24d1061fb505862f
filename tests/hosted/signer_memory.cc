/// signer_memory IMAGE: stops a signer from outside and looks for its key in all that a debugger
/// can read of it: it must be in the vault's memory, and nowhere else. In address spaces the signer
/// is several processes: the vault's has its memory, the monitor sees it at another address, and
/// the others have none of it.
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <elf.h>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sys/ptrace.h>
#include <sys/random.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "linker/layout.h"
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

std::size_t count_in(const Search &search, const Range &place) {
    std::size_t count = 0;
    for (const std::uint64_t found : search.found) {
        count += place.contains(found) ? 1 : 0;
    }
    return count;
}

void expect_only_in(Report &report, const Search &search, const std::vector<Range> &places) {
    for (const std::uint64_t found : search.found) {
        if (std::none_of(places.begin(), places.end(),
                         [found](const Range &place) { return place.contains(found); })) {
            report.expect(false, "a piece of the key outside the vault, at " + hex(found));
            break;
        }
    }
    for (const std::string &mapping : search.unreadable) {
        report.expect(false, "not searched: " + mapping);
    }
}

/// The memory of a domain, where a process sees it.
struct Memory {
    Range data, stack;
    std::size_t count(const Search &search) const {
        return count_in(search, data) + count_in(search, stack);
    }
};

Memory memory_of(const Bench &bench, const std::string &domain, std::uint64_t distance = 0) {
    const Range data = bench.image.range(domain), stack = bench.image.range(domain + "_stack");
    return {{data.begin + distance, data.end + distance},
            {stack.begin + distance, stack.end + distance}};
}

/// The parent of a process; 0 for none.
pid_t parent_of(const std::string &process) {
    std::ifstream status("/proc/" + process + "/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("PPid:")) {
            return static_cast<pid_t>(std::stol(line.substr(5)));
        }
    }
    return 0;
}

/// The processes that give domains their address spaces.
std::vector<pid_t> children_of(pid_t parent) {
    std::vector<pid_t> children;
    for (const auto &entry : std::filesystem::directory_iterator("/proc")) {
        const std::string name = entry.path().filename();
        if (name.find_first_not_of("0123456789") == name.npos && parent_of(name) == parent) {
            children.push_back(static_cast<pid_t>(std::stol(name)));
        }
    }
    return children;
}

/// The search must find what is there: a path, which passes through the parser and stays in the
/// list.
void check_control(Bench &bench, pid_t pid, const std::string &marker, std::uint64_t distance) {
    const Search search = search_process(pid, Needles::plain(marker));
    bench.report.expect(count_in(search, bench.image.range("monitor")) != 0,
                        "the search did not even find the path in the app's memory");
    bench.report.expect(count_in(search, memory_of(bench, "parser", distance).data) != 0,
                        "the search did not even find the path in the parser's memory");
}

void check_registers(Report &report, const Needles &needles, pid_t pid, const std::string &whose) {
    const std::string registers = registers_of(pid);
    report.expect(registers.size() > 27 * 8, "no registers to look at");
    report.expect(needles.find_in(registers.data(), registers.size()).empty(),
                  "eight bytes of the key in a register of " + whose);
}

/// The vault's process has the key in its memory. The others have it nowhere, nor in a register.
void check_children(Bench &bench, const Needles &needles, pid_t pid, std::size_t key_bytes) {
    const std::vector<pid_t> children = children_of(pid);
    const Memory vault = memory_of(bench, "vault");
    std::size_t vaults = 0;
    // A domain that was restarted may have a spare, too.
    bench.report.expect(children.size() == 3 || children.size() == 4,
                        std::to_string(children.size()) +
                            " processes, not one for each domain, one for them, and a spare");
    for (const pid_t child : children) {
        if (!bench.report.expect(stop(child), "cannot stop the process of a domain")) {
            return;
        }
        const Search search = search_process(child, needles);
        expect_only_in(bench.report, search, {vault.data, vault.stack});
        if (search.found.empty()) {
            check_registers(bench.report, needles, child, "another domain's process");
            continue;
        }
        ++vaults;
        bench.report.expect(count_in(search, vault.data) >= key_bytes - 7,
                            "the key is not even in the vault");
    }
    bench.report.expect(vaults == 1, std::to_string(vaults) + " processes have the key");
}

void check_key(Bench &bench, const std::string &name, std::size_t key_bytes) {
    const std::uint64_t distance = in_spaces() ? POSTERN_ALIAS : 0;
    const std::string key = random_bytes(key_bytes);
    const std::string marker = "marker-of-32-bytes-for-the-search";
    write_file("key", key);
    write_file(marker, "x");
    bench.report.begin(name);
    if (in_spaces() && geteuid() != 0) {
        return bench.report.skip("the processes of domains are shown to root alone");
    }
    const auto session = busy_session(bench, marker);
    const pid_t pid = session->pid();
    if (!bench.report.expect(stop(pid), "cannot stop the process: root or ptrace needed")) {
        return;
    }
    const Needles needles = Needles::of_key(key);
    const Search search = search_process(pid, needles);
    const Memory vault = memory_of(bench, "vault", distance);
    expect_only_in(bench.report, search, {vault.data, vault.stack});
    bench.report.expect(count_in(search, vault.data) >= key_bytes - 7,
                        "the key is not even in the vault");
    check_control(bench, pid, marker, distance);
    std::printf("%s: %zu pieces of the key in the vault's memory, %zu elsewhere; %zu KiB in %zu "
                "mappings searched\n",
                name.c_str(), vault.count(search), search.found.size() - vault.count(search),
                search.bytes / 1024, search.mappings);
    if (in_spaces()) {
        check_children(bench, needles, pid, key_bytes);
    }

    // hosted.signer.key_not_in_registers shows signer_key_in_vault_alone
    bench.report.begin("hosted.signer.key_not_in_registers");
    check_registers(bench.report, needles, pid, "the monitor");
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
