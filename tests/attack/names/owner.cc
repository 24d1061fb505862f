/// A domain that has the library: OWNER.
#include "tests/attack/names/library.h"
#include "tests/attack/names/twice.h"

namespace OWNER {

uint64_t count(uint64_t by) {
    return library::count(by);
}
uint64_t count_inline(uint64_t by) {
    return library::inline_count += STEP * by;
}
uint64_t count_in_a_template(uint64_t by) {
    return library::template_count<uint64_t> += by;
}
uint64_t count_by_a_class(uint64_t by) {
    static library::Counter counter;
    library::Counter *known = &counter;
    asm("" : "+r"(known)); // and what its class is, the compiler cannot tell
    return known->count(by);
}
uint64_t count_in_common(uint64_t by) {
    return library_common += STEP * by;
}
uint64_t count_on_the_board(uint64_t by) {
    return library::shared_count += by;
}

} // namespace OWNER
