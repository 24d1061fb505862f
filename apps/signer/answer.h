/// Answers, the only output on standard output.
#pragma once

#include "apps/signer/request.h"
#include "apps/signer/sha256.h"
#include "rt/rt.h"

namespace signer {

/// One line, built in place. A line that does not fit is a bug: the longest answer has one path.
class Answer {
public:
    Answer &append(const char *text, size_t bytes);
    Answer &append(const char *text); // null-terminated
    Answer &append(const Digest &digest);
    Answer &append(uint64_t number);

    /// Ends the line and writes all of it at once.
    rt::Result<rt::Done> send();

private:
    char text_[longest_path + 256];
    size_t bytes_ = 0;
};

} // namespace signer
