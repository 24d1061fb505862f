/// What does it cost to answer a system call in a SIGSYS handler, with and without sigreturn?
#include "bench/alternative/handler.h"
#include "bench/alternative/system_call.h"
#include "bench/alternative/ticks.h"

namespace alternative {

namespace {

void answer(void *context) {
    selector = selector_allow;
    static_cast<ucontext_t *>(context)->uc_mcontext.gregs[REG_RAX] = call_getppid();
}

void answer_and_return(int, siginfo_t *, void *context) {
    answer(context);
}

void answer_and_jump(int, siginfo_t *, void *context) {
    answer(context);
    bench_resume(&static_cast<ucontext_t *>(context)->uc_mcontext.gregs);
}

uint64_t blocked_loop(uint64_t loops) {
    arm_dispatch();
    const uint64_t begin = ticks();
    for (uint64_t loop = 0; loop < loops; ++loop) {
        selector = selector_block;
        call_getppid();
    }
    const uint64_t passed = ticks() - begin;
    disarm_dispatch();
    return passed;
}

Measure prepare(Handler *handler, int flags) {
    set_alternate_stack(0);
    handle(SIGSYS, handler, flags);
    arm_dispatch();
    selector = selector_block;
    const long answered = call_getppid();
    disarm_dispatch();
    must(answered == call_getppid(), "a system call answered in the handler");
    return blocked_loop;
}

} // namespace

Measure prepare_sigsys_jump() {
    return prepare(answer_and_jump, SA_NODEFER);
}

Measure prepare_sigsys_sigreturn() {
    return prepare(answer_and_return, 0);
}

Rows emulation_rows() {
    const std::string question = "What does getppid cost, mediated and refused?";
    return {
        {"sigsys_sigreturn", question, "getppid", prepare_sigsys_sigreturn, prepare_getppid},
        {"sigsys_jump", question, "getppid", prepare_sigsys_jump, prepare_getppid},
    };
}

} // namespace alternative
