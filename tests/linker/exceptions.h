/// Where the verifier and a disassembler may disagree: exactly these strings, each for a reason.
#pragma once

#include <string>

#include "tests/linker/samples.h"

namespace verify_test {

/// A string that is asked about; `prefixes` bytes come before those that identify the encoding.
struct Question {
    Bytes bytes;
    unsigned prefixes;
};

/// The answers of both: the verifier a row or none, LLVM's disassembler of a version a text or
/// none.
struct Disagreement {
    const Question &question;
    const Encoding *found;
    const std::string &answer;
    unsigned version;
};

/// The reason why it may be; nullptr where there is none.
const char *exception_for(const Disagreement &disagreement);

} // namespace verify_test
