/// SHA-256 and HMAC against published vectors.
#include "apps/signer/hmac.h"
#include "tests/harness/harness.h"

namespace {

using signer::Digest;

template <size_t size>
const uint8_t *bytes_of(const char (&text)[size]) {
    return reinterpret_cast<const uint8_t *>(text);
}

unsigned value_of(char digit) {
    return static_cast<unsigned>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

/// Whether `digest` is the one written in 64 hexadecimal digits.
bool is(const Digest &digest, const char *digits) {
    for (const uint8_t byte : digest.bytes) {
        if (byte != (value_of(digits[0]) << 4 | value_of(digits[1]))) {
            return false;
        }
        digits += 2;
    }
    return true;
}

template <size_t size>
bool hashes_to(const char (&text)[size], const char *digits) {
    return is(signer::sha256(bytes_of(text), size - 1), digits);
}

template <size_t size>
bool signs_as(const uint8_t *key, size_t key_bytes, const char (&text)[size], const char *digits) {
    signer::Hmac hmac;
    hmac.begin(key, key_bytes);
    hmac.add(bytes_of(text), size - 1);
    return is(hmac.finish(), digits);
}

/// A key of one byte's repetition.
struct Key {
    explicit Key(uint8_t byte) { __builtin_memset(bytes, byte, sizeof bytes); }
    uint8_t bytes[131];
};

} // namespace

// The example messages of [fips 180-4]'s publisher.
POSTERN_TEST("unit.sha256.published_vectors", SHOWS(signer_equals_openssl)) {
    EXPECT(hashes_to("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    EXPECT(hashes_to("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"));
    EXPECT(hashes_to("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                     "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
                     "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"));
    signer::Sha256 hash;
    for (int i = 0; i < 1'000'000; ++i) {
        hash.add(bytes_of("a"), 1);
    }
    EXPECT(is(hash.finish(), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"));
}

// Wherever a message is cut, also around a block's end, its digest is that of the whole.
POSTERN_TEST("unit.sha256.pieces") {
    uint8_t message[200];
    for (size_t i = 0; i < sizeof message; ++i) {
        message[i] = static_cast<uint8_t>(i);
    }
    for (size_t length = 0; length <= sizeof message; ++length) {
        const Digest whole = signer::sha256(message, length);
        for (size_t cut = 0; cut <= length; ++cut) {
            signer::Sha256 hash;
            hash.add(message, cut);
            hash.add(message + cut, length - cut);
            if (!EXPECT(hash.finish() == whole)) {
                return;
            }
        }
    }
}

POSTERN_TEST("unit.hmac.rfc_4231", SHOWS(signer_equals_openssl)) {
    EXPECT(signs_as(Key(0x0b).bytes, 20, "Hi There",
                    "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"));
    EXPECT(signs_as(bytes_of("Jefe"), 4, "what do ya want for nothing?",
                    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
    EXPECT(signs_as(Key(0xaa).bytes, 131, "Test Using Larger Than Block-Size Key - Hash Key First",
                    "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
    EXPECT(
        signs_as(Key(0xaa).bytes, 131,
                 "This is a test using a larger than block-size key and a larger than block-size "
                 "data. The key needs to be hashed before being used by the HMAC algorithm.",
                 "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"));
}

// A second signature with the same object knows nothing of the first.
POSTERN_TEST("unit.hmac.again") {
    signer::Hmac hmac;
    const Key key(0x0b);
    for (int i = 0; i < 2; ++i) {
        hmac.begin(key.bytes, sizeof key.bytes);
        hmac.add(bytes_of("something else"), 14);
        hmac.begin(key.bytes, 20);
        hmac.add(bytes_of("Hi "), 3);
        hmac.add(bytes_of("There"), 5);
        EXPECT(
            is(hmac.finish(), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"));
    }
}
