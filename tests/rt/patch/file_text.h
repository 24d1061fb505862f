/// The text of the running image as its file has it.
#pragma once

#include <linux/elf.h>

#include "rt/sys/file.h"
#include "tests/harness/harness.h"

/// Reads the executable segment of /proc/self/exe, a piece at a time.
class FileText {
public:
    FileText() {
        const auto header = read<Elf64_Ehdr>(0);
        for (unsigned i = 0; i < header.e_phnum; ++i) {
            const auto segment = read<Elf64_Phdr>(header.e_phoff + i * sizeof(Elf64_Phdr));
            if (segment.p_type == PT_LOAD && (segment.p_flags & PF_X) != 0) {
                offset_ = segment.p_offset;
                address_ = segment.p_vaddr;
            }
        }
        EXPECT_EQUAL(address_, reinterpret_cast<uintptr_t>(__text_start));
    }
    ~FileText() { static_cast<void>(rt::sys::close(file_)); }
    FileText(const FileText &) = delete;
    FileText &operator=(const FileText &) = delete;

    uint8_t at(uintptr_t address) {
        const uint64_t place = offset_ + (address - address_);
        if (place < begin_ || place >= begin_ + sizeof piece_) {
            begin_ = place;
            read_at(piece_, sizeof piece_, place);
        }
        return piece_[place - begin_];
    }

private:
    template <class T>
    T read(uint64_t place) {
        T value{};
        EXPECT(read_at(&value, sizeof value, place) == sizeof value);
        return value;
    }
    size_t read_at(void *to, size_t bytes, uint64_t place) {
        return rt::base::must(rt::sys::read_at(file_, to, bytes, place), "reading /proc/self/exe");
    }

    rt::sys::Descriptor file_ = rt::base::must(
        rt::sys::open("/proc/self/exe", rt::sys::Access::read), "opening /proc/self/exe");
    uint64_t offset_ = 0;
    uintptr_t address_ = 0;
    uint64_t begin_ = ~uint64_t{0} - sizeof piece_;
    uint8_t piece_[4096];
};
