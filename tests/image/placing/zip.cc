/// The domain zip: calls a library of the distribution, which takes memory of the domain's heap.
#include "tests/image/placing/zip.h"

// As zlib's manual has them.
extern "C" {
int compress2(unsigned char *to, unsigned long *to_bytes, const unsigned char *from,
              unsigned long from_bytes, int level);
int uncompress(unsigned char *to, unsigned long *to_bytes, const unsigned char *from,
               unsigned long from_bytes);
void *gzopen(const char *path, const char *mode);
}

namespace zip {

unsigned char packed[text_bytes];

namespace {

constexpr int best = 9;

unsigned char text[text_bytes];
unsigned char unpacked[text_bytes];

} // namespace

uint64_t pack(rt::Claimed to) {
    for (size_t i = 0; i < text_bytes; ++i) {
        text[i] = static_cast<unsigned char>("abracadabra"[i * i / 7 % 11]);
    }
    unsigned long bytes = text_bytes;
    const int error =
        compress2(reinterpret_cast<unsigned char *>(to.raw()), &bytes, text, text_bytes, best);
    return error == 0 ? bytes : 0;
}

bool unpack(uint64_t bytes) {
    unsigned long unpacked_bytes = text_bytes;
    return uncompress(unpacked, &unpacked_bytes, packed, bytes) == 0 &&
           unpacked_bytes == text_bytes && __builtin_memcmp(unpacked, text, text_bytes) == 0;
}

bool open_a_file() {
    return gzopen("/etc/passwd.gz", "r") != nullptr;
}

} // namespace zip
