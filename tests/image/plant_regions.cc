/// Plants for the checks of the region table and the pristine copies. The image has the domains
/// alice (key 2), which has initialised data and a heap, and bob (key 3), and the data domain album (key 4).
#include "tests/image/planting.h"

namespace image {
namespace {

using linker::Kind;

} // namespace

std::vector<Plant> region_plants() {
    return {
        // image.planted.no_guard shows image_checks_can_fail
        {"no_guard", "regions.guarded", "has no guard of 0x1000 bytes before it",
         [](const Image &good, Bytes &bytes) {
             change_record(good, bytes, Kind::domain, [](auto &r) { r.end += 0x1000; });
         }},
        // image.planted.one_page_below_a_stack shows stack_overflow_says_so
        {"one_page_below_a_stack", "regions.guarded", "has no guard of 0x100000 bytes before it",
         [](const Image &good, Bytes &bytes) {
             change_record(good, bytes, Kind::domain_stack,
                           [](auto &r) { r.begin -= POSTERN_STACK_GUARD - 0x1000; });
         }},
        // image.planted.small_guard_above_a_stack shows stack_overflow_says_so
        {"small_guard_above_a_stack", "regions.guarded", "has no guard of 0x100000 bytes before it",
         [](const Image &good, Bytes &bytes) {
             change_record(good, bytes, Kind::domain_stack, [](auto &r) { r.end += 0x1000; });
         }},
        // image.planted.no_guard_at_the_end shows stack_overflow_says_so
        {"no_guard_at_the_end", "regions.guarded",
         "the last region has no guard of 0x1000 bytes after it",
         [](const Image &good, Bytes &bytes) {
             change_record(good, bytes, Kind::domain_heap, [](auto &r) { r.end += 0x1000; });
         }},
        {"segment_over_a_region", "regions.guarded", "a loaded segment is among the regions",
         [](const Image &good, Bytes &bytes) {
             change_segment(good, bytes, PT_LOAD, PF_R, [&](auto &s) {
                 s.p_memsz = good.symbol("__alice_start") + 0x1000 - s.p_vaddr;
             });
         }},
        {"odd_region", "regions.guarded", "is not made of whole pages",
         [](const Image &good, Bytes &bytes) {
             change_record(good, bytes, Kind::domain, [](auto &r) { r.end -= 0x10; });
         }},
        {"moved_record", "regions.table", "no record of domain alice",
         [](const Image &good, Bytes &bytes) {
             change_record(good, bytes, Kind::domain, [](auto &r) { r.begin -= 0x1000; });
         }},
        {"short_copy", "regions.table", "no record agrees with the symbols of domain alice",
         [](const Image &good, Bytes &bytes) {
             change_record(good, bytes, Kind::domain, [](auto &r) { r.pristine_bytes -= 1; });
         }},
        {"key_of_another", "regions.table", "has key 3, which is not its own",
         [](const Image &good, Bytes &bytes) {
             change_record(good, bytes, Kind::domain, [](auto &r) { r.number = 3; });
         }},
        {"key_0", "regions.table", "domain alice has key 0",
         [](const Image &good, Bytes &bytes) {
             change_record(good, bytes, Kind::domain, [](auto &r) { r.number = 0; });
         }},
        {"stack_of_another_key", "regions.table", "the stack of alice",
         [](const Image &good, Bytes &bytes) {
             change_record(good, bytes, Kind::domain_stack, [](auto &r) { r.number = 3; });
         }},
        // image.planted.heap_of_another_key shows heap_is_a_region
        {"heap_of_another_key", "regions.table", "the heap of alice",
         [](const Image &good, Bytes &bytes) {
             change_record(good, bytes, Kind::domain_heap, [](auto &r) { r.number = 3; });
         }},
        // image.planted.no_guard_below_a_heap shows heap_is_a_region
        {"no_guard_below_a_heap", "regions.guarded", "has no guard of 0x1000 bytes before it",
         [](const Image &good, Bytes &bytes) {
             change_record(good, bytes, Kind::domain_heap, [](auto &r) { r.begin -= 0x1000; });
         }},
        {"monitor_on_key_0", "regions.table", "of the monitor's data",
         [](const Image &good, Bytes &bytes) {
             change_record(good, bytes, Kind::monitor, [](auto &r) { r.number = 0; });
         }},
        {"wide_view", "regions.table", "domain alice has view 0x15555406",
         [](const Image &good, Bytes &bytes) {
             change_record(good, bytes, Kind::domain, [](auto &r) { r.view &= ~0xc0u; });
         }},
        {"another_view_in_the_gate", "regions.table", "the gate's view of domain alice",
         [](const Image &good, Bytes &bytes) {
             move_symbol(good, bytes, "rt_view_2", 0x15555550);
         }},
        // image.planted.data_domain_with_a_domains_key shows wrong_data_layout_is_found
        {"row_of_code_too_many", "regions.own_text_table", "does not agree with the symbols",
         [](const Image &good, Bytes &bytes) {
             move_symbol(good, bytes, "__own_text_table_end",
                         good.symbol("__own_text_table_end") + 24);
         }},
        {"code_without_a_row", "regions.own_text_table", "does not agree with the symbols",
         [](const Image &good, Bytes &bytes) {
             move_symbol(good, bytes, "__own_texts_end", good.symbol("__own_texts_end") + 4096);
         }},
        {"data_domain_with_a_domains_key", "regions.table", "is not above domain of key 3",
         [](const Image &good, Bytes &bytes) {
             change_record(good, bytes, Kind::data_domain, [](auto &r) { r.number = 3; });
         }},
        // image.planted.data_domain_that_runs shows wrong_data_layout_is_found
        {"data_domain_that_runs", "regions.table", "is a data domain and has a view",
         [](const Image &good, Bytes &bytes) {
             change_record(good, bytes, Kind::data_domain, [](auto &r) { r.view = 0x55555456; });
         }},
        // image.planted.cross_calls_blind_for_a_domain shows wrong_data_layout_is_found
        {"cross_calls_blind_for_a_domain", "regions.table", "rt_view_owner_bits are not the bits",
         [](const Image &good, Bytes &bytes) {
             move_symbol(good, bytes, "rt_view_owner_bits", 0xfffffc3f);
         }},
        // image.planted.shifted_pristine_copy shows image_checks_can_fail
        {"shifted_pristine_copy", "regions.pristine", "the initial data of alice is loaded at",
         [](const Image &good, Bytes &bytes) {
             change_section(good, bytes, ".alice.data", [](auto &s) { s.sh_offset += 0x10; });
         }},
        {"pristine_copy_of_another", "regions.pristine", "but the region table says",
         [](const Image &good, Bytes &bytes) {
             move_symbol(good, bytes, "__alice_pristine", good.symbol("__monitor_pristine"));
         }},
        {"data_among_constants", "regions.pristine", "is outside of the pristine copies",
         [](const Image &good, Bytes &bytes) {
             change_section(good, bytes, ".alice.data", [&](auto &s) {
                 s.sh_offset = good.offset_of(good.symbol("__rodata_start"));
             });
         }},
        {"pristine_copies_beside_constants", "regions.pristine", "share a page with constants",
         [](const Image &good, Bytes &bytes) {
             move_symbol(good, bytes, "__pristine_start", good.symbol("__rodata_end") - 0x10);
         }},
        {"data_behind_the_start", "regions.pristine", "is not at the start of its region",
         [](const Image &good, Bytes &bytes) {
             change_section(good, bytes, ".alice.data", [](auto &s) { s.sh_addr += 0x10; });
         }},
        {"data_of_another_region", "regions.sections_placed",
         "section .alice.bss is not in the region",
         [](const Image &good, Bytes &bytes) {
             change_section(good, bytes, ".alice.bss",
                            [&](auto &s) { s.sh_addr = good.symbol("__bob_start"); });
         }},
        {"data_in_no_region", "regions.sections_placed", "section .alice.data is not in the region",
         [](const Image &good, Bytes &bytes) {
             change_section(good, bytes, ".alice.data", [](auto &s) { s.sh_addr -= 0x1000; });
         }},
    };
}

} // namespace image
