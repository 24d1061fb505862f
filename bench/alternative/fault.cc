/// What does it cost to go on after an access that faulted, for each way out of the handler?
#include <sys/mman.h>

#include <csetjmp>

#include "bench/alternative/handler.h"
#include "bench/alternative/ticks.h"

namespace alternative {

namespace {

constexpr int ss_autodisarm = static_cast<int>(1u << 31); // [linux signal.h v6.12]
char *guard;
volatile uint64_t behind; // the address at which the code goes on
sigjmp_buf point;

/// Faults, and goes on after the access if the handler arranges that.
inline void touch() {
    asm volatile("leaq 1f(%%rip), %%rax\n"
                 "movq %%rax, %[behind]\n"
                 "movb $0, (%[guard])\n"
                 "1:\n"
                 : [behind] "=m"(behind)
                 : [guard] "b"(guard)
                 : "rax", "rcx", "rdi", "r8", "r9", "r10", "r11", "xmm0", "xmm1", "xmm2", "xmm3",
                   "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12",
                   "xmm13", "xmm14", "xmm15", "cc", "memory");
}

gregset_t &registers_of(void *context) {
    auto &registers = static_cast<ucontext_t *>(context)->uc_mcontext.gregs;
    registers[REG_RIP] = static_cast<greg_t>(behind);
    return registers;
}

void jump(int, siginfo_t *, void *context) {
    bench_resume(&registers_of(context));
}

void rearm_and_jump(int, siginfo_t *, void *context) {
    set_alternate_stack(ss_autodisarm);
    bench_resume(&registers_of(context));
}

void return_behind(int, siginfo_t *, void *context) {
    registers_of(context);
}

void long_jump(int, siginfo_t *, void *) {
    siglongjmp(point, 1);
}

uint64_t touch_loop(uint64_t loops) {
    const uint64_t begin = ticks();
    for (uint64_t loop = 0; loop < loops; ++loop) {
        touch();
    }
    return ticks() - begin;
}

uint64_t jumped_loop(uint64_t loops) {
    const uint64_t begin = ticks();
    for (volatile uint64_t loop = 0; loop < loops; loop = loop + 1) {
        if (sigsetjmp(point, 1) == 0) {
            touch();
        }
    }
    return ticks() - begin;
}

Measure prepare(Handler *handler, int flags, int stack_flags, Measure measure) {
    guard = static_cast<char *>(mmap(nullptr, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    must(guard != MAP_FAILED, "mmap of a guard page");
    set_alternate_stack(stack_flags);
    handle(SIGSEGV, handler, flags);
    return measure;
}

} // namespace

Measure prepare_fault_jump() {
    return prepare(jump, SA_NODEFER, 0, touch_loop);
}

Rows fault_rows() {
    const std::string question = "What does a fault cost until the caller holds it?";
    const auto row = [&](const char *name, Handler *handler, int flags, int stack, Measure loop) {
        return Row{name, question, "getppid", [=] { return prepare(handler, flags, stack, loop); },
                   prepare_getppid};
    };
    return {
        row("fault_jump", jump, SA_NODEFER, 0, touch_loop),
        row("fault_rearm_and_jump", rearm_and_jump, SA_NODEFER, ss_autodisarm, touch_loop),
        row("fault_siglongjmp", long_jump, 0, 0, jumped_loop),
        row("fault_sigreturn", return_behind, 0, 0, touch_loop),
    };
}

} // namespace alternative
