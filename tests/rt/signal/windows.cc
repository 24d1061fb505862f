/// Every access to a domain's memory: each width, copies, clears, strings, and all of them where a fault
/// comes.
#include "rt/rt.h"

#include "tests/rt/signal/work.h"

namespace work {

namespace {

constexpr Domain alice = Domain::alice;

POSTERN_DATA(alice) uint64_t word = 0x0807060504030201;
POSTERN_DATA(alice) char text[8] = "signals";
POSTERN_BSS(alice) char zeros[8];
char of_monitor[8];
POSTERN_DATA(alice) char page[64] = "longer than what a loop copies";
char of_monitor_too[64];

rt::Claimed claim(const void *address) {
    return rt::Claimed::of(address);
}

template <class T>
bool one_width() {
    const T low = static_cast<T>(0x0807060504030201);
    return rt::put_user(alice, claim(&word), low) &&
           rt::get_user<T>(alice, claim(&word)).value_or(0) == low &&
           !rt::put_user(alice, claim(alice_hole), low) &&
           !rt::get_user<T>(alice, claim(alice_hole));
}

bool copies() {
    return rt::copy_from_domain(alice, of_monitor, claim(text), sizeof text) &&
           rt::copy_to_domain(alice, claim(text), of_monitor, sizeof text) &&
           rt::copy_from_domain(alice, of_monitor_too, claim(page), sizeof page) &&
           rt::copy_from_domain(alice, of_monitor, claim(alice_hole), sizeof text).copied() == 0 &&
           of_monitor[0] == 0 &&
           rt::copy_to_domain(alice, claim(alice_hole), of_monitor, sizeof text).copied() == 0;
}

bool clears() {
    return rt::uaccess::clear_in_domain(alice, claim(zeros), sizeof zeros) &&
           rt::uaccess::clear_in_domain(alice, claim(alice_hole), sizeof zeros).copied() == 0;
}

bool strings() {
    char narrow[4];
    return rt::string_from_domain(alice, of_monitor, claim(text)).value_or(0) == 7 &&
           of_monitor[6] == 's' && !rt::string_from_domain(alice, narrow, claim(text)) &&
           !rt::string_from_domain(alice, of_monitor, claim(alice_hole));
}

bool several_in_one() {
    const rt::UserAccess window(alice);
    return window.get<uint64_t>(claim(&word)).value_or(0) == 0x0807060504030201 &&
           window.put(claim(&word), uint64_t{0x0807060504030201}) &&
           !window.get<uint64_t>(claim(alice_hole)) && !window.get<uint64_t>(claim(&word));
}

} // namespace

bool windows() {
    return one_width<uint8_t>() && one_width<uint16_t>() && one_width<uint32_t>() &&
           one_width<uint64_t>() && copies() && clears() && strings() && several_in_one() && slot_is_at_rest();
}

} // namespace work
