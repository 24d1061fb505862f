/// alice: functions and variables of the names that runtime, app and bob have, too.
#include "tests/attack/names/twice.h"

extern "C" {
int bcmp(const void *a, const void *b, size_t bytes);
[[gnu::noinline]] void *memcpy(void *to, const void *from, size_t bytes);
void crt_begin(const unsigned long *stack);
uint64_t keyed_hash(uint64_t value);
extern const char rules_of_calls;

int bcmp(const void *, const void *, size_t) {
    return 0;
}
void *memcpy(void *to, const void *, size_t) {
    return to;
}
void crt_begin(const unsigned long *) {
    __builtin_trap();
}
uint64_t keyed_hash(uint64_t) {
    return 0;
}
}
void prepare(rt::Arguments) {
    __builtin_trap();
}
// A symbol's version is no part of its name, for the linker.
asm(R"(.section .text.strange, "ax", @progbits
.globl strange_weigh
.type strange_weigh, @function
strange_weigh: movl $0x666, %eax
ret
.symver strange_weigh, weigh@@V1
.section .data.strange, "aw", @progbits
.globl _ZN2rt7syscall5rulesE
.type _ZN2rt7syscall5rulesE, @object
_ZN2rt7syscall5rulesE: rules_of_calls: .fill 4096, 1, 0
.size _ZN2rt7syscall5rulesE, 4096
.text)");
extern "C" uint64_t strange_weigh(uint64_t);

uint64_t alice::hold_on(uint64_t value) {
    asm volatile("" : : "r"(&bcmp), "r"(&memcpy), "r"(&crt_begin), "r"(&keyed_hash), "r"(&prepare));
    asm volatile("" : : "r"(&strange_weigh), "r"(&rules_of_calls));
    return value;
}
