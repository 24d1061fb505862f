/// A library of the distribution as it is, in a domain of its own by one line of CMake.
#include "rt/domain/table.h"
#include "tests/harness/harness.h"

// As zlib's manual has them (zlib.h includes hosted headers).
extern "C" {
int compress2(unsigned char *to, unsigned long *to_bytes, const unsigned char *from,
              unsigned long from_bytes, int level);
int uncompress(unsigned char *to, unsigned long *to_bytes, const unsigned char *from,
               unsigned long from_bytes);
unsigned long compressBound(unsigned long bytes);
}

namespace {

constexpr size_t text_bytes = 40000;
constexpr int best = 9;

POSTERN_BSS(zip) alignas(16) unsigned char heap[0x80000];
POSTERN_BSS(zip) size_t heap_used;
POSTERN_BSS(zip) unsigned char text[text_bytes];
POSTERN_BSS(zip) unsigned char packed[text_bytes];
POSTERN_BSS(zip) unsigned char unpacked[text_bytes];
POSTERN_BSS(other) unsigned char others_buffer[64];

/// Debian builds libraries with -fstack-protector: their canary is read at fs:0x28. A constant on
/// key 0 serves all domains that only read it.
alignas(64) constexpr uint64_t canary_page[8] = {0, 0, 0, 0, 0, 0x00c0ffee12345600};

void point_fs_to_canary() {
    EXPECT(bool(rt::set_fs_base(canary_page)));
}

/// Packs the text to `to` and yields the number of bytes, 0 when zlib refuses.
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

/// Whether `bytes` packed bytes unpack to the text.
bool unpack(uint64_t bytes) {
    heap_used = 0;
    unsigned long unpacked_bytes = text_bytes;
    return uncompress(unpacked, &unpacked_bytes, packed, bytes) == 0 &&
           unpacked_bytes == text_bytes && __builtin_memcmp(unpacked, text, text_bytes) == 0;
}

constexpr rt::Entry<Domain::zip, pack> pack_entry;
constexpr rt::Entry<Domain::zip, unpack> unpack_entry;
constexpr rt::Entry<Domain::zip, compressBound> bound_entry;

} // namespace

// What zlib itself asks of its surroundings; only its domain calls them.
extern "C" {
void *malloc(size_t bytes) {
    const size_t rounded = (bytes + 15) & ~size_t{15};
    if (rounded > sizeof heap - heap_used) {
        return nullptr;
    }
    void *const result = heap + heap_used;
    heap_used += rounded;
    return result;
}
void free(void *) {}
[[noreturn]] void __stack_chk_fail() {
    __builtin_trap();
}
}

POSTERN_TEST("run.placing.function_of_a_library") {
    EXPECT(rt::call<Domain::zip>(bound_entry, 1000ul).value_or(0) > 1000);
}

POSTERN_TEST("run.placing.distribution_library") {
    point_fs_to_canary();
    const auto bytes = rt::call<Domain::zip>(pack_entry, rt::Claimed::of(packed));
    EXPECT(bool(bytes)) && EXPECT(bytes.value() > 0 && bytes.value() < text_bytes / 2);
    EXPECT(rt::call<Domain::zip>(unpack_entry, bytes.value_or(0)).value_or(false));
    unsigned char first = 0;
    EXPECT(bool(rt::copy_from_domain(Domain::zip, &first, rt::Claimed::of(packed), 1)));
    EXPECT_EQUAL(first, 0x78); // zlib's own beginning
    EXPECT(rt::domain::owns(Domain::zip, reinterpret_cast<uint64_t>(heap), sizeof heap));
}

POSTERN_TEST("deny.placing.distribution_library") {
    point_fs_to_canary();
    EXPECT(rt::call<Domain::zip>(pack_entry, rt::Claimed::of(packed)).value_or(0) != 0);
    const auto denied = rt::call<Domain::zip>(pack_entry, rt::Claimed::of(others_buffer));
    EXPECT(!denied) &&
        EXPECT_FAULT(denied.fault(), .kind = rt::FaultKind::write, .domain = Domain::zip,
                     .signal = 11, .code = 4, .address = reinterpret_cast<uint64_t>(others_buffer),
                     .key = static_cast<int>(Domain::other));
}
