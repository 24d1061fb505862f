/// System calls on terminals and serial lines.
#include "rt/sys/terminal.h"

#include <asm/ioctls.h>
#include <asm/termbits.h>
#include <asm/unistd.h>

#include "rt/sys/call.h"

namespace rt::sys {

using base::Done;
using base::Result;

namespace {

Result<Done> get_mode(Descriptor terminal, termios &mode) {
    return result_of<Done>(call_raw(__NR_ioctl, terminal, TCGETS, &mode));
}

} // namespace

bool is_terminal(Descriptor file) {
    termios mode{};
    return bool(get_mode(file, mode));
}

Result<Done> set_raw(Descriptor terminal) {
    termios mode{};
    const auto got = get_mode(terminal, mode);
    if (!got) {
        return got;
    }
    mode.c_iflag = 0;
    mode.c_oflag = 0;
    mode.c_lflag = 0;
    return result_of<Done>(call_raw(__NR_ioctl, terminal, TCSETS, &mode));
}

Result<Done> drain(Descriptor terminal) {
    for (;;) {
        // An argument other than 0: wait, send no break [ioctl_tty(2)].
        const auto done = result_of<Done>(call_raw(__NR_ioctl, terminal, TCSBRK, 1));
        if (!is_to_go_on(done)) {
            return done;
        }
    }
}

} // namespace rt::sys
