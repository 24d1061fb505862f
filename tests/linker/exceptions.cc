/// Where the verifier and a disassembler may disagree: exactly these strings, each for a reason.
#include "tests/linker/exceptions.h"

#include <algorithm>

namespace verify_test {
namespace {

using linker::verify::Map;

constexpr unsigned first_with_rex2 = 18;

/// Instructions by the beginnings of their rows' names, and the version from which on LLVM must
/// know them.
struct Since {
    std::string_view name;
    unsigned version;
};
constexpr Since known_since[] = {
    {"wrmsrns imm", 21}, {"lkgs", 16},   {"wrmsrns", 16}, {"eretu", 18},
    {"erets", 18},       {"uwrmsr", 19}, {"urdmsr", 19},
};
constexpr unsigned first_with_evex_map_4 = 19;

/// Whether a version of LLVM need not know a row's instruction.
bool may_be_unknown(const Encoding &encoding, unsigned version) {
    if (encoding.map == Map::evex_map_4 && version < first_with_evex_map_4) {
        return true;
    }
    const auto *since =
        std::find_if(std::begin(known_since), std::end(known_since),
                     [&](const auto &it) { return encoding.name.starts_with(it.name); });
    return since != std::end(known_since) && version < since->version;
}

bool has(const Question &question, unsigned char prefix) {
    const auto end = question.bytes.begin() + question.prefixes;
    return std::find(question.bytes.begin(), end, prefix) != end;
}

} // namespace

const char *exception_for(const Disagreement &it) {
    if (it.found == nullptr) {
        return nullptr; // what a disassembler knows, the verifier knows
    }
    const auto name = it.found->name;
    const bool is_base = name == "wrfsbase" || name == "wrgsbase";
    if (it.question.bytes[it.question.prefixes] == 0xd5 && it.version < first_with_rex2 &&
        it.answer.empty()) {
        return "REX2, which this version of LLVM does not know";
    }
    if (is_base && !has(it.question, 0xf3)) {
        return "a base write without its prefix F3 is no instruction; forbidden all the same";
    }
    if (name == "int1" && it.answer.empty()) {
        return "int1 is an instruction that LLVM does not decode";
    }
    if (may_be_unknown(*it.found, it.version) && (it.answer.empty() || it.answer == "clac")) {
        return "an instruction that this version of LLVM does not know, or takes for clac";
    }
    if (it.found->map == Map::evex_map_4 && has(it.question, 0x67) && it.answer.empty()) {
        return "EVEX behind 67 with a register as operand, which LLVM does not decode";
    }
    for (const unsigned char prefix : Bytes{0x66, 0xf2, 0xf3}) {
        if (prefix != it.found->prefix && has(it.question, prefix)) {
            return "another instruction, or none, behind this prefix; one can jump past it";
        }
    }
    return nullptr;
}

} // namespace verify_test
