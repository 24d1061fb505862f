/// The parser: a domain with your code. You may change it in any way that the build's verifier
/// accepts.
#include "parser.h"

namespace parser {

uint64_t parse(uint64_t bytes) {
    return bytes;
}

uint64_t read(uint64_t address) {
    return *reinterpret_cast<volatile uint64_t *>(address);
}

void write(uint64_t address) {
    *reinterpret_cast<volatile uint64_t *>(address) = 1;
}

uint64_t jump(uint64_t address) {
    return reinterpret_cast<uint64_t (*)(uint64_t)>(address)(0);
}

uint64_t ask_kernel(uint64_t number) {
    asm volatile("syscall" : "+a"(number) : : "rcx", "r11", "memory");
    return number;
}

void keep_the_processor() {
    for (;;) {
        asm volatile("pause");
    }
}

} // namespace parser
