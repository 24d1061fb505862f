/// The app's own pages and keys, for the cases on them.
#pragma once

#include "tests/harness/harness.h"

namespace own {

using rt::Errno;
using rt::Pkey;
using rt::Protection;
using rt::Region;
using rt::Rights;

inline Region new_pages(size_t count = 1) {
    return rt::map_anonymous(count * POSTERN_PAGE, Protection::read_write).value();
}

inline Region page_of(Region region, size_t index, size_t count = 1) {
    const uintptr_t begin = region.begin() + index * POSTERN_PAGE;
    return Region::from_raw(begin, begin + count * POSTERN_PAGE);
}

/// A key and a page under it, for one case; the key is open.
struct Own {
    Region page;
    Pkey key;
};
inline Own own_page() {
    const Own own{new_pages(), rt::pkey_alloc(0, 0).value()};
    EXPECT(bool(rt::pkey_mprotect(own.page, Protection::read_write, own.key)));
    return own;
}
inline void give_up(const Own &own) {
    EXPECT(bool(rt::munmap(own.page)));
    EXPECT(bool(rt::pkey_free(own.key)));
}

inline bool fails(const rt::Result<rt::Done> &result, Errno wanted) {
    return !result && result.error() == wanted;
}
} // namespace own
