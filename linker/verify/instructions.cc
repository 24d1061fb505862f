/// Bytes of the executable pages, at any offset: what a domain could jump to.
#include <algorithm>
#include <iterator>

#include "linker/verify/checks.h"
#include "linker/verify/scan.h"
#include "linker/verify/sites.h"

namespace linker::verify {
namespace {

const Bytes wrpkru_code{0x0f, 0x01, 0xef};

/// The matches of one encoding that is forbidden or mediated.
std::vector<Match> matches_of(const Text &text, std::string_view name) {
    auto found = text.find(Class::mediated);
    std::erase_if(found, [&](const Match &match) { return match.encoding->name != name; });
    return found;
}

/// Whether a pattern names a function; a final * of the pattern stands for a number.
bool names(std::string_view pattern, std::string_view function) {
    if (!pattern.ends_with('*')) {
        return pattern == function;
    }
    pattern.remove_suffix(1);
    return function.starts_with(pattern) &&
           function.substr(pattern.size()).find_first_not_of("0123456789") == function.npos;
}

/// Only an image of tests may lack the runtime's start, and with it the trap entry.
bool has_start(const Image &image, const Report &report) {
    return report.allowed.empty() || image.symbols().contains("rt_trap_entry");
}

bool is_inside(const Function &function, uint64_t address) {
    return address >= function.begin && address < function.end;
}

/// Forbidden bytes outside of the listed sites.
void stray(const Image &image, Report &report, const Match &match) {
    if (report.allows(image, match.address)) {
        return;
    }
    const std::string_view name = match.encoding->name;
    const bool is_base = name == "wrfsbase" || name == "wrgsbase";
    report.findings.emplace_back(
        std::string(name) + " bytes at " + image.place(match.address), match.address, match.length,
        std::string("a domain that jumps here ") +
            (is_base ? "changes a base that the runtime relies on" : "gives itself any view") +
            ": take the instruction out of the source; if the bytes are part of a constant, an "
            "offset or a jump, split or reorder that code; if a library contains them, build "
            "it again with other flags, or link without that member");
}

/// The address after a conditional jump to int3 at `address`; 0 if there is no such jump.
uint64_t behind_jump_to_trap(const Text &text, uint64_t address) {
    uint64_t next = 0;
    int32_t distance = 0;
    if (text.at(address) == 0x75) { // jne rel8
        next = address + 2;
        distance = static_cast<int8_t>(text.at(address + 1));
    } else if (text.has(address, {0x0f, 0x85})) { // jne rel32
        next = address + 6;
        for (unsigned i = 0; i < 4; ++i) {
            distance = static_cast<int32_t>(static_cast<uint32_t>(distance) |
                                            uint32_t{text.at(address + 2 + i)} << (8 * i));
        }
    }
    const uint64_t target = next + static_cast<uint64_t>(static_cast<int64_t>(distance));
    return next != 0 && text.at(target) == 0xcc ? next : 0;
}

/// Whether both compares directly follow the `wrpkru` at `address`.
bool is_proved(const Text &text, uint64_t address, const Compares &compares) {
    uint64_t next = address + wrpkru_code.size();
    for (const Bytes *compare : {&compares.first, &compares.second}) {
        if (compare->empty()) {
            continue;
        }
        if (!text.has(next, *compare)) {
            return false;
        }
        next = behind_jump_to_trap(text, next + compare->size());
        if (next == 0) {
            return false;
        }
    }
    return true;
}

/// Checks the sites of one function and their compares, and takes them out of `strays`.
void check_site(const Image &image, const Text &text, Report &report, const Function &function,
                const Site &site, std::vector<Match> &strays) {
    std::vector<Match> found;
    std::copy_if(strays.begin(), strays.end(), std::back_inserter(found),
                 [&](const auto &match) { return is_inside(function, match.address); });
    if (found.size() != site.compares.size()) {
        report.findings.emplace_back(function.name + " has " + std::to_string(found.size()) +
                                     " wrpkru, not " + std::to_string(site.compares.size()));
    }
    for (std::size_t i = 0; i < std::min(found.size(), site.compares.size()); ++i) {
        if (!is_proved(text, found[i].address, site.compares[i])) {
            report.findings.emplace_back(
                "wrpkru at " + image.place(found[i].address) + " without its compares",
                found[i].address, 32,
                "invariant 1 (rt/README.md): the compares that linker/verify/sites.h lists for "
                "this function must directly follow it, each with a jump to an int3");
        }
        std::erase_if(strays, [&](const auto &match) { return match.address == found[i].address; });
    }
}

/// A listed name belongs to the runtime: it is defined once, among the gates or in the trap entry.
/// A local function of a domain could have the name of a gate.
void one_of_its_name(const Image &image, Report &report, const Function &function) {
    const auto same = std::count_if(image.functions().begin(), image.functions().end(),
                                    [&](const auto &other) { return other.name == function.name; });
    const auto within = [&](const char *begin, const char *end) {
        return function.begin >= image.symbol(begin) && function.end <= image.symbol(end);
    };
    if (same != 1 ||
        (!within("__gate_start", "__gate_end") && !within("__trap_start", "__trap_end"))) {
        report.findings.emplace_back(image.place(function.begin) +
                                         " has the name of a site of the runtime",
                                     function.begin, 8,
                                     "rename it: rt_gate_*, rt_trap_* and rt_uaccess_* "
                                     "are the runtime's own names");
    }
}

/// Every `wrpkru` is one of the listed sites, and the compares of invariant 1 directly follow it.
void wrpkru_sites(const Image &image, Report &report) {
    const Text text(image);
    auto strays = matches_of(text, "wrpkru");
    const auto listed = sites();
    for (const auto &function : image.functions()) {
        for (const auto &site : listed) {
            if (names(site.function, function.name)) {
                one_of_its_name(image, report, function);
                check_site(image, text, report, function, site, strays);
            }
        }
    }
    for (const auto &match : strays) {
        stray(image, report, match);
    }
    if (has_start(image, report)) { // otherwise a renamed function would go unnoticed
        for (const auto *needed : {"rt_gate_leave", "rt_trap_entry", "rt_uaccess_open"}) {
            static_cast<void>(image.symbol(needed));
        }
    }
}

/// Invariant 2: after its wrpkru the trap entry trusts nothing before it has compared the token,
/// which only a call by the kernel can have stored.
void token_of_the_trap_entry(const Image &image, Report &report) {
    if (!has_start(image, report)) {
        return;
    }
    const Text text(image);
    const Bytes compare = is_token();
    constexpr unsigned near = 0x80;
    const uint64_t entry = image.symbol("rt_trap_entry");
    for (uint64_t at = entry; at < entry + near; ++at) {
        if (text.has(at, compare) && behind_jump_to_trap(text, at + compare.size()) != 0) {
            return;
        }
    }
    report.findings.emplace_back(
        "the trap entry does not compare its token", entry, near,
        "invariant 2 (rt/README.md): cmpq %rsp, slot_token_absolute(%rbx) and a jump to "
        "an int3 must follow its wrpkru");
}

void no_xrstor(const Image &image, Report &report) {
    for (const auto &match : matches_of(Text(image), "xrstor")) {
        stray(image, report, match);
    }
}

/// Whether a base write is the trap entry's repair of it: from rdi, with a check of the view after
/// it.
bool is_repair(const Image &image, const Text &text, uint64_t at, unsigned char rdi) {
    Bytes repair{0x0f, 0xae, rdi, 0x31, 0xc9, // xorl %ecx, %ecx
                 0x0f, 0x01, 0xee};           // rdpkru
    const Bytes compare = is_monitor_view();
    repair.insert(repair.end(), compare.begin(), compare.end());
    const uint64_t entry = image.symbol("rt_trap_entry");
    return at >= entry && at < entry + 0x100 && text.has(at - 2, {0xf3, 0x48}) &&
           text.has(at, repair) && behind_jump_to_trap(text, at + repair.size()) != 0;
}

/// Allows one write of a base, the repair by the trap entry, and refuses every other.
void one_repair(const Image &image, Report &report, std::string_view name, unsigned char rdi) {
    const Text text(image);
    const bool has_entry = has_start(image, report);
    unsigned repairs = 0;
    for (const auto &match : matches_of(text, name)) {
        if (has_entry && is_repair(image, text, match.address, rdi)) {
            ++repairs;
        } else {
            stray(image, report, match);
        }
    }
    if (has_entry && repairs != 1) {
        report.findings.emplace_back(std::to_string(repairs) + " checked " + std::string(name) +
                                     " in the trap entry, not 1");
    }
}

void one_wrfsbase(const Image &image, Report &report) {
    one_repair(image, report, "wrfsbase", 0xd7);
}
void one_wrgsbase(const Image &image, Report &report) {
    one_repair(image, report, "wrgsbase", 0xdf);
}

/// Debuggers also look up the byte before the restorer, so that byte is a nop of its own.
void known_restorer(const Image &image, const Text &text, Report &report) {
    const uint64_t restorer = image.symbol("__restore_rt");
    if (!text.has(restorer - 1, {0x90, 0x48, 0xc7, 0xc0, 0x0f, 0, 0, 0, 0x0f, 0x05, 0x0f, 0x0b})) {
        report.findings.emplace_back("__restore_rt is not the sequence that debuggers know");
    }
}

/// The addresses of the `syscall`s that the runtime has in this image.
std::vector<uint64_t> own_syscalls(const Image &image, const Text &text, Report &report) {
    std::vector<uint64_t> own;
    for (const auto &site : call_sites()) {
        if (!site.is_needed && !image.symbols().contains(std::string(site.end))) {
            continue;
        }
        Bytes code = site.before;
        code.insert(code.end(), {0x0f, 0x05});
        const uint64_t end = image.symbol(site.end);
        if (end - code.size() < image.symbol(site.begin) || end > image.symbol(site.limit) ||
            !text.has(end - code.size(), code)) {
            report.findings.emplace_back("0 syscall in " + std::string(site.place) + ", not 1");
        }
        own.push_back(end - 2);
    }
    return own;
}

/// The runtime's own `syscall`s are those of the table. Byte pairs elsewhere are not the runtime's;
/// dispatch stops them in a domain, so they are noted and not refused.
void listed_syscalls(const Image &image, Report &report) {
    if (!has_start(image, report)) {
        return;
    }
    const Text text(image);
    const auto own = own_syscalls(image, text, report);
    const uint64_t function = image.symbol("rt_sys_call_early");
    unsigned others = 0;
    for (const auto &match : matches_of(text, "syscall")) {
        const uint64_t found = match.address;
        if (std::find(own.begin(), own.end(), found) != own.end()) {
            continue;
        }
        if ((found >= image.symbol("__gate_start") && found < image.symbol("__text_end")) ||
            (found >= function && found < own.front())) {
            report.findings.emplace_back("another syscall at " + image.place(found));
        } else {
            ++others;
        }
    }
    if (others != 0) {
        report.notes.push_back(std::to_string(others) + " byte pairs 0f 05 in other code");
    }
    known_restorer(image, text, report);
}

} // namespace

bool Report::allows(const Image &image, uint64_t address) const {
    const auto *function = image.function_at(address);
    return function != nullptr &&
           std::any_of(allowed.begin(), allowed.end(), [&](const auto &pattern) {
               return pattern.ends_with('*')
                          ? function->name.starts_with(pattern.substr(0, pattern.size() - 1))
                          : function->name == pattern;
           });
}

std::vector<Check> instruction_checks() {
    return {
        {"instructions.wrpkru_sites", wrpkru_sites},
        {"instructions.token_of_the_trap_entry", token_of_the_trap_entry},
        {"instructions.no_xrstor", no_xrstor},
        {"instructions.one_wrfsbase", one_wrfsbase},
        {"instructions.one_wrgsbase", one_wrgsbase},
        {"instructions.listed_syscalls", listed_syscalls},
    };
}

} // namespace linker::verify
