/// The functions of the domains of the bench.
#include "bench/payload/guest.h"

#include "bench/gate/gates.h"

namespace bench::guest {

namespace {

template <class Once>
uint64_t repeat(uint64_t loops, Once once) {
    for (uint64_t i = 0; i < loops; ++i) {
        once();
    }
    return loops;
}

} // namespace

uint64_t nothing() {
    return 0;
}

uint64_t six(uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e, uint64_t f) {
    return a ^ b ^ c ^ d ^ e ^ f;
}

uint64_t same(uint64_t value) {
    return value;
}

uint64_t dive(uint64_t gates) {
    return gates > 1 ? deeper_service(gates - 1) : 0;
}

uint64_t ask_for_nothing(uint64_t loops) {
    return repeat(loops, [] { nothing_service(); });
}

uint64_t ask_for_parent(uint64_t loops) {
    return repeat(loops, [] { parent_service(); });
}

uint64_t ask_for_peer(uint64_t loops) {
    return repeat(loops, [] { peer_service(); });
}

uint64_t cross_to_peer(uint64_t loops) {
    return repeat(loops, [] { static_cast<void>(to_peer()); });
}

uint64_t cross_to_trusted(uint64_t loops) {
    return repeat(loops, [] { static_cast<void>(to_trusted()); });
}

uint64_t floor_to_peer(uint64_t loops) {
    return repeat(loops, [] { bench_floor_across(reinterpret_cast<const void *>(&nothing)); });
}

uint64_t write_null() {
    *reinterpret_cast<volatile char *>(uintptr_t{0}) = 0;
    return 0;
}

uint64_t write_monitor(uint64_t address) {
    *reinterpret_cast<volatile char *>(address) = 0;
    return 0;
}

uint64_t trap() {
    asm volatile("int3");
    return 0;
}

uint64_t own_system_call() {
    uint64_t answer;
    asm volatile("syscall"
                 : "=a"(answer)
                 : "a"(110) // getppid [linux syscall_64.tbl v6.12]
                 : "rcx", "r11", "memory");
    return answer;
}

uint64_t own_system_calls(uint64_t number, uint64_t a, uint64_t b, uint64_t c, uint64_t loops) {
    uint64_t answer = 0;
    repeat(loops, [&] {
        register uint64_t fourth asm("r10") = 0;
        asm volatile("syscall"
                     : "=a"(answer)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(fourth)
                     : "rcx", "r11", "cc", "memory");
    });
    return answer;
}

} // namespace bench::guest
