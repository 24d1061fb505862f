/// A core file in memory, and questions about it.
#include "tests/rt/life/core_file.h"

#include <asm/stat.h>
#include <asm/unistd.h>
#include <linux/elf.h>

#include "rt/sys/call.h"

namespace core_file {

namespace {

constinit unsigned char chunk[POSTERN_PAGE], other_chunk[POSTERN_PAGE];

template <class Do>
void each_region(Domain domain, Do act) {
    for (const auto &record : rt::domain::Table()) {
        if (rt::domain::domain_of(record) == domain && record.begin != record.end) {
            act(record);
        }
    }
}

/// A page of the file; whether it is there.
bool read_page(rt::sys::Descriptor file, unsigned char *to, uint64_t offset) {
    return EXPECT(rt::sys::read_at(file, to, POSTERN_PAGE, offset).value_or(0) == POSTERN_PAGE);
}

uint64_t differing(const unsigned char *a, const unsigned char *b) {
    uint64_t count = 0;
    for (size_t i = 0; i < POSTERN_PAGE; ++i) {
        count += a[i] != b[i];
    }
    return count;
}

} // namespace

uint64_t expected_bytes(Domain domain) {
    uint64_t bytes = POSTERN_PAGE;
    each_region(domain, [&](const auto &record) { bytes += record.end - record.begin; });
    return bytes;
}

CoreFile::CoreFile()
    : file_(static_cast<rt::sys::Descriptor>(rt::sys::call_raw(__NR_memfd_create, "core", 0))) {}

CoreFile::~CoreFile() {
    EXPECT(bool(rt::sys::close(file_)));
}

template <class T>
T CoreFile::at(uint64_t offset) const {
    T value{};
    EXPECT(rt::sys::read_at(file_, &value, sizeof value, offset).value_or(0) == sizeof value);
    return value;
}

uint64_t CoreFile::bytes() const {
    const auto status = rt::sys::status(file_);
    return status ? static_cast<uint64_t>(status.value().bytes) : 0;
}

uint64_t CoreFile::bytes_stored() const {
    constexpr uint64_t block = 512;
    struct stat found {};
    EXPECT(rt::sys::call_raw(__NR_fstat, file_, &found) == 0);
    return static_cast<uint64_t>(found.st_blocks) * block;
}

bool CoreFile::has_headers_of(Domain domain) const {
    const auto file = at<Elf64_Ehdr>(0);
    bool good = __builtin_memcmp(file.e_ident, ELFMAG, SELFMAG) == 0 && file.e_type == ET_CORE &&
                file.e_machine == EM_X86_64 && file.e_phentsize == sizeof(Elf64_Phdr);
    const auto notes = at<Elf64_Phdr>(file.e_phoff);
    good = good && notes.p_type == PT_NOTE && notes.p_offset + notes.p_filesz <= POSTERN_PAGE;
    unsigned count = 1;
    uint64_t offset = POSTERN_PAGE;
    each_region(domain, [&](const auto &record) {
        const auto load = at<Elf64_Phdr>(file.e_phoff + count * sizeof(Elf64_Phdr));
        const uint64_t bytes = record.end - record.begin;
        good = good && load.p_type == PT_LOAD && load.p_vaddr == record.begin &&
               load.p_memsz == bytes && load.p_filesz == bytes && load.p_offset == offset;
        offset += bytes;
        ++count;
    });
    return good && file.e_phnum == count;
}

uint64_t CoreFile::changed(Domain domain) const {
    uint64_t count = 0;
    uint64_t offset = POSTERN_PAGE;
    each_region(domain, [&](const auto &record) {
        for (uintptr_t at = record.begin; at != record.end; at += POSTERN_PAGE) {
            EXPECT(bool(rt::copy_from_domain(domain, other_chunk, rt::Claimed::from_raw(at),
                                             sizeof other_chunk)));
            count += read_page(file_, chunk, offset) ? differing(chunk, other_chunk) : 1;
            offset += POSTERN_PAGE;
        }
    });
    return count;
}

uint64_t CoreFile::differences(const CoreFile &other) const {
    uint64_t count = 0;
    for (uint64_t offset = 0; offset < bytes(); offset += POSTERN_PAGE) {
        const bool read =
            read_page(file_, chunk, offset) && read_page(other.file_, other_chunk, offset);
        count += read ? differing(chunk, other_chunk) : 1;
    }
    return count;
}

uint64_t CoreFile::count(uint64_t word) const {
    uint64_t found = 0;
    uint64_t last = 0; // eight bytes, the newest one at the top
    for (uint64_t offset = 0; offset < bytes(); offset += POSTERN_PAGE) {
        if (!read_page(file_, chunk, offset)) {
            return ~uint64_t{0};
        }
        for (const unsigned char byte : chunk) {
            last = last >> 8 | uint64_t{byte} << 56;
            found += last == word || last == __builtin_bswap64(word);
        }
    }
    return found;
}

uint64_t CoreFile::register_at(unsigned place) const {
    constexpr uint64_t before_registers = sizeof(Elf64_Nhdr) + 8 + 112; // [linux elfcore.h v6.12]
    const auto notes = at<Elf64_Phdr>(at<Elf64_Ehdr>(0).e_phoff);
    EXPECT_EQUAL(at<Elf64_Nhdr>(notes.p_offset).n_type, NT_PRSTATUS);
    return at<uint64_t>(notes.p_offset + before_registers + place * sizeof(uint64_t));
}

} // namespace core_file
