/// The app's static library, built as any hosted one is: it calls memcmp, of which clang
/// makes bcmp.
extern "C" int memcmp(const void *a, const void *b, unsigned long bytes);
extern "C" bool are_equal(const unsigned char *a, const unsigned char *b, unsigned long bytes);
extern "C" unsigned long weigh(unsigned long value);

extern "C" bool are_equal(const unsigned char *a, const unsigned char *b, unsigned long bytes) {
    return memcmp(a, b, bytes) == 0;
}
extern "C" unsigned long weigh(unsigned long value) {
    return value + 1;
}
