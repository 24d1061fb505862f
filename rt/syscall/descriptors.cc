/// The descriptors that the program was started with.
#include "rt/syscall/descriptors.h"

#include "rt/base/options.h"
#include "rt/base/panic.h"
#include "rt/sys/file.h"

namespace rt::syscall {

using base::must;
using sys::Descriptor;

namespace {

constexpr int first_other = 3;
constexpr int most_counted = 65536;

bool is_kept(int number) {
    return number < first_other || (number < 64 && (__option_kept_descriptors >> number & 1) != 0);
}

uint32_t count_open(bool kept) {
    uint32_t count = 0;
    for (int number = 0; number < (kept ? 64 : most_counted); ++number) {
        count += is_kept(number) == kept && sys::is_open(static_cast<Descriptor>(number)) ? 1 : 0;
    }
    return count;
}

/// Closes the gaps between those that are kept, and all after the last.
void close_others() {
    int first = first_other;
    for (int number = first_other; number < 64; ++number) {
        if (is_kept(number)) {
            must(sys::close_from_to(first, number - 1), "closing descriptors");
            first = number + 1;
        }
    }
    must(sys::close_from_to(first, INT32_MAX), "closing descriptors");
}

/// A new descriptor has the lowest free number. [open(2)]
uint32_t fill_standard() {
    uint32_t filled = 0;
    for (int number = 0; number < first_other; ++number) {
        if (!sys::is_open(static_cast<Descriptor>(number))) {
            must(sys::open_nowhere(), "opening a missing standard stream");
            ++filled;
        }
    }
    return filled;
}

} // namespace

FoundDescriptors close_inherited_descriptors(bool counted) {
    FoundDescriptors found{};
    found.kept = count_open(true);
    found.closed = counted ? count_open(false) : 0;
    close_others();
    found.filled = fill_standard();
    return found;
}

} // namespace rt::syscall
