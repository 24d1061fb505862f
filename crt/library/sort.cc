/// Sorting in place, and searching in what is sorted.
#include "crt/library/include/stdlib.h"
#include "crt/library/include/string.h"
#include "crt/library/library.h"

namespace {

using Compare = int(const void *, const void *, void *);

/// Exchanges two members, which do not overlap.
void exchange(char *a, char *b, size_t bytes) {
    while (bytes != 0) {
        char piece[64];
        const size_t now = bytes < sizeof piece ? bytes : sizeof piece;
        memcpy(piece, a, now);
        memcpy(a, b, now);
        memcpy(b, piece, now);
        a += now;
        b += now;
        bytes -= now;
    }
}

/// Members as a heap: none is less than its children, which are at 2n + 1 and 2n + 2.
class Heap {
public:
    Heap(void *members, size_t bytes, Compare *compare, void *argument)
        : members_(static_cast<char *>(members)), bytes_(bytes), compare_(compare),
          argument_(argument) {}

    void sort(size_t count) {
        for (size_t top = count / 2; top-- != 0;) {
            sink(top, count);
        }
        for (size_t last = count; last-- > 1;) {
            exchange(at(0), at(last), bytes_);
            sink(0, last);
        }
    }

private:
    char *at(size_t index) { return members_ + index * bytes_; }
    bool less(size_t a, size_t b) { return compare_(at(a), at(b), argument_) < 0; }

    /// Moves a member down until none of its children is greater.
    void sink(size_t top, size_t count) {
        for (size_t child = 2 * top + 1; child < count; child = 2 * top + 1) {
            if (child + 1 < count && less(child, child + 1)) {
                ++child;
            }
            if (!less(top, child)) {
                return;
            }
            exchange(at(top), at(child), bytes_);
            top = child;
        }
    }

    char *members_;
    size_t bytes_;
    Compare *compare_;
    void *argument_;
};

int call_without_argument(const void *left, const void *right, void *compare) {
    return reinterpret_cast<int (*)(const void *, const void *)>(compare)(left, right);
}

} // namespace

extern "C" {

LIBRARY void qsort_r(void *members, size_t count, size_t bytes, Compare *compare, void *argument) {
    Heap(members, bytes, compare, argument).sort(count);
}

LIBRARY void qsort(void *members, size_t count, size_t bytes,
                   int (*compare)(const void *, const void *)) {
    Heap(members, bytes, call_without_argument, reinterpret_cast<void *>(compare)).sort(count);
}

LIBRARY void *bsearch(const void *key, const void *members, size_t count, size_t bytes,
                      int (*compare)(const void *, const void *)) {
    const auto *first = static_cast<const char *>(members);
    while (count != 0) {
        const char *const middle = first + count / 2 * bytes;
        const int order = compare(key, middle);
        if (order == 0) {
            return const_cast<char *>(middle);
        }
        if (order > 0) {
            first = middle + bytes;
            count -= 1;
        }
        count /= 2;
    }
    return nullptr;
}

} // extern "C"
