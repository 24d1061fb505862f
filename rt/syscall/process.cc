/// What the process as a whole gives up at start, besides system calls.
#include "rt/syscall/process.h"

#include "rt/base/panic.h"
#include "rt/sys/process.h"

namespace rt::syscall {

using base::must;

CodeGain drop_privileges(SeccompMode mode) {
    const bool may_exec = mode == SeccompMode::may_exec || mode == SeccompMode::nobody;
    must(sys::refuse_new_privileges(), "refusing new privileges (no_new_privs)");
    must(sys::refuse_dumps(), "refusing core dumps (dumpable 0)");
    if (!may_exec) {
        must(sys::refuse_core_files(), "refusing core files (RLIMIT_CORE 0)");
    }
    if (sys::refuses_code_gain()) { // inherited
        return CodeGain::for_good;
    }
    if (mode == SeccompMode::omitted || !sys::refuse_code_gain(!may_exec)) {
        return CodeGain::not_by_kernel;
    }
    return may_exec ? CodeGain::for_this_one : CodeGain::for_good;
}

} // namespace rt::syscall
