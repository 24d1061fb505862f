/// The code of far: any instruction.
#include <asm/unistd.h>
#include <stdlib.h>
#include <string.h>

#include "tests/rt/space_call/own.h"

namespace far {

namespace {

uint64_t counted = 0;

} // namespace

uint64_t writes_fs() {
    uint64_t before, now;
    asm volatile("rdfsbase %0\n\t"
                 "wrfsbase %2\n\t"
                 "rdfsbase %1\n\t"
                 "wrfsbase %0"
                 : "=&r"(before), "=&r"(now)
                 : "r"(uint64_t{0x1000}));
    return now;
}

uint64_t writes_gs() {
    uint64_t before, now;
    asm volatile("rdgsbase %0\n\t"
                 "wrgsbase %2\n\t"
                 "rdgsbase %1\n\t"
                 "wrgsbase %0"
                 : "=&r"(before), "=&r"(now)
                 : "r"(uint64_t{0x2000}));
    return now;
}

uint64_t writes_pkru() {
    uint64_t before, now;
    asm volatile("xorl %%ecx, %%ecx\n\t"
                 "rdpkru\n\t"
                 "movl %%eax, %%r8d\n\t"
                 "orl $0xc, %%eax\n\t" // key 1, which no page here has
                 "xorl %%edx, %%edx\n\t"
                 "wrpkru\n\t"
                 "rdpkru\n\t"
                 "movl %%eax, %%r9d\n\t"
                 "movl %%r8d, %%eax\n\t"
                 "wrpkru\n\t"
                 "movl %%r8d, %k0\n\t"
                 "movl %%r9d, %k1"
                 : "=r"(before), "=r"(now)
                 :
                 : "rax", "rcx", "rdx", "r8", "r9");
    return now & 0xc;
}

uint64_t restores_state() {
    alignas(64) static unsigned char area[4096];
    asm volatile("movl $2, %%eax\n\t" // the SSE registers
                 "xorl %%edx, %%edx\n\t"
                 "xsave %0\n\t"
                 "xrstor %0"
                 : "+m"(area)
                 :
                 : "rax", "rdx");
    return 7;
}

uint64_t address() {
    return reinterpret_cast<uint64_t>(&writes_fs);
}

uint64_t jumps_to(uint64_t address) {
    return reinterpret_cast<uint64_t (*)()>(address)();
}

uint64_t reads(uint64_t address) {
    return *reinterpret_cast<const volatile unsigned char *>(address);
}

uint64_t own_process() {
    uint64_t answer;
    asm volatile("syscall" : "=a"(answer) : "a"(__NR_getpid) : "rcx", "r11", "memory");
    return answer;
}

uint64_t gives_up() {
    abort();
}

uint64_t allocates(uint64_t blocks) {
    uint64_t good = 0;
    unsigned char *last = nullptr;
    for (uint64_t block = 0; block < blocks; ++block) {
        auto *next = static_cast<unsigned char *>(malloc(1000));
        if (next == nullptr) {
            break;
        }
        memset(next, static_cast<int>(block), 1000);
        good += last == nullptr || last[999] == static_cast<unsigned char>(block - 1);
        last = next;
    }
    return good;
}

uint64_t counts() {
    return ++counted;
}

uint64_t asks() {
    return rt_gate_service(1, 0, 0, 0, 0, 0);
}

} // namespace far
