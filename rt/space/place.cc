/// On which cores a child runs.
#include "rt/space/place.h"

#include "linker/symbols.h"
#include "rt/key/cpuid.h"
#include "rt/sys/cores.h"

namespace rt::space {

namespace {

/// In the note of a child's place: all cores except that one.
constexpr uint32_t apart = uint32_t{1} << 31;

/// Whether one instruction reads the core's number, and the cores that this program has been given.
POSTERN_SETTLED bool has_rdpid = false;
POSTERN_SETTLED sys::Cores cores{};

/// The core on which this thread runs. The kernel keeps its number where one instruction reads it.
/// [sdm-2 RDPID, linux cpu/common.c v6.12, setup_getcpu]
uint32_t core_now() {
    constexpr uint32_t core_bits = 0xfff;
    if (!has_rdpid) {
        return sys::current_core();
    }
    uint64_t word;
    asm volatile("rdpid %0" : "=r"(word));
    return word & core_bits;
}

} // namespace

void prepare_places() {
    constexpr uint32_t rdpid_bit = 1 << 22;
    has_rdpid = (key::cpuid(7).ecx & rdpid_bit) != 0; // a trap in a virtual machine
    cores = sys::Cores::of_this_thread();
}

bool has_two_cores() {
    return cores.count() > 1;
}

void place(Child &child) {
    const uint32_t core = core_now();
    const bool is_apart = child.spins.are_apart();
    const uint32_t place = is_apart ? core | apart : core;
    if (place == child.orders->place || core >= sys::Cores::most) {
        return;
    }
    child.orders->place = place;
    // Where that is refused, it is slower.
    static_cast<void>(sys::run_on(process_of(child), is_apart ? cores.without(core)
                                                              : sys::Cores::only(core)));
    if (is_apart) {
        child.spins.note_move();
    }
}

} // namespace rt::space
