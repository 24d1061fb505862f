/// The codec of the guide as an ordinary program, under sanitizers. With the word `overrun` it
/// believes a codec that lies.
#include "apps/guide/buffer/codec.h"

#include <cstdio>
#include <cstring>

int main(int count, char **) {
    if (count == 2) {
        return codec::out[codec::lie() - 1];
    }
    // unit.native.packs shows pages_quote_what_is_built
    std::memcpy(codec::in, "aaaabbbc", 8);
    const auto made = codec::pack(8);
    if (made != 6 || std::memcmp(codec::out, "4a3b1c", 6) != 0) {
        std::puts("failed unit.native.packs");
        return 1;
    }
    std::puts("passed unit.native.packs");
    return 0;
}
