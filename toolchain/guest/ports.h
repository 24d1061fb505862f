/// x86 I/O ports: one function for each instruction.
#pragma once

#include "system.h"

using Port = unsigned short;

/// Lets this process use some ports; only root may.
inline void open_ports(Port first, Word count) {
    call(__NR_ioperm, first, count, 1);
}

inline void write_byte(Port port, unsigned char value) {
    asm volatile("outb %0, %1" : : "a"(value), "Nd"(port));
}

inline void write_two(Port port, unsigned short value) {
    asm volatile("outw %0, %1" : : "a"(value), "Nd"(port));
}

inline void write_four(Port port, unsigned value) {
    asm volatile("outl %0, %1" : : "a"(value), "Nd"(port) : "memory");
}

inline unsigned char read_byte(Port port) {
    unsigned char value;
    asm volatile("inb %1, %0" : "=a"(value) : "Nd"(port));
    return value;
}
