/// The vault: a domain with a secret.
#include "vault.h"

uint64_t vault::key = 0x5ec2e7;

uint64_t vault::sign(uint64_t number) {
    return number ^ key;
}
