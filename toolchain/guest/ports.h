/// x86 I/O ports, and what QEMU puts behind two of them: the configuration device, through which
/// the packed files come in, and the one that ends the machine.
#pragma once

#include "system.h"

using Port = unsigned short;

inline void open_ports(Port first, Word count) { call(__NR_ioperm, first, count, 1); }

inline void write_port(Port port, unsigned char value) {
    asm volatile("outb %0, %1" : : "a"(value), "Nd"(port));
}

inline void write_port(Port port, unsigned short value) {
    asm volatile("outw %0, %1" : : "a"(value), "Nd"(port));
}

inline void read_port(Port port, void* to, Size size) {
    asm volatile("rep insb" : "+D"(to), "+c"(size) : "d"(port) : "memory");
}

/// QEMU's fw_cfg in its simplest form: select an item, then read it byte after byte. Numbers in it
/// are big-endian. [qemu docs/specs/fw_cfg]
class Configuration {
public:
    Configuration() { open_ports(selector, 2); }

    /// Finds the item by name; false if there is none.
    bool find(const char* name) {
        select(directory_key);
        for (unsigned left = read_number(4); left != 0; --left) {
            size_ = read_number(4);
            key_ = (unsigned short)read_number(2);
            read_number(2); // reserved
            char entry[56];
            read(entry, sizeof entry);
            if (same(entry, name)) {
                return true;
            }
        }
        return false;
    }

    Size size() const { return size_; }

    /// Goes to the beginning of what was found.
    void rewind() { select(key_); }

    void read(void* to, Size size) { read_port(data, to, size); }

private:
    static constexpr Port selector = 0x510;
    static constexpr Port data = 0x511;
    static constexpr unsigned short directory_key = 0x19;

    void select(unsigned short key) { write_port(selector, key); }

    unsigned read_number(Size bytes) {
        unsigned value = 0;
        for (; bytes != 0; --bytes) {
            unsigned char byte;
            read(&byte, 1);
            value = value << 8 | byte;
        }
        return value;
    }

    unsigned size_ = 0;
    unsigned short key_ = 0;
};
