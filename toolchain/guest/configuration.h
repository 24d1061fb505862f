/// QEMU's configuration device, by which the host passes files to the guest. An item is selected,
/// then read byte by byte, or page by page by DMA. Its numbers are big-endian. [qemu
/// docs/specs/fw_cfg]
#pragma once

#include "rt/sys/file.h"
#include "rt/sys/memory.h"
#include "toolchain/guest/ports.h"
#include "toolchain/guest/text.h"

namespace guest {

using rt::base::Region;
using rt::base::Result;

class Configuration {
public:
    Configuration() { open_ports(selector, 12); }

    /// Finds an item by name; false if there is none.
    bool find(const char *name) {
        select(directory);
        for (uint32_t left = number(4); left != 0; --left) {
            size_ = number(4);
            key_ = static_cast<uint16_t>(number(2));
            number(2); // reserved
            char entry[56];
            for (char &character : entry) {
                character = static_cast<char>(read_byte(data));
            }
            if (same(entry, name)) {
                return true;
            }
        }
        return false;
    }

    /// True if the item that was found begins with `text`.
    bool begins_with(const char *text) {
        select(key_);
        while (*text != '\0' && static_cast<char>(read_byte(data)) == *text) {
            ++text;
        }
        return *text == '\0';
    }

    size_t size() const { return size_; }

    /// Reads the whole item that was found into new memory.
    Result<Region> read() {
        const auto transfer = present(sizeof(Transfer));
        const auto content = present(size_);
        if (!transfer || !content) {
            return transfer ? content : transfer;
        }
        const auto map = rt::sys::open("/proc/self/pagemap", rt::sys::Access::read);
        if (!map) {
            return map.error();
        }
        auto *order = reinterpret_cast<volatile Transfer *>(transfer.value().begin());
        const uint64_t at_order = physical(map.value(), transfer.value().begin());
        select(key_);
        for (size_t done = 0; done < size_; done += POSTERN_PAGE) {
            const size_t left = size_ - done;
            const size_t bytes = left < POSTERN_PAGE ? left : POSTERN_PAGE;
            order->length = __builtin_bswap32(static_cast<uint32_t>(bytes));
            order->address =
                __builtin_bswap64(physical(map.value(), content.value().begin() + done));
            order->control = __builtin_bswap32(2); // read; done when the last write comes back
            write_four(address, __builtin_bswap32(static_cast<uint32_t>(at_order >> 32)));
            write_four(address + 4, __builtin_bswap32(static_cast<uint32_t>(at_order)));
        }
        static_cast<void>(rt::sys::close(map.value()));
        return content;
    }

private:
    static constexpr Port selector = 0x510;
    static constexpr Port data = 0x511;
    static constexpr Port address = 0x514;
    static constexpr uint16_t directory = 0x19;

    struct Transfer {
        uint32_t control;
        uint32_t length;
        uint64_t address;
    };

    void select(uint16_t key) { write_two(selector, key); }

    uint32_t number(size_t bytes) {
        uint32_t value = 0;
        for (; bytes != 0; --bytes) {
            value = value << 8 | read_byte(data);
        }
        return value;
    }

    /// New memory of which every page is written, so that each has a physical page.
    static Result<Region> present(size_t bytes) {
        const auto region =
            rt::sys::map_anonymous(bytes != 0 ? bytes : 1, rt::sys::Protection::read_write);
        if (region) {
            for (uintptr_t page = region.value().begin(); page != region.value().end();
                 page += POSTERN_PAGE) {
                *reinterpret_cast<volatile char *>(page) = 0;
            }
        }
        return region;
    }

    /// The physical address of a page that is present. [linux pagemap]
    static uint64_t physical(rt::sys::Descriptor map, uintptr_t at) {
        uint64_t entry = 0;
        static_cast<void>(
            rt::sys::read_at(map, &entry, sizeof entry, at / POSTERN_PAGE * sizeof entry));
        return (entry & ((uint64_t{1} << 55) - 1)) * POSTERN_PAGE + at % POSTERN_PAGE;
    }

    size_t size_ = 0;
    uint16_t key_ = 0;
};

} // namespace guest
