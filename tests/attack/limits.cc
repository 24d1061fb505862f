/// Where the kernel leaves no way out: what a domain can do to end the process, and nothing else.
#include "tests/attack/limits.h"

#include "tests/attack/code.h"
#include "tests/attack/strike.h"

namespace attack {

namespace {

/// In a child process: a jump to leave's wrpkru with every key closed.
void close_all_keys() {
    RegisterFile file = hostile_file();
    file.rax = 0xffffffff;
    file.rip = address_of(nth_wrpkru(rt_gate_leave, 0));
    static_cast<void>(strike(file));
}

} // namespace

bool frame_key_must_be_open() {
    const harness::ChildEnd end = harness::in_child(close_all_keys);
    return end.signal != 0;
}

} // namespace attack
