/// Plants in an image that has domains with an address space of their own: far and next (tests/rt/space_call/own.h).
#include "linker/verify/own_texts.h"
#include "tests/image/planting.h"

namespace image {
namespace {

const Bytes wrpkru{0x0f, 0x01, 0xef};

/// Changes the program header of the segment that begins at a symbol.
template <class Change>
void change_segment_at(const Image &image, Bytes &bytes, std::string_view symbol, Change change) {
    for (std::size_t i = 0; i < image.segments().size(); ++i) {
        Elf64_Phdr header = image.segments()[i];
        if (header.p_type == PT_LOAD && header.p_vaddr == image.symbol(symbol)) {
            change(header);
            put(bytes, image.header().e_phoff + i * sizeof header, header);
        }
    }
}

/// Changes the region record of far's data.
template <class Change>
void change_far(const Image &image, Bytes &bytes, Change change) {
    const auto records = image.regions();
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (records[i].begin == image.symbol("__far_start") &&
            records[i].kind == linker::Kind::domain) {
            auto record = records[i];
            change(record);
            put(bytes, image.offset_of(image.symbol("__region_table_start")) + i * sizeof record,
                record);
        }
    }
}

} // namespace

std::vector<Plant> own_plants() {
    constexpr const char *sites = "instructions.wrpkru_sites";
    constexpr const char *loads = "segments.two_loads";
    constexpr const char *table = "regions.table";
    return {
        // image.planted.own_code_and_text_beside_it shows own_space_holds_any_instruction
        {"own_code_and_text_beside_it", sites, "wrpkru bytes at",
         [](const Image &good, Bytes &bytes) {
             put_code(good, bytes, good.symbol("__text_end") - 3, wrpkru);
         }},
        // image.planted.own_code_that_claims_gates shows own_space_holds_any_instruction
        {"own_code_that_claims_gates", loads, "loaded segment 2 has flags R-X",
         [](const Image &good, Bytes &bytes) {
             move_symbol(good, bytes, "__far_text_start", good.symbol("__gate_start"));
         }},
        {"own_code_that_is_all_text", sites, "wrpkru bytes at",
         [](const Image &good, Bytes &bytes) {
             // The symbols of next, whose own code has no such bytes, name the common text.
             put_code(good, bytes, good.symbol("__text_end") - 3, wrpkru);
             move_symbol(good, bytes, "__next_text_start", good.symbol("__text_start"));
             move_symbol(good, bytes, "__next_text_end", good.symbol("__text_end"));
         }},
        {"own_code_writable", loads, "loaded segment 2 has flags RWX, not R-X",
         [](const Image &good, Bytes &bytes) {
             change_segment_at(good, bytes, "__far_text_start",
                               [](auto &segment) { segment.p_flags |= PF_W; });
         }},
        {"own_code_of_two_in_one_segment", loads, "loaded segment 2 has flags R-X",
         [](const Image &good, Bytes &bytes) {
             change_segment_at(good, bytes, "__far_text_start",
                               [](auto &segment) { segment.p_memsz += POSTERN_PAGE; });
         }},
        {"own_code_in_no_segment", loads, "the code of domain far is no loaded segment of its own",
         [](const Image &good, Bytes &bytes) {
             change_segment_at(good, bytes, "__far_text_start",
                               [](auto &segment) { segment.p_type = PT_NULL; });
         }},
        {"own_code_of_another_number", "regions.own_text_table", "does not agree with the symbols",
         [](const Image &good, Bytes &bytes) {
             put(bytes, good.offset_of(good.symbol("__own_text_table_start")) + 16, uint64_t{17});
         }},
        {"own_domain_with_a_view_of_keys", table, "domain far has view 0x15555546, not 0x55555557",
         [](const Image &good, Bytes &bytes) {
             change_far(good, bytes, [](auto &record) { record.view = 0x15555546; });
         }},
        {"own_domain_beyond_all_numbers", table, "has key 80, which is not its own",
         [](const Image &good, Bytes &bytes) {
             change_far(good, bytes, [](auto &record) { record.number = 80; });
         }},
    };
}

} // namespace image
