/// init: process 1 of a machine, which starts services and starts them again when they end.
#include "apps/init/machine.h"
#include "apps/init/supervise.h"

namespace {

bool is(const char *word, const char *wanted) {
    while (*word != '\0' && *word == *wanted) {
        ++word;
        ++wanted;
    }
    return *word == *wanted;
}

} // namespace

rt::Exit main(rt::Arguments arguments) {
    bool planted_bug = false;
    for (int i = 1; i < arguments.count(); ++i) {
        planted_bug |=
            is(arguments[i], "--bug"); // the kernel also passes words that are meant for others
    }
    if (rt::sys::getpid() != 1) {
        rt::log("init: runs as process 1 of a machine alone: boot init.initramfs "
                "(apps/init/README.md)");
        return rt::Exit::usage;
    }
    if (!rt::sys::may_execute()) {
        rt::log(
            "init: this kernel has no Syscall User Dispatch (Linux 5.11 or newer is needed): the "
            "seccomp filter that replaces it would end every service");
        return rt::Exit::failure;
    }
    init::set_up_machine();
    rt::log("init: process 1");
    init::supervise("/etc/init.conf", planted_bug);
    init::switch_off();
    return rt::Exit::failure; // process 1 must not end: the kernel now panics and says so
}
