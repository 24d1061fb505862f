/// BearSSL: hashes, two ciphers with authentication, and signatures on a curve.
#include "tests/libraries/library.h"

#include <bearssl.h>

static void hash_all(const unsigned char *input, size_t bytes, struct output *output) {
    static const br_hash_class *const hashes[] = {&br_md5_vtable, &br_sha1_vtable,
                                                  &br_sha256_vtable, &br_sha512_vtable};
    for (size_t i = 0; i < sizeof hashes / sizeof *hashes; ++i) {
        br_hash_compat_context context;
        unsigned char hash[64] = {0};
        hashes[i]->init(&context.vtable);
        hashes[i]->update(&context.vtable, input, bytes);
        hashes[i]->out(&context.vtable, hash);
        put(output, hash, sizeof hash);
    }
}

static void seal_all(const unsigned char *input, size_t bytes, struct output *output) {
    static const unsigned char key[32] = "a key of 32 bytes, known to all";
    static const unsigned char nonce[12] = "nonce again";
    unsigned char *sealed = copy_of(input, bytes);
    unsigned char tag[16];
    br_chacha20_ct_run(key, nonce, 1, sealed, bytes);
    put(output, sealed, bytes);
    br_aes_ct64_ctr_keys keys;
    br_aes_ct64_ctr_init(&keys, key, sizeof key);
    br_gcm_context gcm;
    br_gcm_init(&gcm, &keys.vtable, br_ghash_ctmul64);
    br_gcm_reset(&gcm, nonce, sizeof nonce);
    br_gcm_aad_inject(&gcm, "header", 6);
    br_gcm_flip(&gcm);
    br_gcm_run(&gcm, 1, sealed, bytes);
    br_gcm_get_tag(&gcm, tag);
    put(output, sealed, bytes);
    put(output, tag, sizeof tag);
    for (int damaged = 0; damaged < 2; ++damaged) {
        unsigned char *opened = copy_of(sealed, bytes);
        damage(tag, damaged ? sizeof tag : 0, 1);
        br_gcm_reset(&gcm, nonce, sizeof nonce);
        br_gcm_aad_inject(&gcm, "header", 6);
        br_gcm_flip(&gcm);
        br_gcm_run(&gcm, 0, opened, bytes);
        put(output, opened, bytes);
        put_number(output, "authentic", (long)br_gcm_check_tag(&gcm, tag));
        free(opened);
    }
    free(sealed);
}

static void sign(const unsigned char *input, size_t bytes, struct output *output) {
    unsigned char secret[32] = {17}, hash[32], signature[72];
    const br_ec_private_key key = {BR_EC_secp256r1, secret, sizeof secret};
    unsigned char point[BR_EC_KBUF_PUB_MAX_SIZE];
    br_ec_public_key public_key;
    assert(br_ec_compute_pub(&br_ec_p256_m31, &public_key, point, &key) != 0);
    br_sha256_context context;
    br_sha256_init(&context);
    br_sha256_update(&context, input, bytes);
    br_sha256_out(&context, hash);
    const size_t count =
        br_ecdsa_i31_sign_asn1(&br_ec_p256_m31, &br_sha256_vtable, hash, &key, signature);
    put(output, signature, count);
    assert(br_ecdsa_i31_vrfy_asn1(&br_ec_p256_m31, hash, sizeof hash, &public_key, signature,
                                  count) == 1);
    damage(hash, sizeof hash, 1);
    put_number(output, "damaged",
               (long)br_ecdsa_i31_vrfy_asn1(&br_ec_p256_m31, hash, sizeof hash, &public_key,
                                            signature, count));
}

static void run(const unsigned char *input, size_t bytes, struct output *output) {
    hash_all(input, bytes, output);
    seal_all(input, bytes, output);
    sign(input, bytes, output);
}

LIBRARY(bearssl, run)
