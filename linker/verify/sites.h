/// The places where an image may hold instructions that change a view, with the compares that must
/// follow, and its system calls.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "linker/verify/image.h"
#include "rt/base/pkru_values.h"
#include "rt/base/slot.h"

namespace linker::verify {

/// The compares that must follow a `wrpkru`, each with a jump to a trap. The second may be absent.
struct Compares {
    Bytes first;
    Bytes second;
};

/// A function, and the compares after each of its `wrpkru`s in order.
struct Site {
    std::string_view function; // a final * stands for a number
    std::vector<Compares> compares;
};

/// `code` followed by `number` as four bytes.
inline Bytes with_word(Bytes code, uint32_t number) {
    for (unsigned shift = 0; shift < 32; shift += 8) {
        code.push_back(static_cast<unsigned char>(number >> shift));
    }
    return code;
}

/// cmpl $RT_PKRU_MONITOR, %eax
inline Bytes is_monitor_view() {
    return with_word({0x3d}, RT_PKRU_MONITOR);
}
/// cmpl %gs:offset, %eax
inline Bytes is_word(std::size_t offset) {
    return with_word({0x65, 0x3b, 0x04, 0x25}, static_cast<uint32_t>(offset));
}
/// cmpl $state, %gs:slot_state
inline Bytes is_state(unsigned char state) {
    Bytes code = with_word({0x65, 0x83, 0x3c, 0x25}, offsetof(rt::base::Slot, state));
    code.push_back(state);
    return code;
}
/// testb $RT_STATE_MONITOR, %gs:slot_state: whether a call is open
inline Bytes is_domain_state() {
    Bytes code = with_word({0x65, 0xf6, 0x04, 0x25}, offsetof(rt::base::Slot, state));
    code.push_back(RT_STATE_MONITOR);
    return code;
}
/// cmpb $RT_SELECTOR_BLOCK, %gs:slot_selector
inline Bytes is_selector_closed() {
    Bytes code = with_word({0x65, 0x80, 0x3c, 0x25}, offsetof(rt::base::Slot, selector));
    code.push_back(RT_SELECTOR_BLOCK);
    return code;
}

/// cmpq %rsp, slot_token_absolute(%rbx): the trap entry's proof that the kernel called
inline Bytes is_token() {
    return with_word({0x48, 0x39, 0xa3},
                     static_cast<uint32_t>(offsetof(rt::base::Slot, token)) + POSTERN_SLOT_GS);
}

/// All sites. The trap entry's second check is the token, which is no compare of this form.
inline std::vector<Site> sites() {
    using rt::base::Slot;
    const Compares into_domain{is_word(offsetof(Slot, view)), is_selector_closed()};
    const Compares from_domain{is_monitor_view(), is_domain_state()};
    const Compares in_monitor{is_monitor_view(), is_state(RT_STATE_MONITOR)};
    const Compares window{is_word(offsetof(Slot, window)), is_state(RT_STATE_MONITOR)};
    return {
        {"rt_gate_enter_*", {into_domain}},
        {"rt_gate_enter_trusted_*", {into_domain}},
        {"rt_gate_enter_lent_*", {into_domain}},
        {"rt_gate_enter_lent_trusted_*", {into_domain}},
        {"rt_gate_leave", {from_domain}},
        {"rt_gate_service", {from_domain, into_domain}},
        {"rt_gate_cross", {from_domain, into_domain}},
        {"rt_uaccess_open", {window}},
        {"rt_uaccess_close", {in_monitor}},
        {"rt_trap_entry", {{is_monitor_view(), {}}}},
        {"rt_trap_probe_entry", {in_monitor}},
        {"rt_trap_resume_domain", {into_domain}},
    };
}

/// A `syscall` instruction of the runtime's own, and the whole instruction before it.
struct CallSite {
    std::string_view place; // for messages
    std::string_view end;   // the symbol of the address after it
    std::string_view begin; // it is between this symbol and `limit`
    std::string_view limit;
    Bytes before;
    bool is_needed; // in every image; the others are in images that make child processes
};

/// All of them. A filter serves each of these addresses, and no other (rt/syscall/filter.h,
/// rt/space/filter.h).
inline std::vector<CallSite> call_sites() {
    return {
        {"the syscall function",
         "rt_sys_behind_syscall",
         "__text_start",
         "__memory_start",
         {0x49, 0x89, 0xca},
         true}, // movq %rcx, %r10
        {"the restorer",
         "rt_trap_behind_sigreturn",
         "__trap_start",
         "__trap_end",
         {0x48, 0xc7, 0xc0, 0x0f, 0, 0, 0},
         true}, // movq $15, %rax
        {"the stub",
         "rt_space_stub_syscall_end",
         "__space_start",
         "__space_end",
         {0xb8, 0x0f, 0, 0, 0},
         false}, // movl $15, %eax
        {"the builder",
         "rt_space_build_syscall_end",
         "__space_start",
         "__space_end",
         {0xbf, 1, 0, 0, 0},
         false}, // movl $1, %edi
    };
}

} // namespace linker::verify
