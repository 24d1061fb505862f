/// The domain of the process tests: one entry that works, one that makes a system call.
#include <asm/unistd.h>

#include "tests/rt/sys/process.h"

uint64_t process_domain::twice(uint64_t number) {
    return 2 * number;
}

uint64_t process_domain::ask_the_kernel() {
    uint64_t answer = __NR_getpid;
    asm volatile("syscall" : "+a"(answer) : : "rcx", "r11", "memory");
    return answer;
}
