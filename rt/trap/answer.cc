/// Going on in a domain after a system call of its own that was answered.
#include "rt/trap/answer.h"

#include <linux/audit.h>

#include "rt/base/slot.h"
#include "rt/domain/own_text.h"
#include "rt/space/mailbox.h"
#include "rt/syscall/proxied_call.h"
#include "rt/trap/resume.h"

extern "C" {
/// rt/sys/call.S, rt/trap/restore.S: the addresses after the runtime's own two `syscall`
/// instructions.
extern const char rt_sys_behind_syscall[], rt_trap_behind_sigreturn[];
}

namespace rt::trap {

namespace {

constexpr unsigned call_bytes = 2;         // of `syscall`
constexpr uint32_t first_x32 = 0x40000000; // [linux unistd.h v6.12]

} // namespace

bool is_answerable(const Frame &frame, const base::Fault &fault) {
    const auto place = reinterpret_cast<uint64_t>(frame.info.si_call_addr);
    return frame.info.si_code > 0 && frame.info.si_arch == AUDIT_ARCH_X86_64 &&
           fault.number < first_x32 && frame.context.uc_mcontext.cs == user_code &&
           place != reinterpret_cast<uint64_t>(rt_sys_behind_syscall) &&
           place != reinterpret_cast<uint64_t>(rt_trap_behind_sigreturn) &&
           place != reinterpret_cast<uint64_t>(rt_space_stub_syscall_end) &&
           domain::code_of(fault.domain, place - call_bytes, call_bytes) != nullptr;
}

void answer_call(Frame &frame, base::Fault &fault, uint64_t state) {
    const syscall::CallRule *rule = syscall::find_call(fault.domain, fault.number);
    if (rule == nullptr || !is_answerable(frame, fault)) {
        return;
    }
    const int64_t answer = syscall::make_granted_call(*rule, fault.arguments);
    // Without this test a domain could call again before the next signal, and again.
    if (base::slot().deadline_passed != 0) {
        fault.kind = base::FaultKind::deadline;
        return;
    }
    frame.context.uc_mcontext.rax = static_cast<uint64_t>(answer);
    resume_in_domain(frame);
    base::slot().state = state;
    rt_trap_return(&frame);
}

} // namespace rt::trap
