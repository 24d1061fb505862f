/// The way back from a signal: rt_sigreturn by a frame that leads to rt/trap/resume.S.
#include "rt/trap/resume.h"

#include "rt/base/panic.h"
#include "rt/base/slot.h"
#include "rt/domain/table.h"
#include "rt/gate/current.h"
#include "rt/key/view.h"
#include "rt/uaccess/copy.h"

namespace rt::trap {

namespace {

constexpr uint16_t user_data = 0x2b;         // [linux segment.h v6.12]
constexpr uint64_t clean_flags = 0x202;      // IF, and a bit that is always set
constexpr uint64_t arithmetic_flags = 0x8d5; // CF PF AF ZF SF OF: what the monitor may have set

uintptr_t block_of(Domain domain) {
    return domain::stack_of(domain).end() - RT_RESUME_RECORD_BYTES;
}

void put_resume_record(const Frame &frame) {
    const auto &saved = frame.context.uc_mcontext;
    const Domain domain = gate::current_domain();
    const uintptr_t block = block_of(domain);
    const uint64_t words[] = {saved.rax, saved.rcx,    saved.rdx, saved.rip,
                              saved.cs,  saved.eflags, saved.rsp, saved.ss};
    static_assert(sizeof words == RT_RESUME_RECORD_BYTES);
    if (!uaccess::copy_to_domain(domain, uaccess::Claimed::from_raw(block), words, sizeof words)) {
        base::panic("the monitor itself: an interrupted domain's stack cannot be written");
    }
    base::slot().resume_record = block + 3 * sizeof words[0]; // where iretq begins
}

} // namespace

void redirect_to(Frame &frame, const char *place) {
    auto &saved = frame.context.uc_mcontext;
    saved.rip = reinterpret_cast<uint64_t>(place);
    saved.eflags = clean_flags;
    saved.cs = user_code;
    saved.ss = user_data;
    // No alternate stack contains this address, and no domain chooses it. Older kernels
    // (rt/KERNELS.md) arm no alternate stack in rt_sigreturn if they find rsp on the present one.
    saved.rsp = base::slot().gate_rsp;
}

void take_block(Frame &frame) {
    auto &saved = frame.context.uc_mcontext;
    const Domain domain = gate::current_domain();
    uint64_t words[RT_RESUME_RECORD_BYTES / sizeof(uint64_t)];
    if (uaccess::copy_from_domain(domain, words, uaccess::Claimed::from_raw(block_of(domain)),
                                  sizeof words)) {
        saved.rax = words[0];
        saved.rcx = words[1];
        saved.rdx = words[2];
        saved.rip = words[3];
        saved.eflags = words[5];
        saved.rsp = words[6];
    }
}

void resume_in_domain(Frame &frame) {
    put_resume_record(frame);
    redirect_to(frame, rt_trap_resume_domain);
    set_pkru(frame, key::monitor_view);
}

void resume_in_monitor(Frame &frame, uint64_t selector) {
    const auto &saved = frame.context.uc_mcontext;
    base::Slot &slot = base::slot();
    slot.resume_selector = selector;
    slot.resume_rax = saved.rax;
    slot.resume_rip = saved.rip;
    slot.resume_cs = user_code;
    slot.resume_flags = (saved.eflags & arithmetic_flags) | clean_flags;
    slot.resume_rsp = saved.rsp;
    slot.resume_ss = user_data;
    redirect_to(frame, rt_trap_resume_monitor);
    set_pkru(frame, pkru_of(frame));
}

} // namespace rt::trap
