/// The code of domains that have an address space of their own on every machine.
#pragma once

#include "linker/symbols.h"
#include "rt/base/region.h"
#include "rt/key/domain.h"

namespace rt::domain {

/// A row for each of them, for range-for.
struct OwnTexts {
    const linker::TextRecord *begin() const { return __own_text_table_start; }
    const linker::TextRecord *end() const { return __own_text_table_end; }
};

/// All of their code; empty in an image without such domains.
inline base::Region all_own_texts() {
    return base::Region::from_raw(reinterpret_cast<uintptr_t>(__own_texts_start),
                                  reinterpret_cast<uintptr_t>(__own_texts_end));
}

/// Where the monitor reads the code, as the aliases of domains' memory (rt/domain/alias.h).
inline base::Region seen_text(base::Region own) {
    return base::Region::from_raw(own.begin() + POSTERN_ALIAS, own.end() + POSTERN_ALIAS);
}

/// The code that only the child of `domain` can execute; empty if it has none.
base::Region own_text_of(Domain domain);

/// Where the monitor can read the code at [address, address + bytes), if it is code that `domain`
/// can execute; null otherwise.
const unsigned char *code_of(Domain domain, uintptr_t address, size_t bytes);

/// Once at start, when the process that makes children has been forked. From then on nothing in this
/// process can execute the code, and its addresses are closed. The monitor reads it elsewhere, to tell
/// why a domain has stopped; with keys, it alone can. All of it is sealed at the end of start.
void close_own_texts();

} // namespace rt::domain
