/// Where a domain that jumps there is served by the kernel, because there is no dispatch.
#include "tests/attack/served.h"

#include "tests/attack/code.h"
#include "tests/harness/harness.h"

extern "C" {
/// rt/sys/call.S, rt/trap/restore.S.
extern const char rt_sys_behind_syscall[], rt_trap_behind_sigreturn[];
/// rt/trap/probe.S: the first makes a call past the selector, the second is what follows it.
extern const char rt_trap_probe_dispatch[], rt_trap_probe_entry[];
/// rt/trap/resume.S: the first leads to the restorer.
extern const char rt_trap_return[], rt_trap_resume_domain[];
}

namespace attack {

namespace {

bool is_dispatched() {
    return rt::guarantees().system_calls == rt::Mediation::dispatch;
}

} // namespace

bool is_served(const char *at) {
    const bool in_call = at >= rt_sys_call && at < rt_sys_behind_syscall;
    // The restorer's section begins with one nop.
    const bool in_restorer = at >= __restore_rt - 1 && at < rt_trap_behind_sigreturn;
    const bool in_probe = at >= rt_trap_probe_dispatch && at < rt_trap_probe_entry;
    const bool in_return = at >= rt_trap_return && at < rt_trap_resume_domain;
    return !is_dispatched() && (in_call || in_restorer || in_probe || in_return);
}

bool skip_unless_dispatched() {
    if (!is_dispatched()) {
        harness::skip(
            "this kernel offers no Syscall User Dispatch (Linux 5.11 does): a domain that "
            "jumps to the runtime's own system call instruction is served "
            "(attack.syscall.runtimes_instruction_serves_without_dispatch)");
    }
    return !is_dispatched();
}

} // namespace attack
