/// Experiments on the kernel: scratch memory, handlers, children.
#include "tests/kernel/experiment.h"

#include <linux/sched.h>

#include <asm/unistd.h>

#include "rt/key/cpuid.h"
#include "rt/sys/call.h"
#include "rt/sys/memory.h"
#include "rt/sys/process.h"

extern "C" {
/// Read and written by acts.S and handlers.S.
constinit kernel::Notes *kernel_notes = nullptr;
constinit uint64_t kernel_strike_stack = 0;
}

namespace kernel {

namespace {

constinit Ways ways{};

/// The kernel's own structure. [linux signal_types.h v6.12]
struct KernelAction {
    const void *handler;
    uint64_t flags;
    const void *restorer;
    uint64_t mask;
};

} // namespace

Notes &notes() {
    return *kernel_notes;
}

Region map(size_t bytes, Protection protection, int key) {
    const Region region =
        rt::base::must(rt::sys::map_anonymous(bytes, Protection::read_write), "scratch memory");
    *reinterpret_cast<volatile char *>(region.begin()) = 0;
    rt::base::must(rt::sys::pkey_mprotect(region, protection, key), "its key");
    return region;
}

int take_key() {
    return rt::base::must(rt::sys::pkey_alloc(static_cast<uint32_t>(Rights::none)), "a key");
}

void catch_signal(Signal signal, const void *entry) {
    const KernelAction action{entry, SA_SIGINFO | SA_RESTORER | SA_ONSTACK, __restore_rt, ~0ull};
    child_expect_equal(static_cast<uint64_t>(rt::sys::call_raw(__NR_rt_sigaction, signal, &action,
                                                               0, sizeof action.mask)),
                       0, "rt_sigaction", __FILE__, __LINE__);
}

Region alternate_stack(int key) {
    const Region stack = map(0x10000, Protection::read_write, key);
    child_expect(bool(rt::sys::set_alternate_stack(stack, rt::sys::Arming::always)), "sigaltstack", __FILE__, __LINE__);
    return stack;
}

void strike_with_signal(uint32_t pkru, Signal signal) {
    const long thread = rt::sys::call_raw(__NR_gettid);
    kernel_strike(pkru, kernel_act_syscall, __NR_tgkill, rt::sys::getpid(), thread,
                  static_cast<long>(signal));
}

void run_thread(void (*body)(uint32_t first_pkru)) {
    static constinit void (*present)(uint32_t) = nullptr;
    static constinit bool ended = false;
    present = body;
    ended = false;
    const auto run = [](uint32_t first_pkru) {
        present(first_pkru);
        kernel_set_pkru(0);
        __atomic_store_n(&ended, true, __ATOMIC_RELEASE);
    };
    constexpr uint64_t flags =
        CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM;
    auto *const stack_end = reinterpret_cast<void *>(map(0x10000).end());
    child_expect(kernel_clone(flags, stack_end, run) > 0, "clone", __FILE__, __LINE__);
    while (!__atomic_load_n(&ended, __ATOMIC_ACQUIRE)) {
        rt::sys::call_raw(__NR_sched_yield);
    }
}

int run_fork(void (*body)()) {
    constexpr long sigchld = 17;
    const long child = rt::sys::call_raw(__NR_clone, sigchld);
    if (child == 0) {
        body();
        rt::sys::exit(0);
    }
    int status = 0;
    rt::sys::call_raw(__NR_wait4, child, &status);
    return (status & 0x7f) != 0 ? 128 + (status & 0x7f) : status >> 8 & 0xff;
}

void set_ways(Ways wanted) {
    ways = wanted;
}

unsigned char *xsave_area(const Frame &frame) {
    return reinterpret_cast<unsigned char *>(frame.context.uc_mcontext.fpstate);
}

uint64_t &xstate_bv(const Frame &frame) {
    return *reinterpret_cast<uint64_t *>(xsave_area(frame) + 512);
}

uint32_t &pkru_word(const Frame &frame) {
    return *reinterpret_cast<uint32_t *>(xsave_area(frame) + rt::key::pkru_offset());
}

/// Called by the handlers with the frame that the kernel wrote, every key open or the stack on key
/// 0; yields the PKRU for rt_sigreturn.
extern "C" uint32_t kernel_handle(Frame *frame, uint32_t entry_pkru) {
    Notes &seen = notes();
    const siginfo_t &info = frame->info;
    const auto signal = static_cast<Signal>(info.si_signo);
    auto &saved = frame->context.uc_mcontext;
    ++seen.handled;
    seen.entry_pkru = entry_pkru;
    seen.frame_pkru = pkru_word(*frame);
    seen.frame_has_pkru = (xstate_bv(*frame) & pkru_bit) != 0;
    seen.signal = info.si_signo;
    seen.code = info.si_code;
    seen.error_code = saved.err;
    seen.rip = saved.rip;
    seen.rax = saved.rax;
    seen.stack = reinterpret_cast<uint64_t>(frame);
    if (signal == Signal::user1) {
        seen.sender = info.si_pid;
    } else {
        seen.address = reinterpret_cast<uint64_t>(info.si_addr); // si_call_addr is the same place
    }
    if (signal == Signal::syscall) {
        seen.number = info.si_syscall;
        seen.arch = info.si_arch;
    } else if (signal != Signal::user1) {
        seen.key = info.si_pkey;
        saved.rip = reinterpret_cast<uint64_t>(kernel_strike_end);
    }
    if (ways.edit != nullptr) {
        ways.edit(*frame);
    }
    return ways.return_pkru;
}

harness::ChildEnd run_child(void (*body)()) {
    notes() = {};
    return harness::in_child(body);
}

void expect_child(void (*body)()) {
    const harness::ChildEnd end = run_child(body);
    if (!EXPECT_EQUAL(end.exit_status, 0)) {
        rt::log("  the child: signal {}: {}", end.signal, static_cast<const char *>(end.text));
    }
}

bool expect_death(const harness::ChildEnd &end, Signal signal) {
    return EXPECT_EQUAL(end.signal, signal) && EXPECT_EQUAL(end.text[0], '\0') &&
           EXPECT_EQUAL(notes().begun, 1) && EXPECT_EQUAL(notes().ended, 0);
}

void child_expect(bool good, const char *what, const char *file, int line) {
    if (!good) {
        rt::log("{}:{}: {}", file, line, what);
        rt::sys::exit(1);
    }
}

void child_expect_equal(uint64_t seen, uint64_t wanted, const char *what, const char *file,
                        int line) {
    if (seen != wanted) {
        rt::log("{}:{}: {} is {} ({}), wanted {} ({})", file, line, what, seen, rt::Hex{seen},
                wanted, rt::Hex{wanted});
        rt::sys::exit(1);
    }
}

} // namespace kernel
