/// The domain zip: calls a library of the distribution, and brings what that asks of its
/// surroundings.
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

alignas(16) unsigned char heap[0x80000];
unsigned char packed[text_bytes];

namespace {

constexpr int best = 9;

size_t heap_used;
unsigned char text[text_bytes];
unsigned char unpacked[text_bytes];

} // namespace

uint64_t pack(rt::Claimed to) {
    heap_used = 0;
    for (size_t i = 0; i < text_bytes; ++i) {
        text[i] = static_cast<unsigned char>("abracadabra"[i * i / 7 % 11]);
    }
    unsigned long bytes = text_bytes;
    const int error =
        compress2(reinterpret_cast<unsigned char *>(to.raw()), &bytes, text, text_bytes, best);
    return error == 0 ? bytes : 0;
}

bool unpack(uint64_t bytes) {
    heap_used = 0;
    unsigned long unpacked_bytes = text_bytes;
    return uncompress(unpacked, &unpacked_bytes, packed, bytes) == 0 &&
           unpacked_bytes == text_bytes && __builtin_memcmp(unpacked, text, text_bytes) == 0;
}

bool open_a_file() {
    heap_used = 0;
    return gzopen("/etc/passwd.gz", "r") != nullptr;
}

} // namespace zip

extern "C" {
void *malloc(size_t bytes);
void free(void *object);

void *malloc(size_t bytes) {
    const size_t rounded = (bytes + 15) & ~size_t{15};
    if (rounded > sizeof zip::heap - zip::heap_used) {
        return nullptr;
    }
    void *const result = zip::heap + zip::heap_used;
    zip::heap_used += rounded;
    return result;
}
void free(void *) {}
}
