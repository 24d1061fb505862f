/// Plants for the checks of segments and sections.
#include "tests/image/planting.h"

namespace image {
namespace {

constexpr uint32_t text_flags = PF_R | PF_X;

} // namespace

std::vector<Plant> segment_plants() {
    return {
        // image.planted.writable_text shows image_checks_can_fail
        {"writable_text", "segments.two_loads", "loaded segment 1 has flags RWX",
         [](const Image &good, Bytes &bytes) {
             change_segment(good, bytes, PT_LOAD, text_flags, [](auto &s) { s.p_flags |= PF_W; });
         }},
        {"writable_constants", "segments.two_loads", "loaded segment 2 has flags RW-",
         [](const Image &good, Bytes &bytes) {
             change_segment(good, bytes, PT_LOAD, PF_R, [](auto &s) { s.p_flags |= PF_W; });
         }},
        {"executable_constants", "segments.two_loads", "loaded segment 2 has flags R-X",
         [](const Image &good, Bytes &bytes) {
             change_segment(good, bytes, PT_LOAD, PF_R, [](auto &s) { s.p_flags |= PF_X; });
         }},
        {"third_load", "segments.two_loads", "3 loaded segments",
         [](const Image &good, Bytes &bytes) {
             change_segment(good, bytes, PT_GNU_STACK, PF_R | PF_W,
                            [](auto &s) { s.p_type = PT_LOAD; });
         }},
        {"interpreter", "segments.two_loads", "program header of type 0x3",
         [](const Image &good, Bytes &bytes) {
             change_segment(good, bytes, PT_LOAD, PF_R, [](auto &s) { s.p_type = PT_INTERP; });
         }},
        // image.planted.executable_stack shows image_checks_can_fail
        {"executable_stack", "segments.stack_not_executable", "asks for an executable stack",
         [](const Image &good, Bytes &bytes) {
             change_segment(good, bytes, PT_GNU_STACK, PF_R | PF_W,
                            [](auto &s) { s.p_flags |= PF_X; });
         }},
        // image.planted.table_in_a_region shows object_brings_no_runtime_rows
        {"table_in_a_region", "segments.places_loaded", "the symbols of services lead to",
         [](const Image &good, Bytes &bytes) {
             move_symbol(good, bytes, "__services_start", good.symbol("__alice_start"));
             move_symbol(good, bytes, "__services_end", good.symbol("__alice_start"));
         }},
        {"code_in_a_region", "segments.places_loaded", "the symbols of memory lead to",
         [](const Image &good, Bytes &bytes) {
             move_symbol(good, bytes, "__memory_start", good.symbol("__alice_start"));
             move_symbol(good, bytes, "__memory_end", good.symbol("__alice_end"));
         }},
        {"no_stack_header", "segments.stack_not_executable", "0 program headers PT_GNU_STACK",
         [](const Image &good, Bytes &bytes) {
             change_segment(good, bytes, PT_GNU_STACK, PF_R | PF_W,
                            [](auto &s) { s.p_type = PT_NULL; });
         }},
        {"movable", "segments.nothing_to_relocate", "type 3, not ET_EXEC",
         [](const Image &, Bytes &bytes) {
             put(bytes, offsetof(Elf64_Ehdr, e_type), Elf64_Half{ET_DYN});
         }},
        {"relocations", "segments.nothing_to_relocate", "section .comment of type 0x4",
         [](const Image &good, Bytes &bytes) {
             change_section(good, bytes, ".comment", [](auto &s) { s.sh_type = SHT_RELA; });
         }},
        {"dynamic", "segments.nothing_to_relocate", "section .comment of type 0x6",
         [](const Image &good, Bytes &bytes) {
             change_section(good, bytes, ".comment", [](auto &s) { s.sh_type = SHT_DYNAMIC; });
         }},
        {"constructors", "segments.nothing_to_relocate", "section .relro of type 0xe",
         [](const Image &good, Bytes &bytes) {
             change_section(good, bytes, ".relro", [](auto &s) { s.sh_type = section_init_array; });
         }},
        {"thread_local", "segments.nothing_to_relocate", "thread-local section .relro",
         [](const Image &good, Bytes &bytes) {
             change_section(good, bytes, ".relro",
                            [](auto &s) { s.sh_flags |= section_thread_local; });
         }},
        {"low_entry", "segments.above_4_gib", "entry point at 0x401000",
         [](const Image &, Bytes &bytes) {
             put(bytes, offsetof(Elf64_Ehdr, e_entry), Elf64_Addr{0x401000});
         }},
        {"entry_elsewhere", "segments.begins_in_the_runtime", "the entry point is rt_gate_leave",
         [](const Image &good, Bytes &bytes) {
             put(bytes, offsetof(Elf64_Ehdr, e_entry), Elf64_Addr{good.symbol("rt_gate_leave")});
         }},
        {"low_segment", "segments.above_4_gib", "loaded segment at 0x400000",
         [](const Image &good, Bytes &bytes) {
             change_segment(good, bytes, PT_LOAD, PF_R, [](auto &s) { s.p_vaddr = 0x400000; });
         }},
        {"low_section", "segments.above_4_gib", "section .monitor.bss at 0x600000",
         [](const Image &good, Bytes &bytes) {
             change_section(good, bytes, ".monitor.bss", [](auto &s) { s.sh_addr = 0x600000; });
         }},
        {"low_guard", "segments.above_4_gib", "the first guard at 0x700000",
         [](const Image &good, Bytes &bytes) {
             move_symbol(good, bytes, "__regions_start", 0x700000);
         }},
        {"rest_of_a_page", "segments.whole_pages", "does not consist of whole pages",
         [](const Image &good, Bytes &bytes) {
             change_segment(good, bytes, PT_LOAD, text_flags, [](auto &s) {
                 s.p_filesz -= 16;
                 s.p_memsz -= 16;
             });
         }},
        {"memory_without_bytes", "segments.whole_pages", "memory without bytes in the file",
         [](const Image &good, Bytes &bytes) {
             change_segment(good, bytes, PT_LOAD, PF_R, [](auto &s) { s.p_memsz += 0x1000; });
         }},
        {"text_loaded_twice", "segments.no_page_twice",
         "segments R-X and R-- share bytes of the file",
         [](const Image &good, Bytes &bytes) {
             change_segment(good, bytes, PT_LOAD, PF_R,
                            [&](auto &s) { s.p_offset = good.loaded(text_flags).p_offset; });
         }},
        {"constants_over_text", "segments.no_page_twice", "segments R-X and R-- share addresses",
         [](const Image &good, Bytes &bytes) {
             change_segment(good, bytes, PT_LOAD, PF_R,
                            [&](auto &s) { s.p_vaddr = good.loaded(text_flags).p_vaddr; });
         }},
    };
}

} // namespace image
