/// The code of domains that have an address space of their own: only a child of each executes it, so it
/// may hold any instruction.
#pragma once

#include "linker/verify/checks.h"
#include "linker/verify/owners.h"

namespace linker::verify {

/// The code of one domain, by the symbols of its name.
struct OwnText {
    std::string name;
    uint32_t number;
    uint64_t begin;
    uint64_t end;

    bool is(const Elf64_Phdr &segment) const {
        return segment.p_vaddr == begin && segment.p_memsz == end - begin;
    }
};

/// Those of all such domains, in the order of the region table. Only ranges after the runtime's own
/// code and a child's mailbox are taken, and before the constants: other code is searched.
std::vector<OwnText> own_texts(const Image &image);

/// Whether a byte is in one of them.
bool is_own_text(const std::vector<OwnText> &texts, uint64_t address);

/// Code in such a segment that is not of its domain would not be searched, though other domains can
/// reach it.
void refuse_strangers(const Image &image, const Owners &owners, Report &report);

} // namespace linker::verify
