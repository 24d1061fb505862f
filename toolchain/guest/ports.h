/// x86 I/O ports: one function for each instruction.
#pragma once

#include <asm/unistd.h>
#include <stddef.h>
#include <stdint.h>

#include "rt/sys/call.h"

namespace guest {

using Port = uint16_t;

/// Lets this process use some ports; only root may. [ioperm(2)]
inline void open_ports(Port first, size_t count) {
    rt::sys::call_raw(__NR_ioperm, first, count, 1);
}

inline void write_byte(Port port, uint8_t value) {
    asm volatile("outb %0, %1" : : "a"(value), "Nd"(port));
}

inline void write_two(Port port, uint16_t value) {
    asm volatile("outw %0, %1" : : "a"(value), "Nd"(port));
}

inline void write_four(Port port, uint32_t value) {
    asm volatile("outl %0, %1" : : "a"(value), "Nd"(port) : "memory");
}

inline uint8_t read_byte(Port port) {
    uint8_t value;
    asm volatile("inb %1, %0" : "=a"(value) : "Nd"(port));
    return value;
}

} // namespace guest
