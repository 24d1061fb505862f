/// Segments and sections: what the kernel maps, and how.
#include <algorithm>

#include "linker/layout.h"
#include "linker/verify/checks.h"
#include "linker/verify/own_texts.h"

namespace linker::verify {
namespace {

constexpr uint32_t executable = PF_R | PF_X;
constexpr uint32_t constants = PF_R;

std::string flags_text(uint32_t flags) {
    return std::string((flags & PF_R) != 0 ? "R" : "-") + ((flags & PF_W) != 0 ? "W" : "-") +
           ((flags & PF_X) != 0 ? "X" : "-");
}

/// Exactly two loaded segments, one executable and one read-only, and between them one for the code of
/// each domain with an address space of its own; no other program header than PT_GNU_STACK.
void two_loads(const Image &image, Report &report) {
    auto own = own_texts(image);
    const std::size_t wanted_loads = 2 + own.size();
    std::size_t loads = 0;
    for (const auto &segment : image.segments()) {
        if (segment.p_type == PT_LOAD) {
            ++loads;
            const bool is_own = std::erase_if(own, [&](const auto &text) {
                return loads != 1 && text.is(segment);
            }) == 1;
            const uint32_t wanted = loads == 1 || is_own ? executable : constants;
            if (segment.p_flags != wanted) {
                report.findings.emplace_back("loaded segment " + std::to_string(loads) +
                                             " has flags " + flags_text(segment.p_flags) +
                                             ", not " + flags_text(wanted));
            }
        } else if (segment.p_type != PT_GNU_STACK) {
            report.findings.emplace_back("program header of type " + hex(segment.p_type));
        }
    }
    if (loads != wanted_loads) {
        report.findings.emplace_back(std::to_string(loads) + " loaded segments, not " +
                                     std::to_string(wanted_loads));
    }
    for (const auto &text : own) {
        report.findings.emplace_back("the code of domain " + text.name +
                                     " is no loaded segment of its own");
    }
}

/// Without PT_GNU_STACK the kernel makes the stack executable.
void stack_not_executable(const Image &image, Report &report) {
    unsigned stacks = 0;
    for (const auto &segment : image.segments()) {
        if (segment.p_type == PT_GNU_STACK) {
            ++stacks;
            if ((segment.p_flags & PF_X) != 0) {
                report.findings.emplace_back("PT_GNU_STACK asks for an executable stack");
            }
        }
    }
    if (stacks != 1) {
        report.findings.emplace_back(std::to_string(stacks) +
                                     " program headers PT_GNU_STACK, not 1");
    }
}

/// No work for a loader: no interpreter, no relocation, no constructor.
void nothing_to_relocate(const Image &image, Report &report) {
    if (image.header().e_type != ET_EXEC) {
        report.findings.emplace_back("type " + std::to_string(image.header().e_type) +
                                     ", not ET_EXEC");
    }
    for (const auto &section : image.sections()) {
        switch (section.header.sh_type) {
        case SHT_RELA:
        case SHT_REL:
        case SHT_DYNAMIC:
        case SHT_DYNSYM:
        case section_init_array:
        case section_fini_array:
        case section_preinit_array:
            if (section.header.sh_size != 0) {
                report.findings.emplace_back("section " + section.name + " of type " +
                                             hex(section.header.sh_type));
            }
            break;
        default:
            break;
        }
        if ((section.header.sh_flags & section_thread_local) != 0) {
            report.findings.emplace_back("thread-local section " + section.name);
        }
    }
}

/// A domain may enter 32-bit code by a far jump. That code must not reach the image.
void above_4_gib(const Image &image, Report &report) {
    constexpr uint64_t limit = uint64_t{1} << 32;
    const auto check = [&](uint64_t address, const std::string &what) {
        if (address < limit) {
            report.findings.emplace_back(what + " at " + hex(address) + ", below 4 GiB");
        }
    };
    check(image.header().e_entry, "entry point");
    for (const auto &segment : image.segments()) {
        if (segment.p_type == PT_LOAD) {
            check(segment.p_vaddr, "loaded segment");
        }
    }
    for (const auto &section : image.sections()) {
        if ((section.header.sh_flags & SHF_ALLOC) != 0) {
            check(section.header.sh_addr, "section " + section.name);
        }
    }
    check(image.symbol("__regions_start"), "the first guard");
    for (const auto &record : image.regions()) {
        check(record.begin, "region of key " + std::to_string(record.number));
    }
}

/// Segments are whole pages, so that the kernel maps no other bytes of the file with them.
void whole_pages(const Image &image, Report &report) {
    for (const auto &segment : image.segments()) {
        if (segment.p_type != PT_LOAD) {
            continue;
        }
        const auto flags = flags_text(segment.p_flags);
        if (segment.p_vaddr % POSTERN_PAGE != 0 || segment.p_offset % POSTERN_PAGE != 0 ||
            segment.p_filesz % POSTERN_PAGE != 0) {
            report.findings.emplace_back("segment " + flags + " does not consist of whole pages");
        }
        if (segment.p_filesz != segment.p_memsz) {
            report.findings.emplace_back("segment " + flags +
                                         " has memory without bytes in the file");
        }
    }
}

/// The runtime finds its code and its tables by the script's symbols. A region of a domain, which has
/// symbols of the domain's name, must not be taken for one.
void places_loaded(const Image &image, Report &report) {
    const auto check = [&](const std::string &name, uint32_t flags) {
        const uint64_t begin = image.symbol("__" + name + "_start");
        const uint64_t end = image.symbol("__" + name + "_end");
        const auto &segments = image.segments();
        if (begin > end || std::none_of(segments.begin(), segments.end(), [&](const auto &segment) {
                return segment.p_type == PT_LOAD && segment.p_flags == flags &&
                       begin >= segment.p_vaddr && end <= segment.p_vaddr + segment.p_memsz;
            })) {
            report.findings.emplace_back("the symbols of " + name + " lead to " + hex(begin) +
                                         ", which no segment " + flags_text(flags) + " loads");
        }
    };
    for (const auto *name : {"text", "memory", "gate", "trap", "space"}) {
        check(name, executable);
    }
    for (const auto *name : {"rodata", "services", "calls", "entries", "cross_calls", "alternatives",
                             "tests", "own_text_table", "region_table", "pristine"}) {
        check(name, constants);
    }
}

/// A page in two segments would have the rights of both, each at one of its addresses.
void no_page_twice(const Image &image, Report &report) {
    const auto overlap = [](uint64_t a, uint64_t a_size, uint64_t b, uint64_t b_size) {
        return a < b + b_size && b < a + a_size;
    };
    const auto &segments = image.segments();
    for (auto a = segments.begin(); a != segments.end(); ++a) {
        for (auto b = a + 1; b != segments.end(); ++b) {
            if (a->p_type != PT_LOAD || b->p_type != PT_LOAD) {
                continue;
            }
            const auto both =
                "segments " + flags_text(a->p_flags) + " and " + flags_text(b->p_flags) + " share ";
            if (overlap(a->p_vaddr, a->p_memsz, b->p_vaddr, b->p_memsz)) {
                report.findings.emplace_back(both + "addresses");
            }
            if (overlap(a->p_offset, a->p_filesz, b->p_offset, b->p_filesz)) {
                report.findings.emplace_back(both + "bytes of the file");
            }
        }
    }
}

/// The process begins in the runtime.
void begins_in_the_runtime(const Image &image, Report &report) {
    if (image.header().e_entry != image.symbol("crt_start")) {
        report.findings.emplace_back("the entry point is " + image.place(image.header().e_entry) +
                                     ", not crt_start");
    }
}

} // namespace

std::vector<Check> segment_checks() {
    return {
        {"segments.begins_in_the_runtime", begins_in_the_runtime},
        {"segments.two_loads", two_loads},
        {"segments.stack_not_executable", stack_not_executable},
        {"segments.nothing_to_relocate", nothing_to_relocate},
        {"segments.above_4_gib", above_4_gib},
        {"segments.whole_pages", whole_pages},
        {"segments.places_loaded", places_loaded},
        {"segments.no_page_twice", no_page_twice},
    };
}

} // namespace linker::verify
