/// A core file of one domain, for a debugger.
#include "rt/life/core.h"

#include <linux/elf.h>

#include "rt/base/slot.h"
#include "rt/domain/table.h"
#include "rt/life/core_notes.h"
#include "rt/life/heap.h"
#include "rt/uaccess/copy.h"
#include "rt/uaccess/user.h"

namespace rt::life {

using base::Done;
using base::Errno;
using base::Region;
using base::Result;

namespace {

/// What is written next: the headers, then one page of the domain's after the other.
constinit unsigned char page[POSTERN_PAGE];
constexpr size_t most_headers = 1 + domain::most_regions; // notes, and each region
static_assert(sizeof(Elf64_Ehdr) + most_headers * sizeof(Elf64_Phdr) + most_note_bytes <=
              sizeof page);

bool is_zeros() {
    unsigned char any = 0;
    for (const unsigned char byte : page) {
        any |= byte;
    }
    return any == 0;
}

/// The file, page by page.
class Pages {
public:
    explicit Pages(sys::Descriptor file) : file_(file), has_holes_(sys::may_skip(file)) {}

    /// Appends `page`.
    Result<Done> put() { return has_holes_ && is_zeros() ? put_zeros(sizeof page) : write(); }

    /// Appends whole pages of zeros.
    Result<Done> put_zeros(size_t bytes) {
        if (has_holes_) {
            skipped_ += bytes;
            return Done{};
        }
        __builtin_memset(page, 0, sizeof page);
        for (; bytes != 0; bytes -= sizeof page) {
            if (const auto written = write(); !written) {
                return written.error();
            }
        }
        return Done{};
    }

    /// Gives the file its length.
    Result<Done> end() {
        if (skipped_ == 0) {
            return Done{};
        }
        skipped_ -= sizeof page;
        __builtin_memset(page, 0, sizeof page);
        return write();
    }

private:
    Result<Done> write() {
        if (skipped_ != 0) {
            if (const auto moved = sys::skip(file_, skipped_); !moved) {
                return moved.error();
            }
            skipped_ = 0;
        }
        return sys::write_all(file_, page, sizeof page);
    }

    sys::Descriptor file_;
    bool has_holes_;     // zeros are left out
    size_t skipped_ = 0; // since the last write
};

/// The domain's own records, for range-for.
template <class Do>
Result<Done> each_region(Domain domain, Do act) {
    for (const auto &record : domain::Table()) {
        if (domain::domain_of(record) == domain && record.begin != record.end) {
            if (const auto done = act(record); !done) {
                return done.error();
            }
        }
    }
    return Done{};
}

/// Makes `page` the headers: where notes and regions are in the file.
void make_headers(const base::Fault &fault) {
    __builtin_memset(page, 0, sizeof page); // it may hold memory of another domain
    constexpr size_t notes_at = sizeof(Elf64_Ehdr) + most_headers * sizeof(Elf64_Phdr);
    Elf64_Phdr headers[most_headers] = {};
    headers[0].p_type = PT_NOTE;
    headers[0].p_offset = notes_at;
    headers[0].p_filesz = put_notes(page + notes_at, fault);
    headers[0].p_align = 4;
    uint16_t count = 1;
    uint64_t offset = sizeof page;
    static_cast<void>(each_region(fault.domain, [&](const auto &record) -> Result<Done> {
        Elf64_Phdr &header = headers[count++];
        header.p_type = PT_LOAD;
        header.p_flags = PF_R | PF_W;
        header.p_offset = offset;
        header.p_vaddr = record.begin;
        header.p_filesz = header.p_memsz = record.end - record.begin;
        header.p_align = POSTERN_PAGE;
        offset += header.p_filesz;
        return Done{};
    }));
    const Elf64_Ehdr file{
        .e_ident = {ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64, ELFDATA2LSB, EV_CURRENT},
        .e_type = ET_CORE,
        .e_machine = EM_X86_64,
        .e_version = EV_CURRENT,
        .e_entry = 0,
        .e_phoff = sizeof file,
        .e_shoff = 0,
        .e_flags = 0,
        .e_ehsize = sizeof file,
        .e_phentsize = sizeof(Elf64_Phdr),
        .e_phnum = count,
        .e_shentsize = 0,
        .e_shnum = 0,
        .e_shstrndx = 0,
    };
    __builtin_memcpy(page, &file, sizeof file);
    __builtin_memcpy(page + sizeof file, headers, sizeof headers);
}

/// The fault that ended a refused request has no rip: its code goes on where the return address
/// leads, which the domain has pushed before the gate.
base::Fault with_place(base::Fault fault) {
    auto &registers = fault.registers;
    if (registers.rip == 0 && registers.rsp != 0) {
        const auto stack = uaccess::Claimed::from_raw(registers.rsp);
        registers.rip =
            uaccess::get_user<uint64_t>(fault.domain, uaccess::Claimed(stack)).value_or(0);
        registers.rsp += sizeof registers.rip;
    }
    return fault;
}

Result<Done> put_memory(Pages &pages, Domain domain, Region region) {
    for (uintptr_t at = region.begin(); at != region.end(); at += sizeof page) {
        if (!uaccess::copy_from_domain(domain, page, uaccess::Claimed::from_raw(at), sizeof page)) {
            return Errno::bad_address;
        }
        if (const auto put = pages.put(); !put) {
            return put.error();
        }
    }
    return Done{};
}

/// A region. Of a heap the pages that hold nothing are not even read: they may be many.
Result<Done> put_region(Pages &pages, Domain domain, const linker::RegionRecord &record) {
    Region rest = domain::region_of(record);
    while (!rest.empty()) {
        const bool is_heap = record.kind == linker::Kind::domain_heap;
        const Region used = is_heap ? next_used(domain, rest) : rest;
        const uintptr_t begin = used.empty() ? rest.end() : used.begin();
        if (const auto put = pages.put_zeros(begin - rest.begin()); !put) {
            return put.error();
        }
        if (const auto put = put_memory(pages, domain, used); !put) {
            return put.error();
        }
        rest = Region::from_raw(used.empty() ? rest.end() : used.end(), rest.end());
    }
    return Done{};
}

} // namespace

Result<Done> write_core(const base::Fault &fault, sys::Descriptor file) {
    const Domain domain = fault.domain;
    if (domain::stack_of(domain).empty()) {
        return Errno::invalid;
    }
    if (base::is_handling()) {
        return Errno::busy; // it may have interrupted another one, which uses the page
    }
    Pages pages(file);
    make_headers(with_place(fault));
    if (const auto put = pages.put(); !put) {
        return put.error();
    }
    const auto put =
        each_region(domain, [&](const auto &record) { return put_region(pages, domain, record); });
    return put ? pages.end() : put;
}

} // namespace rt::life
