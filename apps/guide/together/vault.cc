/// The vault: a domain with a key.
#include "vault.h"

namespace {

uint64_t key = 0x5ec2e7;

} // namespace

uint64_t vault::sign(uint64_t number) {
    return key / number;
}
