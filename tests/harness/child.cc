/// Child processes of a test: for what must end the program.
#include <asm/unistd.h>
#include <linux/fcntl.h>
#include <linux/wait.h>

#include "rt/sys/call.h"
#include "rt/sys/process.h"
#include "tests/harness/harness.h"

namespace harness {

namespace {

constexpr long sigchld = 17;

/// Reads until the other end is closed; keeps what fits.
void collect(rt::sys::Descriptor from, char *text, size_t capacity) {
    size_t kept = 0;
    char chunk[256];
    for (;;) {
        const auto got = rt::sys::read(from, chunk, sizeof chunk);
        if (!got || got.value() == 0) {
            break;
        }
        for (size_t i = 0; i < got.value() && kept < capacity - 1; ++i) {
            text[kept++] = chunk[i];
        }
    }
    text[kept] = '\0';
}

} // namespace

ChildEnd in_child(void (*body)()) {
    int ends[2];
    rt::sys::call_raw(__NR_pipe2, ends, O_CLOEXEC); // what `body` executes gets neither end
    const long child = rt::sys::call_raw(__NR_clone, sigchld);
    if (child == 0) {
        rt::sys::call_raw(__NR_dup2, ends[1], 2);
        body();
        rt::sys::exit(0);
    }
    rt::sys::call_raw(__NR_close, ends[1]);
    ChildEnd end{};
    collect(static_cast<rt::sys::Descriptor>(ends[0]), end.text, sizeof end.text);
    rt::sys::call_raw(__NR_close, ends[0]);
    int status = 0;
    rt::sys::call_raw(__NR_wait4, child, &status);
    end.signal = status & 0x7f;
    end.exit_status = end.signal == 0 ? status >> 8 & 0xff : -1;
    return end;
}

} // namespace harness
