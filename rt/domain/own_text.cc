/// The code of domains that have an address space of their own on every machine.
#include "rt/domain/own_text.h"

#include "rt/base/panic.h"
#include "rt/key/isolation.h"
#include "rt/sys/memory.h"

namespace rt::domain {

using base::must;
using base::Region;

Region own_text_of(Domain domain) {
    for (const auto &record : OwnTexts()) {
        if (record.number == key::number_of(domain)) {
            return Region::from_raw(record.begin, record.end);
        }
    }
    return {};
}

const unsigned char *code_of(Domain domain, uintptr_t address, size_t bytes) {
    const Region common = Region::from_raw(reinterpret_cast<uintptr_t>(__text_start),
                                           reinterpret_cast<uintptr_t>(__text_end));
    if (common.contains(address, bytes)) {
        return reinterpret_cast<const unsigned char *>(address);
    }
    return own_text_of(domain).contains(address, bytes)
               ? reinterpret_cast<const unsigned char *>(address + POSTERN_ALIAS)
               : nullptr;
}

void close_own_texts() {
    const Region all = all_own_texts();
    if (all.empty()) {
        return;
    }
    for (const auto &record : OwnTexts()) { // each a mapping of its own
        const Region own = Region::from_raw(record.begin, record.end);
        must(sys::move_mapping(own, seen_text(own).begin()),
             "moving the code of domains with SPACE own");
    }
    const Region there = seen_text(all);
    must(key::has_keys() ? sys::pkey_mprotect(there, sys::Protection::read,
                                              static_cast<int>(key::monitor_key.raw()))
                         : sys::protect(there, sys::Protection::read),
         "closing the code of domains with SPACE own");
    must(sys::reserve(all), "reserving the addresses of the code of domains with SPACE own");
}

} // namespace rt::domain
