/// Signal handlers of the rows: on an alternate stack, and with an end that does not involve the
/// kernel.
#include "bench/alternative/handler.h"

namespace alternative {

void set_alternate_stack(int flags) {
    alignas(4096) static char stack[65536];
    stack_t alternate{};
    alternate.ss_sp = stack;
    alternate.ss_size = sizeof stack;
    alternate.ss_flags = flags;
    must(sigaltstack(&alternate, nullptr) == 0, "sigaltstack");
}

void handle(int signal, Handler *handler, int more_flags) {
    struct sigaction action {};
    action.sa_sigaction = handler;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | more_flags;
    must(sigaction(signal, &action, nullptr) == 0, "sigaction");
}

} // namespace alternative
