/// QEMU's configuration device, through which the host hands files in: an item is selected, then
/// read byte after byte, or page after page by DMA. Its numbers are big-endian.
/// [qemu docs/specs/fw_cfg]
#pragma once

#include "ports.h"

#include <linux/fcntl.h>
#include <linux/mman.h>

class Configuration {
public:
    Configuration() { open_ports(selector, 12); }

    /// Finds an item by name; false if there is none.
    bool find(const char *name) {
        select(directory);
        for (unsigned left = number(4); left != 0; --left) {
            size_ = number(4);
            key_ = (unsigned short)number(2);
            number(2); // reserved
            char entry[56];
            for (char &character : entry) {
                character = char(read_byte(data));
            }
            if (same(entry, name)) {
                return true;
            }
        }
        return false;
    }

    /// True if what was found begins with `text`.
    bool begins_with(const char *text) {
        select(key_);
        while (*text != '\0' && char(read_byte(data)) == *text) {
            ++text;
        }
        return *text == '\0';
    }

    Size size() const { return size_; }

    /// Reads all of what was found into new memory; null if there is not enough.
    char *read() {
        auto transfer = static_cast<Transfer *>(pages(sizeof(Transfer)));
        auto content = static_cast<char *>(pages(size_));
        if (transfer == nullptr || content == nullptr) {
            return nullptr;
        }
        Word map = call(__NR_open, "/proc/self/pagemap", O_RDONLY);
        Size at_transfer = physical(map, transfer);
        select(key_);
        for (Size done = 0; done < size_; done += page) {
            Size left = size_ - done;
            transfer->length = __builtin_bswap32(unsigned(left < page ? left : page));
            transfer->address = __builtin_bswap64(physical(map, content + done));
            transfer->control = __builtin_bswap32(2); // read; done when the last write comes back
            write_four(address, __builtin_bswap32(unsigned(at_transfer >> 32)));
            write_four(address + 4, __builtin_bswap32(unsigned(at_transfer)));
        }
        call(__NR_close, map);
        return content;
    }

private:
    static constexpr Port selector = 0x510;
    static constexpr Port data = 0x511;
    static constexpr Port address = 0x514;
    static constexpr unsigned short directory = 0x19;
    static constexpr Size page = 4096;

    struct Transfer {
        unsigned control;
        unsigned length;
        Size address;
    };

    void select(unsigned short key) { write_two(selector, key); }

    unsigned number(Size bytes) {
        unsigned value = 0;
        for (; bytes != 0; --bytes) {
            value = value << 8 | read_byte(data);
        }
        return value;
    }

    static void *pages(Size size) {
        Word start = call(__NR_mmap, 0, size, PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
        return start < 0 ? nullptr : reinterpret_cast<void *>(start);
    }

    /// Where a populated page lies in the machine's memory. [linux pagemap]
    static Size physical(Word map, const void *at) {
        Size entry = 0;
        call(__NR_pread64, map, &entry, sizeof entry, Size(at) / page * sizeof entry);
        return (entry & ((1ul << 55) - 1)) * page + Size(at) % page;
    }

    unsigned size_ = 0;
    unsigned short key_ = 0;
};
