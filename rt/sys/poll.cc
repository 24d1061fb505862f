/// System calls that wait for the first of several events.
#include "rt/sys/poll.h"

#include <asm/poll.h>
#include <asm/unistd.h>
#include <linux/fcntl.h>
#include <linux/signalfd.h>

#include "rt/sys/call.h"

namespace rt::sys {

using base::Errno;
using base::Result;

namespace {

constexpr size_t most_files = 8;

} // namespace

Result<uint32_t> wait_readable(const Descriptor *files, size_t count, uint32_t milliseconds) {
    pollfd waited[most_files];
    if (count > most_files) {
        return Errno::invalid;
    }
    for (size_t i = 0; i < count; ++i) {
        waited[i] = {static_cast<int>(files[i]), POLLIN, 0};
    }
    const auto ready = result_of<long>(call_raw(__NR_poll, waited, count, milliseconds));
    if (!ready && ready.error() != Errno::interrupted) {
        return ready.error();
    }
    uint32_t answer = 0;
    for (size_t i = 0; ready && i < count; ++i) {
        answer |= waited[i].revents != 0 ? uint32_t{1} << i : 0;
    }
    return answer;
}

Result<Descriptor> open_signals(SignalSet signals) {
    return result_of<Descriptor>(
        call_raw(__NR_signalfd4, -1, &signals.bits, sizeof signals.bits, O_CLOEXEC | O_NONBLOCK));
}

void take_signals(Descriptor signals) {
    signalfd_siginfo taken;
    while (read(signals, &taken, sizeof taken)) {
    }
}

} // namespace rt::sys
