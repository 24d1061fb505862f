/// A program that says what its guarantees are worth: which are full, and what a domain reaches.
#include <asm/unistd.h>

#include "rt/rt.h"

namespace {

constinit uint64_t monitor_word = 1;
POSTERN_BSS(bob) uint64_t bob_word;

uint64_t write(uint64_t address) {
    *reinterpret_cast<volatile uint64_t *>(address) = 77;
    return 77;
}
uint64_t make_a_system_call() {
    uint64_t number = __NR_getpid;
    asm volatile("syscall" : "+a"(number) : : "rcx", "r11", "memory");
    return number;
}
constexpr rt::Entry<Domain::alice, write> write_entry;
constexpr rt::Entry<Domain::alice, make_a_system_call> system_call_entry;

void print(const rt::Line &line) {
    static_cast<void>(rt::sys::write_all(rt::sys::Descriptor::output, line.text(), line.bytes()));
}

void try_to_write(const char *what, uint64_t address) {
    rt::Line line;
    const auto outcome = rt::call<Domain::alice>(write_entry, address);
    print(line.format("{} {}\n", what, outcome ? "reached" : "refused"));
}

} // namespace

rt::Exit main(rt::Arguments) {
    for (const auto &row : rt::start::table_of(rt::guarantees()).rows) {
        rt::Line line;
        print(line.format("{} {}\n", row.name, row.missing == nullptr ? "full" : "weaker"));
    }
    try_to_write("monitor", reinterpret_cast<uint64_t>(&monitor_word));
    try_to_write("bob", reinterpret_cast<uint64_t>(&bob_word));
    try_to_write("selector", reinterpret_cast<uint64_t>(__arena_start + POSTERN_SLOT_PUBLIC + 8));
    try_to_write("arguments", reinterpret_cast<uint64_t>(__arguments_start));
    rt::Line line;
    const auto outcome = rt::call<Domain::alice>(system_call_entry);
    print(line.format("system call {}\n", outcome ? "served" : "refused"));
    return rt::Exit::success;
}
