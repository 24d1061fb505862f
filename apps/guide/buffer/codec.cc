/// The codec: a domain, so `in` and `out` are in its own memory.
#include "codec.h"

namespace codec {

char in[most_in];
char out[most_out];

uint64_t pack(uint64_t bytes) {
    uint64_t made = 0;
    for (uint64_t at = 0; at < bytes;) {
        uint64_t same = 1;
        while (same < 9 && at + same < bytes && in[at + same] == in[at]) {
            ++same;
        }
        if (made + 2 > most_out) {
            return 0;
        }
        out[made++] = static_cast<char>('0' + same);
        out[made++] = in[at];
        at += same;
    }
    return made;
}

uint64_t lie() {
    return most_out + 1;
}

} // namespace codec
