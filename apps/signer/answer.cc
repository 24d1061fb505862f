/// Answers, the only output on standard output.
#include "apps/signer/answer.h"

namespace signer {

Answer &Answer::append(const char *text, size_t bytes) {
    if (bytes > sizeof text_ - bytes_) {
        rt::panic("signer: an answer is too long");
    }
    __builtin_memcpy(text_ + bytes_, text, bytes);
    bytes_ += bytes;
    return *this;
}

Answer &Answer::append(const char *text) {
    size_t bytes = 0;
    while (text[bytes] != '\0') {
        ++bytes;
    }
    return append(text, bytes);
}

Answer &Answer::append(const Digest &digest) {
    for (const uint8_t byte : digest.bytes) {
        append(&"0123456789abcdef"[byte >> 4], 1);
        append(&"0123456789abcdef"[byte & 15], 1);
    }
    return *this;
}

Answer &Answer::append(uint64_t number) {
    const rt::Line digits = rt::Line().append(number);
    return append(digits.text(), digits.bytes());
}

rt::Result<rt::Done> Answer::send() {
    append("\n", 1);
    return rt::sys::write_all(rt::sys::Descriptor::output, text_, bytes_);
}

} // namespace signer
