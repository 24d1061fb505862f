/// Bytes of the executable pages, at any offset: what a domain could jump to.
#include <algorithm>

#include "tests/image/checks.h"
#include "tests/image/sites.h"

namespace image {
namespace {

/// The executable pages with their addresses; code is found by address, at any offset.
class Text {
public:
    explicit Text(const Image &image) : image_(image), segment_(image.loaded(PF_R | PF_X)) {
        if (segment_.p_offset > image.bytes().size() ||
            image.bytes().size() - segment_.p_offset < segment_.p_filesz) {
            throw Unreadable(image.name() + ": the text is cut off");
        }
    }
    uint64_t begin() const { return segment_.p_vaddr; }
    uint64_t end() const { return segment_.p_vaddr + segment_.p_filesz; }

    /// The byte at `address`; an address outside has 0, which begins none of the codes looked for.
    unsigned char at(uint64_t address) const {
        return address >= begin() && address < end()
                   ? image_.bytes()[segment_.p_offset + (address - begin())]
                   : static_cast<unsigned char>(0);
    }
    bool has(uint64_t address, const Code &code) const {
        for (std::size_t i = 0; i < code.size(); ++i) {
            if (at(address + i) != code[i]) {
                return false;
            }
        }
        return true;
    }
    /// All addresses in [from, to) where `matches(address)`.
    template <class Matches>
    std::vector<uint64_t> find(Matches matches, uint64_t from, uint64_t to) const {
        std::vector<uint64_t> found;
        for (uint64_t address = from; address < to; ++address) {
            if (matches(address)) {
                found.push_back(address);
            }
        }
        return found;
    }
    template <class Matches>
    std::vector<uint64_t> find(Matches matches) const {
        return find(matches, begin(), end());
    }

private:
    const Image &image_;
    const Elf64_Phdr &segment_;
};

const Code wrpkru_code{0x0f, 0x01, 0xef};

/// Whether an opcode of the 0F map with second byte `opcode` begins at `address`: with 0F, or with
/// a REX2 prefix that stands for it. [apx 3.1.1]
bool is_two_byte(const Text &text, uint64_t address, unsigned char opcode) {
    return text.at(address + 1) == opcode &&
           (text.at(address) == 0x0f || (text.at(address - 1) == 0xd5 && text.at(address) >= 0x80));
}

bool is_wrpkru(const Text &text, uint64_t address) {
    return is_two_byte(text, address, 0x01) && text.at(address + 2) == 0xef;
}

/// 0F AE /5 with a memory operand. [sdm-2 XRSTOR]
bool is_xrstor(const Text &text, uint64_t address) {
    const unsigned char operand = text.at(address + 2);
    return is_two_byte(text, address, 0xae) && (operand >> 3 & 7) == 5 && operand >> 6 != 3;
}

/// Writes of a segment's base: 0F AE with a register operand, behind F3. [sdm-2 WRGSBASE]
struct BaseWrite {
    std::string_view name;
    unsigned char first; // operand bytes: from this one on, eight
    unsigned char rdi;   // the one that the trap entry uses
};
constexpr BaseWrite wrfsbase{"wrfsbase", 0xd0, 0xd7};
constexpr BaseWrite wrgsbase{"wrgsbase", 0xd8, 0xdf};

bool is_base_write(const Text &text, uint64_t address, const BaseWrite &write) {
    return is_two_byte(text, address, 0xae) && text.at(address + 2) >= write.first &&
           text.at(address + 2) < write.first + 8;
}

bool is_syscall(const Text &text, uint64_t address) {
    return is_two_byte(text, address, 0x05);
}

/// Steps over a conditional jump to int3 at `address`; 0 where there is none.
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

/// Whether both compares stand behind the `wrpkru` at `address`.
bool is_proved(const Text &text, uint64_t address, const Compares &compares) {
    uint64_t next = address + wrpkru_code.size();
    for (const Code *compare : {&compares.first, &compares.second}) {
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

bool names(std::string_view pattern, std::string_view function) {
    if (!pattern.ends_with('*')) {
        return pattern == function;
    }
    pattern.remove_suffix(1);
    return function.starts_with(pattern) &&
           function.substr(pattern.size()).find_first_not_of("0123456789") == function.npos;
}

/// Every `wrpkru` is one of the listed sites, and the compares of law 1 stand behind each.
void wrpkru_sites(const Image &image, Report &report) {
    const Text text(image);
    const auto matches = [&](uint64_t address) { return is_wrpkru(text, address); };
    auto strays = text.find(matches);
    for (const auto &function : image.functions()) {
        for (const auto &site : sites()) {
            if (!names(site.function, function.name)) {
                continue;
            }
            const auto found = text.find(matches, function.begin, function.end);
            if (found.size() != site.compares.size()) {
                report.findings.push_back(function.name + " has " + std::to_string(found.size()) +
                                          " wrpkru, not " + std::to_string(site.compares.size()));
            }
            for (std::size_t i = 0; i < std::min(found.size(), site.compares.size()); ++i) {
                if (!is_proved(text, found[i], site.compares[i])) {
                    report.findings.push_back("wrpkru at " + image.place(found[i]) +
                                              " without its compares");
                }
                std::erase(strays, found[i]);
            }
        }
    }
    for (const uint64_t stray : strays) {
        report.findings.push_back("wrpkru bytes at " + image.place(stray));
    }
    for (const auto *needed : {"rt_gate_leave", "rt_trap_entry", "rt_uaccess_open"}) {
        static_cast<void>(image.symbol(needed)); // a renamed function must not go unnoticed
    }
}

void no_xrstor(const Image &image, Report &report) {
    const Text text(image);
    for (const uint64_t found : text.find([&](uint64_t at) { return is_xrstor(text, at); })) {
        report.findings.push_back("xrstor bytes at " + image.place(found));
    }
}

/// The trap entry's repair of a base, which proves behind itself that the view is the monitor's.
void one_repair(const Image &image, Report &report, const BaseWrite &write) {
    const Text text(image);
    const std::string name{write.name};
    const uint64_t entry = image.symbol("rt_trap_entry");
    unsigned repairs = 0;
    const auto matches = [&](uint64_t at) { return is_base_write(text, at, write); };
    for (const uint64_t found : text.find(matches)) {
        Code repair{0x0f, 0xae, write.rdi, 0x31, 0xc9, // xorl %ecx, %ecx
                    0x0f, 0x01, 0xee};                 // rdpkru
        const Code compare = is_monitor_view();
        repair.insert(repair.end(), compare.begin(), compare.end());
        if (found >= entry && found < entry + 0x100 && text.has(found - 2, {0xf3, 0x48}) &&
            text.has(found, repair) && behind_jump_to_trap(text, found + repair.size()) != 0) {
            ++repairs;
        } else {
            report.findings.push_back(name + " bytes at " + image.place(found));
        }
    }
    if (repairs != 1) {
        report.findings.push_back(std::to_string(repairs) + " proved " + name +
                                  " in the trap entry, not 1");
    }
}

void one_wrfsbase(const Image &image, Report &report) {
    one_repair(image, report, wrfsbase);
}
void one_wrgsbase(const Image &image, Report &report) {
    one_repair(image, report, wrgsbase);
}

/// The one syscall function and the restorer. Pairs elsewhere are no instructions of ours; the
/// dispatch selector stops them, so they are told and not refused.
void two_syscalls(const Image &image, Report &report) {
    const Text text(image);
    const uint64_t early = image.symbol("rt_sys_call_early");
    const uint64_t restorer = image.symbol("__restore_rt");
    const uint64_t in_restorer = restorer + 7; // behind movq $15, %rax
    unsigned calls = 0;
    unsigned others = 0;
    for (const uint64_t found : text.find([&](uint64_t at) { return is_syscall(text, at); })) {
        if (found >= early && found < early + 0x10 && text.has(found - 3, {0x49, 0x89, 0xca})) {
            ++calls; // behind movq %rcx, %r10
        } else if (found == in_restorer) {
            continue;
        } else if (found >= image.symbol("__gate_start") && found < image.symbol("__trap_end")) {
            report.findings.push_back("a further syscall at " + image.place(found));
        } else {
            ++others;
        }
    }
    if (calls != 1) {
        report.findings.push_back(std::to_string(calls) +
                                  " syscall in the syscall function, not 1");
    }
    // Debuggers look up the byte before it, too: a nop that belongs to nobody else.
    if (!text.has(restorer - 1, {0x90, 0x48, 0xc7, 0xc0, 0x0f, 0, 0, 0, 0x0f, 0x05, 0x0f, 0x0b})) {
        report.findings.push_back("__restore_rt is not the sequence that debuggers know");
    }
    if (others != 0) {
        report.notes.push_back(std::to_string(others) + " byte pairs 0f 05 in other code");
    }
}

} // namespace

std::vector<Check> instruction_checks() {
    return {
        {"instructions.wrpkru_sites", wrpkru_sites}, {"instructions.no_xrstor", no_xrstor},
        {"instructions.one_wrfsbase", one_wrfsbase}, {"instructions.one_wrgsbase", one_wrgsbase},
        {"instructions.two_syscalls", two_syscalls},
    };
}

} // namespace image
