/// A program keeps nothing across execve of PKRU, handlers, alternate stack or dispatch.
#include "tests/kernel/second_life.h"
#include "tests/kernel/experiment.h"
#include "tests/kernel/version.h"

#include <asm/unistd.h>
#include <linux/prctl.h>

#include "rt/sys/call.h"
#include "rt/sys/process.h"

namespace kernel {

namespace {
constexpr char word[] = "--second-life";
}

bool is_second_life(const rt::start::Arguments &arguments) {
    const char *given = arguments[1];
    return given != nullptr && __builtin_memcmp(given, word, sizeof word) == 0;
}

void live_again() {
    stack_t stack{};
    struct {
        uint64_t handler, flags, restorer, mask;
    } action{};
    const uint32_t pkru = rt::key::read_pkru().raw();
    rt::sys::call_raw(__NR_sigaltstack, 0, &stack);
    rt::sys::call_raw(__NR_rt_sigaction, Signal::user1, 0, &action, sizeof action.mask);
    rt::log("PKRU {}, stack {}, handler {}", rt::Hex{pkru}, stack.ss_flags, action.handler);
    rt::sys::exit(0);
}

} // namespace kernel

using namespace kernel;

// [linux flush_thread, pkru_flush_thread v6.12]
POSTERN_TEST("kernel.execve.resets_pkru_handlers_and_alternate_stack",
             SHOWS(kernel_inheritance_of_pkru)) {
    const harness::ChildEnd end = run_child([] {
        const int key = take_key();
        alternate_stack(0);
        catch_signal(Signal::user1);
        const char *const arguments[] = {"kernel", word, nullptr};
        const char *const environment[] = {nullptr};
        kernel_set_pkru(pkru_with(key, Rights::full));
        rt::sys::call_raw(__NR_execve, "/proc/self/exe", arguments, environment);
        rt::sys::exit(1);
    });
    EXPECT_EQUAL(end.exit_status, 0);
    if (!EXPECT(end.says("PKRU 0x55555554, stack 2, handler 0\n"))) {
        rt::log("  {}", static_cast<const char *>(end.text));
    }
}
