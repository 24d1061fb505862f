/// Cuts a stream of bytes into lines.
#pragma once

#include "apps/init/directive.h"

namespace init {

class LineCutter {
public:
    /// Takes one byte. True if it has ended a line, which is text() and bytes() until the next byte
    /// is taken.
    bool take(char byte) {
        if (ended_) {
            bytes_ = 0;
            ended_ = false;
        }
        if (byte == '\n') {
            ended_ = true;
        } else if (bytes_++ < longest_line) {
            text_[bytes_ - 1] = byte;
        }
        return ended_;
    }

    const char *text() const { return text_; }
    /// The length of the whole line. Bytes beyond longest_line are not kept.
    size_t bytes() const { return bytes_; }
    bool too_long() const { return bytes_ > longest_line; }

private:
    char text_[longest_line] = {};
    size_t bytes_ = 0;
    bool ended_ = false;
};

} // namespace init
