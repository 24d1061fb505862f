/// Random damage to headers and tables of a good image: the verifier ends, whatever they say.
#include <random>

#include "linker/verify/pass.h"
#include "tests/linker/verify_check.h"

namespace verify_test {
namespace {

using namespace linker::verify;

struct Range {
    std::size_t begin;
    std::size_t end;
};

/// Where damage changes what the verifier believes: ELF header, program headers, section headers,
/// symbols, their names, region table.
std::vector<Range> ranges(const Image &good) {
    const auto &header = good.header();
    std::vector<Range> all{
        {0, sizeof header},
        {header.e_phoff, header.e_phoff + header.e_phnum * sizeof(Elf64_Phdr)},
        {header.e_shoff, header.e_shoff + header.e_shnum * sizeof(Elf64_Shdr)},
    };
    for (const char *name : {".symtab", ".strtab", ".shstrtab", ".regions"}) {
        const auto *section = good.section(name);
        all.push_back(
            {section->header.sh_offset, section->header.sh_offset + section->header.sh_size});
    }
    return all;
}

} // namespace

int damage(const std::string &path) {
    const Image good = Image::from_file(path);
    const auto places = ranges(good);
    std::mt19937_64 random(7); // NOLINT: the same damage in each run
    constexpr unsigned rounds = 3000;
    unsigned unreadable = 0;
    unsigned refused = 0;
    for (unsigned round = 0; round < rounds; ++round) {
        Bytes bytes = good.bytes();
        for (unsigned change = 0; change <= round % 4; ++change) {
            const auto &place = places[random() % places.size()];
            bytes[place.begin + random() % (place.end - place.begin)] =
                static_cast<unsigned char>(random());
        }
        if (round % 16 == 0) {
            bytes.resize(random() % bytes.size());
        }
        try {
            refused +=
                pass(Image(good.name(), std::move(bytes)), Owners(), {}).findings.empty() ? 0 : 1;
        } catch (const Unreadable &) {
            ++unreadable;
        }
    }
    std::printf("%u damaged images: %u unreadable, %u refused\n", rounds, unreadable, refused);
    Verdict verdict;
    // fuzz.verify.damaged_headers shows bad_image_is_one_line
    verdict.add("fuzz.verify.damaged_headers", unreadable != 0 && refused != 0);
    return verdict.status();
}

} // namespace verify_test
