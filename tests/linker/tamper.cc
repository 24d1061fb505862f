/// Forbidden bytes at every kind of place in a good image: each copy must be refused for just that.
#include <malloc.h>

#include <algorithm>
#include <cstdio>
#include <functional>

#include "linker/verify/pass.h"
#include "tests/image/planting.h"
#include "tests/linker/samples.h"
#include "tests/linker/verify_check.h"

namespace verify_test {
namespace {

using namespace linker::verify;
using image::change_segment;
using image::padding;

constexpr uint32_t text_flags = PF_R | PF_X;

/// One way to place a string: writes it into the copy, and says where what it is known by begins.
struct Place {
    const char *name;
    bool splits; // once for every place to cut the string in two
    uint64_t (*put)(const Image &good, Bytes &bytes, const Sample &sample, unsigned cut);
};

/// Writes code into the file, where a segment loads it.
void put_code(const Image &good, Bytes &bytes, uint64_t address, const Bytes &code) {
    image::put_code(good, bytes, address, code);
}

/// Writes code into the fill, `before` leading to it.
uint64_t put_behind(const Image &good, Bytes &bytes, Bytes before, const Sample &sample) {
    const uint64_t address = padding(good) + before.size();
    const Bytes core = sample.core();
    before.insert(before.end(), core.begin(), core.end());
    put_code(good, bytes, padding(good), before);
    return address;
}

/// Writes a string over a join of two sections, `cut` bytes of it before the join.
uint64_t put_over(const Image &good, Bytes &bytes, uint64_t join, const Sample &sample,
                  unsigned cut) {
    put_code(good, bytes, join - cut, sample.core());
    return join - cut;
}

const std::vector<Place> places{
    // image.verify.finds_aligned shows judge_finds_every_form
    {"aligned", false,
     [](const Image &good, Bytes &bytes, const Sample &sample, unsigned) {
         put_code(good, bytes, padding(good), sample.bytes);
         return padding(good) + sample.prefixes;
     }},
    // image.verify.finds_misaligned shows judge_finds_every_form
    {"misaligned", false,
     [](const Image &good, Bytes &bytes, const Sample &sample, unsigned) {
         put_code(good, bytes, padding(good) + 5, sample.bytes);
         return padding(good) + 5 + sample.prefixes;
     }},
    // image.verify.finds_straddling_two_instructions shows judge_finds_every_form
    // image.verify.finds_straddling_two_instructions tries attack_1
    {"straddling_two_instructions", true, // movabsq $..., %rax ends with its first bytes
     [](const Image &good, Bytes &bytes, const Sample &sample, unsigned cut) {
         Bytes before{0x48, 0xb8};
         before.resize(10 - cut, 0x11);
         return put_behind(good, bytes, before, sample);
     }},
    // image.verify.finds_in_an_immediate shows judge_finds_every_form
    {"in_an_immediate", false, // movabsq $..., %rax
     [](const Image &good, Bytes &bytes, const Sample &sample, unsigned) {
         return put_behind(good, bytes, {0x48, 0xb8, 0x11, 0x11}, sample);
     }},
    // image.verify.finds_in_a_displacement shows judge_finds_every_form
    {"in_a_displacement", false, // movl ...(%rax), %eax
     [](const Image &good, Bytes &bytes, const Sample &sample, unsigned) {
         return put_behind(good, bytes, {0x8b, 0x80}, sample);
     }},
    // image.verify.finds_across_two_sections shows judge_finds_every_form
    {"across_two_sections", true,
     [](const Image &good, Bytes &bytes, const Sample &sample, unsigned cut) {
         return put_over(good, bytes, good.symbol("__gate_start"), sample, cut);
     }},
    // image.verify.finds_across_gates_and_trap_entry shows judge_finds_every_form
    {"across_gates_and_trap_entry", true,
     [](const Image &good, Bytes &bytes, const Sample &sample, unsigned cut) {
         return put_over(good, bytes, good.symbol("__trap_start"), sample, cut);
     }},
    // image.verify.finds_across_two_segments shows judge_finds_every_form
    {"across_two_segments", true, // the header of the stack becomes one of the text's second half
     [](const Image &good, Bytes &bytes, const Sample &sample, unsigned cut) {
         const uint64_t join = good.symbol("__gate_start");
         const Elf64_Phdr whole = good.loaded(text_flags);
         change_segment(good, bytes, PT_GNU_STACK, PF_R | PF_W, [&](auto &segment) {
             segment = whole;
             segment.p_vaddr = join;
             segment.p_offset += join - whole.p_vaddr;
             segment.p_filesz = segment.p_memsz -= join - whole.p_vaddr;
         });
         change_segment(good, bytes, PT_LOAD, text_flags, [&](auto &segment) {
             segment.p_filesz = segment.p_memsz = join - whole.p_vaddr;
         });
         return put_over(good, bytes, join, sample, cut);
     }},
    // image.verify.finds_in_constants_mapped_executable shows judge_finds_every_form
    {"in_constants_mapped_executable", false,
     [](const Image &good, Bytes &bytes, const Sample &sample, unsigned) {
         change_segment(good, bytes, PT_LOAD, PF_R, [](auto &segment) { segment.p_flags |= PF_X; });
         const uint64_t address = good.symbol("__rodata_start") + 0x101;
         put_code(good, bytes, address, sample.bytes);
         return address + sample.prefixes;
     }},
    // image.verify.finds_in_the_rest_of_the_last_page shows judge_finds_every_form
    {"in_the_rest_of_the_last_page", false, // which the kernel maps, whatever p_filesz says
     [](const Image &good, Bytes &bytes, const Sample &sample, unsigned) {
         const uint64_t address = good.symbol("__text_end") - 16;
         put_code(good, bytes, address, sample.bytes);
         change_segment(good, bytes, PT_LOAD, text_flags, [](auto &segment) {
             segment.p_filesz -= 24;
             segment.p_memsz -= 24;
         });
         return address + sample.prefixes;
     }},
};

/// Whether the copy is refused for the forbidden bytes at that address, by their name.
bool is_refused(const Image &bad, uint64_t address, const Sample &sample) {
    const auto findings = pass(bad, Owners(), {}).findings;
    return std::any_of(findings.begin(), findings.end(), [&](const auto &finding) {
        return finding.address == address && finding.what.starts_with(sample.encoding->name) &&
               finding.what.find(" bytes at ") != finding.what.npos;
    });
}

/// All strings at one kind of place; prints how many copies were refused for their reason.
bool poison_at(const Image &good, const Place &place) {
    unsigned refused = 0;
    unsigned made = 0;
    for (const auto &sample : samples(true)) {
        if (sample.encoding->kind != Class::forbidden) {
            continue;
        }
        for (unsigned cut = 1; cut < (place.splits ? sample.length : 2); ++cut) {
            Bytes bytes = good.bytes();
            const uint64_t address = place.put(good, bytes, sample, cut);
            ++made;
            if (is_refused(Image(good.name(), std::move(bytes)), address, sample)) {
                ++refused;
            } else {
                std::printf("not refused: %s as %s\n", text_of(sample.bytes).c_str(),
                            std::string(sample.encoding->name).c_str());
            }
        }
    }
    std::printf("%u of %u tampered images refused for their reason\n", refused, made);
    return refused == made && made != 0;
}

/// Strings that look like forbidden ones, and are not: nothing is refused.
bool harmless_stays(const Image &good) {
    const std::vector<Bytes> harmless{
        {0x0f, 0x01, 0xee},             // rdpkru
        {0x0f, 0x01, 0xd0},             // xgetbv
        {0x0f, 0xae, 0xe8},             // lfence
        {0xf3, 0x48, 0x0f, 0xae, 0xe8}, // incsspq
        {0x0f, 0xae, 0x08},             // fxrstor
        {0x0f, 0xae, 0x20},             // xsave
        {0x0f, 0xae, 0x10},             // ldmxcsr
        {0xf3, 0x0f, 0xae, 0xc8},       // rdgsbase
        {0x0f, 0xc7, 0x08},             // cmpxchg8b
        {0xd5, 0x7f, 0x01, 0xef},       // addl, in the other map of REX2
        {0x0f, 0x02, 0xef},
        {0xf0, 0x01, 0xef},
    };
    bool good_ones = true;
    for (const auto &code : harmless) {
        Bytes bytes = good.bytes();
        put_code(good, bytes, padding(good) + 3, code);
        for (const auto &finding : pass(Image(good.name(), bytes), Owners(), {}).findings) {
            std::printf("%s: %s\n", text_of(code).c_str(), finding.what.c_str());
            good_ones = false;
        }
    }
    // The same bytes where nothing is executed are data.
    Bytes bytes = good.bytes();
    put_code(good, bytes, good.symbol("__rodata_start") + 0x101, {0x0f, 0x01, 0xef});
    return good_ones && pass(Image(good.name(), bytes), Owners(), {}).findings.empty();
}

/// Findings that are only mediated or noted refuse nothing, and their count goes up by one.
bool others_are_counted(const Image &good) {
    bool all = true;
    const auto before = pass(good, Owners(), {});
    const auto count = [](const Result &result, std::string_view name) {
        const auto owner = result.counts.find("image");
        const auto found = owner->second.find(name);
        return found == owner->second.end() ? 0 : found->second;
    };
    for (const auto &sample : samples(true)) {
        if (sample.encoding->kind == Class::forbidden) {
            continue;
        }
        // As the fill is int3, one of these is put in place of another encoding's byte.
        Bytes bytes = good.bytes();
        put_code(good, bytes, padding(good), Bytes(32, 0x90));
        const auto clean = pass(Image(good.name(), bytes), Owners(), {});
        put_code(good, bytes, padding(good) + 3, sample.bytes);
        const auto after = pass(Image(good.name(), bytes), Owners(), {});
        const auto name = sample.encoding->name;
        if (!after.findings.empty() || count(after, name) != count(clean, name) + 1) {
            std::printf("%s: %s is not counted once\n", text_of(sample.bytes).c_str(),
                        std::string(name).c_str());
            all = false;
        }
    }
    return all && before.findings.empty();
}

/// A function with a value for its template's argument, as clang 22 and as clang 14 name it.
bool newer_names_are_read() {
    const auto newer = readable("_Z4callITnDaXadL_Z5twicemEEmET0_m");
    const auto older = readable("_Z4callIXadL_Z5twicemEEmET0_m");
    std::printf("%s, %s\n", newer.c_str(), older.c_str());
    return newer == older && newer.starts_with("unsigned long call<");
}

} // namespace

int tamper(const std::string &path) {
    // A copy's memory is kept for the next one: there are thousands.
    mallopt(M_TRIM_THRESHOLD, 1 << 26);
    mallopt(M_MMAP_THRESHOLD, 1 << 26);
    const Image good = Image::from_file(path);
    Verdict verdict;
    for (const auto &place : places) {
        verdict.add(std::string("image.verify.finds_") + place.name, poison_at(good, place));
    }
    // image.verify.harmless_bytes_are_none shows judge_finds_every_form
    verdict.add("image.verify.harmless_bytes_are_none", harmless_stays(good));
    // image.verify.mediated_and_noted_are_counted shows judge_finds_every_form
    verdict.add("image.verify.mediated_and_noted_are_counted", others_are_counted(good));
    // image.verify.names_of_newer_compilers_are_read shows bad_image_is_one_line
    verdict.add("image.verify.names_of_newer_compilers_are_read", newer_names_are_read());
    return verdict.status();
}

} // namespace verify_test
