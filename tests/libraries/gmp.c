/// GMP: the input as one large number, multiplied, divided, to a power, and as digits.
#include "tests/libraries/library.h"

#include <gmp.h>

static void put_digits(struct output *output, const mpz_t number) {
    char *digits = mpz_get_str(NULL, 36, number);
    put_text(output, digits);
    put_text(output, "\n");
    free(digits);
}

static void run(const unsigned char *input, size_t bytes, struct output *output) {
    enum { most_bytes = 2500 };
    const size_t count = bytes < most_bytes ? bytes : most_bytes;
    mpz_t number, product, quotient, rest, prime;
    mpz_inits(number, product, quotient, rest, prime, NULL);
    mpz_import(number, count, 1, 1, 0, 0, input);
    mpz_setbit(number, 0);
    mpz_mul(product, number, number);
    put_digits(output, product);
    mpz_fac_ui(prime, 300);
    mpz_add_ui(prime, prime, 1);
    mpz_tdiv_qr(quotient, rest, product, prime);
    put_digits(output, quotient);
    put_digits(output, rest);
    mpz_mul(quotient, quotient, prime);
    mpz_add(quotient, quotient, rest);
    assert(mpz_cmp(quotient, product) == 0);

    mpz_ui_pow_ui(prime, 2, 521); // less 1 it is a prime
    mpz_sub_ui(prime, prime, 1);
    put_number(output, "prime", mpz_probab_prime_p(prime, 5));
    mpz_powm(rest, number, number, prime);
    put_digits(output, rest);
    assert(mpz_invert(rest, number, prime) != 0);
    mpz_mul(rest, rest, number);
    mpz_mod(rest, rest, prime);
    assert(mpz_cmp_ui(rest, 1) == 0);
    mpz_gcd_ui(NULL, number, 30030);
    put_number(output, "jacobi", mpz_jacobi(number, prime));

    char *digits = mpz_get_str(NULL, 10, product);
    assert(mpz_set_str(rest, digits, 10) == 0 && mpz_cmp(rest, product) == 0);
    digits[strlen(digits) / 2] = '?';
    put_number(output, "damaged", mpz_set_str(rest, digits, 10));
    free(digits);
    mpz_clears(number, product, quotient, rest, prime, NULL);
}

LIBRARY(gmp, run)
