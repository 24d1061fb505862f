/// The smallest file that the verifier reads: one executable segment of given bytes.
#include "tests/linker/synthetic.h"

namespace verify_test {

using linker::verify::Bytes;
using linker::verify::Image;

namespace {

template <class T>
void append(Bytes &file, const T &value) {
    const auto *bytes = reinterpret_cast<const unsigned char *>(&value);
    file.insert(file.end(), bytes, bytes + sizeof value);
}

} // namespace

Image synthetic(const Bytes &code) {
    const uint64_t pages = (code.size() + POSTERN_PAGE - 1) / POSTERN_PAGE;
    Elf64_Ehdr header{};
    std::memcpy(header.e_ident, ELFMAG, SELFMAG);
    header.e_ident[EI_CLASS] = ELFCLASS64;
    header.e_ident[EI_DATA] = ELFDATA2LSB;
    header.e_type = ET_EXEC;
    header.e_machine = EM_X86_64;
    header.e_phoff = sizeof header;
    header.e_phentsize = sizeof(Elf64_Phdr);
    header.e_phnum = 1;
    header.e_shoff = sizeof header + sizeof(Elf64_Phdr);
    header.e_shentsize = sizeof(Elf64_Shdr);
    header.e_shnum = 1;
    Elf64_Phdr segment{};
    segment.p_type = PT_LOAD;
    segment.p_flags = PF_R | PF_X;
    segment.p_offset = POSTERN_PAGE;
    segment.p_vaddr = synthetic_text;
    segment.p_filesz = segment.p_memsz = pages * POSTERN_PAGE;
    Elf64_Shdr names{}; // one section without a name: its only name is the empty one
    names.sh_offset = POSTERN_PAGE - 1;
    Bytes file;
    append(file, header);
    append(file, segment);
    append(file, names);
    file.resize(POSTERN_PAGE);
    file.insert(file.end(), code.begin(), code.end());
    file.resize((1 + pages) * POSTERN_PAGE);
    return {"synthetic", std::move(file)};
}

} // namespace verify_test
