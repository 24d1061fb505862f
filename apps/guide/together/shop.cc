/// The shop: a domain that asks the monitor, calls another domain, and reads what is lent to it.
#include "shop.h"

POSTERN_BSS(inbox) uint64_t inbox::things[inbox::most];

uint64_t shop::add_up(uint64_t count) {
    uint64_t sum = 0;
    for (uint64_t i = 0; i < count && i < inbox::most; ++i) {
        sum += price(inbox::things[i]);
    }
    return sum;
}

uint64_t shop::bill(uint64_t amount) {
    const auto signature = sign_for_shop(amount);
    if (!signature) { // signature.error() has the kind of the vault's fault
        return 0;
    }
    return signature.value();
}
