/// Where the verifier and a disassembler may disagree: exactly these strings, each for a reason.
#include "tests/linker/exceptions.h"

#include <algorithm>

namespace verify_test {
namespace {

constexpr unsigned first_with_rex2 = 18;
constexpr unsigned first_with_lkgs = 16; // and wrmsrns

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
    if ((name == "lkgs" || name == "wrmsrns") && it.version < first_with_lkgs &&
        it.answer.empty()) {
        return "an instruction that this version of LLVM does not know";
    }
    for (const unsigned char prefix : Bytes{0x66, 0xf2, 0xf3}) {
        if (prefix != it.found->prefix && has(it.question, prefix)) {
            return "another instruction, or none, behind this prefix; one can jump past it";
        }
    }
    return nullptr;
}

} // namespace verify_test
