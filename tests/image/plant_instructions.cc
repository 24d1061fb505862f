/// Plants for the checks of instruction bytes.
#include "linker/verify/sites.h"
#include "tests/image/planting.h"

namespace image {
namespace {

const Bytes wrpkru{0x0f, 0x01, 0xef};
const Bytes no_operations(9, 0x90);
const Bytes no_compare(5, 0x90);
// wrgsbase %rdi or wrfsbase %rdi; xorl %ecx, %ecx; rdpkru
const Bytes repair_of_gs{0xf3, 0x48, 0x0f, 0xae, 0xdf, 0x31, 0xc9, 0x0f, 0x01, 0xee};
const Bytes repair_of_fs{0xf3, 0x48, 0x0f, 0xae, 0xd7, 0x31, 0xc9, 0x0f, 0x01, 0xee};

/// A plant that writes `code` into the fill of .text.
template <unsigned char... code>
void in_padding(const Image &good, Bytes &bytes) {
    put_code(good, bytes, padding(good) + 3, {code...});
}

} // namespace

std::vector<Plant> instruction_plants() {
    constexpr const char *sites = "instructions.wrpkru_sites";
    constexpr const char *fs = "instructions.one_wrfsbase";
    constexpr const char *gs = "instructions.one_wrgsbase";
    constexpr const char *syscalls = "instructions.listed_syscalls";
    return {
        // image.planted.wrpkru shows image_checks_can_fail tries attack_1
        {"wrpkru", sites, "wrpkru bytes at", in_padding<0x0f, 0x01, 0xef>},
        {"wrpkru_in_an_immediate", sites, "wrpkru bytes at",
         in_padding<0xb8, 0x0f, 0x01, 0xef, 0x00>},
        {"wrpkru_behind_rex2", sites, "wrpkru bytes at", in_padding<0xd5, 0x80, 0x01, 0xef>},
        {"wrpkru_behind_the_last_rex2", sites, "wrpkru bytes at",
         in_padding<0xd5, 0xff, 0x01, 0xef>},
        {"wrpkru_at_the_end_of_text", sites, "wrpkru bytes at",
         [](const Image &good, Bytes &bytes) {
             put_code(good, bytes, good.symbol("__text_end") - 3, wrpkru);
         }},
        {"wrpkru_across_sections", sites, "wrpkru bytes at",
         [](const Image &good, Bytes &bytes) {
             put_code(good, bytes, good.symbol("__gate_start") - 1, wrpkru);
         }},
        {"second_wrpkru_in_a_gate", sites, "rt_gate_leave has 2 wrpkru, not 1",
         [](const Image &good, Bytes &bytes) {
             put_code(good, bytes, behind(good, "rt_gate_leave", wrpkru) + 20, wrpkru);
         }},
        {"no_wrpkru_in_a_gate", sites, "rt_gate_leave has 0 wrpkru, not 1",
         [](const Image &good, Bytes &bytes) {
             put_code(good, bytes, behind(good, "rt_gate_leave", wrpkru) - 3, {0x90, 0x90, 0x90});
         }},
        {"first_compare_of_leave_missing", sites,
         "wrpkru at rt_gate_leave+0xc without its compares",
         [](const Image &good, Bytes &bytes) {
             put_code(good, bytes, behind(good, "rt_gate_leave", wrpkru),
                      {0x90, 0x90, 0x90, 0x90, 0x90});
         }},
        {"first_jump_of_leave_missing", sites, "wrpkru at rt_gate_leave+0xc without its compares",
         [](const Image &good, Bytes &bytes) {
             put_code(good, bytes, behind(good, "rt_gate_leave", is_monitor_view()), {0x90, 0x90});
         }},
        {"first_jump_of_leave_not_to_a_trap", sites,
         "wrpkru at rt_gate_leave+0xc without its compares",
         [](const Image &good, Bytes &bytes) {
             const uint64_t jump = behind(good, "rt_gate_leave", is_monitor_view());
             const bool is_long = good.bytes()[good.offset_of(jump)] == 0x0f;
             put_code(good, bytes, jump, is_long ? Bytes{0x0f, 0x85, 0, 0, 0, 0} : Bytes{0x75, 0});
         }},
        {"state_compare_of_leave_missing", sites,
         "wrpkru at rt_gate_leave+0xc without its compares",
         [](const Image &good, Bytes &bytes) {
             const uint64_t end = behind(good, "rt_gate_leave", is_domain_state());
             put_code(good, bytes, end - no_operations.size(), no_operations);
         }},
        {"state_compare_of_leave_with_the_wrong_state", sites, "wrpkru at rt_gate_leave+0xc",
         [](const Image &good, Bytes &bytes) {
             const uint64_t end = behind(good, "rt_gate_leave", is_domain_state());
             put_code(good, bytes, end - 1, {RT_STATE_TRUSTED});
         }},
        {"selector_compare_of_service_missing", sites, "wrpkru at rt_gate_service+",
         [](const Image &good, Bytes &bytes) {
             const uint64_t end = behind(good, "rt_gate_service", is_selector_closed());
             put_code(good, bytes, end - no_operations.size(), no_operations);
         }},
        {"compare_of_the_window_missing", sites, "wrpkru at rt_uaccess_open+",
         [](const Image &good, Bytes &bytes) {
             const uint64_t end = behind(good, "rt_uaccess_open", is_state(RT_STATE_MONITOR));
             put_code(good, bytes, end - no_operations.size(), no_operations);
         }},
        {"compare_of_the_trap_entry_missing", sites, "wrpkru at rt_trap_entry+",
         [](const Image &good, Bytes &bytes) {
             put_code(good, bytes, behind(good, "rt_trap_entry", wrpkru),
                      {0x90, 0x90, 0x90, 0x90, 0x90});
         }},
        {"token_of_the_trap_entry_not_compared", "instructions.token_of_the_trap_entry",
         "the trap entry does not compare its token",
         [](const Image &good, Bytes &bytes) {
             put_code(good, bytes, behind(good, "rt_trap_entry", is_token()) - 7, Bytes(7, 0x90));
         }},
        {"token_of_the_trap_entry_without_a_jump", "instructions.token_of_the_trap_entry",
         "the trap entry does not compare its token",
         [](const Image &good, Bytes &bytes) {
             put_code(good, bytes, behind(good, "rt_trap_entry", is_token()), {0x90, 0x90});
         }},
        // image.planted.xrstor shows image_checks_can_fail tries attack_2
        {"xrstor", "instructions.no_xrstor", "xrstor bytes at", in_padding<0x0f, 0xae, 0x2f>},
        {"xrstor64", "instructions.no_xrstor", "xrstor bytes at",
         in_padding<0x48, 0x0f, 0xae, 0x6c>},
        {"xrstor_behind_rex2", "instructions.no_xrstor", "xrstor bytes at",
         in_padding<0xd5, 0x88, 0xae, 0xaf>},
        {"wrfsbase", fs, "wrfsbase bytes at", in_padding<0xf3, 0x48, 0x0f, 0xae, 0xd0>},
        {"wrfsbase_behind_rex2", fs, "wrfsbase bytes at", in_padding<0xf3, 0xd5, 0x88, 0xae, 0xd7>},
        {"wrgsbase", gs, "wrgsbase bytes at", in_padding<0xf3, 0x48, 0x0f, 0xae, 0xdf>},
        {"wrgsbase_of_the_trap_entry_unproved", gs, "0 checked wrgsbase",
         [](const Image &good, Bytes &bytes) {
             put_code(good, bytes, behind(good, "rt_trap_entry", repair_of_gs), no_compare);
         }},
        {"wrfsbase_of_the_trap_entry_unproved", fs, "0 checked wrfsbase",
         [](const Image &good, Bytes &bytes) {
             put_code(good, bytes, behind(good, "rt_trap_entry", repair_of_fs), no_compare);
         }},
        {"no_wrgsbase", gs, "0 checked wrgsbase",
         [](const Image &good, Bytes &bytes) {
             put_code(good, bytes, behind(good, "rt_trap_entry", repair_of_gs) - 10, no_compare);
         }},
        {"no_wrfsbase", fs, "0 checked wrfsbase",
         [](const Image &good, Bytes &bytes) {
             put_code(good, bytes, behind(good, "rt_trap_entry", repair_of_fs) - 10, no_compare);
         }},
        {"no_syscall", syscalls, "0 syscall in the syscall function",
         [](const Image &good, Bytes &bytes) {
             put_code(good, bytes, behind(good, "rt_sys_call_early", {0x0f, 0x05}) - 2,
                      {0x90, 0x90});
         }},
        {"syscall_in_a_gate", syscalls, "another syscall at rt_gate_leave+",
         [](const Image &good, Bytes &bytes) {
             put_code(good, bytes, behind(good, "rt_gate_leave", wrpkru) + 20, {0x0f, 0x05});
         }},
        {"syscall_in_the_stub", syscalls, "another syscall at rt_space_stub_",
         [](const Image &good, Bytes &bytes) {
             put_code(good, bytes, good.symbol("rt_space_stub_begin") + 0x20, {0x0f, 0x05});
         }},
        {"syscall_after_the_stub", syscalls, "another syscall at ",
         [](const Image &good, Bytes &bytes) {
             put_code(good, bytes, good.symbol("__space_end") - 2, {0x0f, 0x05});
         }},
        {"no_syscall_in_the_stub", syscalls, "0 syscall in the stub, not 1",
         [](const Image &good, Bytes &bytes) {
             put_code(good, bytes, good.symbol("rt_space_stub_syscall_end") - 2, {0x90, 0x90});
         }},
        {"no_syscall_in_the_builder", syscalls, "0 syscall in the builder, not 1",
         [](const Image &good, Bytes &bytes) {
             put_code(good, bytes, good.symbol("rt_space_build_syscall_end") - 2, {0x90, 0x90});
         }},
        {"no_byte_before_the_restorer", syscalls, "__restore_rt is not the sequence",
         [](const Image &good, Bytes &bytes) {
             put_code(good, bytes, good.symbol("__restore_rt") - 1, {0xcc});
         }},
        {"another_restorer", syscalls, "__restore_rt is not the sequence",
         [](const Image &good, Bytes &bytes) {
             put_code(good, bytes, good.symbol("__restore_rt"),
                      {0x6a, 0x0f, 0x58, 0x90, 0x90, 0x90, 0x90});
         }},
    };
}

} // namespace image
