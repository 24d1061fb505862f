/// The app's handlers for asynchronous signals.
#include "rt/trap/on_signal.h"

#include "rt/trap/install.h"

namespace rt::trap {

using base::Done;
using base::Errno;
using base::Result;
using sys::Signal;

namespace {

constinit SignalHandler handlers[sys::signal_count + 1] = {};

bool can_be_handled(Signal signal) {
    const auto number = static_cast<unsigned>(signal);
    return number >= 1 && number <= sys::signal_count && signal != Signal::kill &&
           signal != Signal::stop && signal != Signal::space && signal != Signal::deadline &&
           sys::asynchronous_signals.has(signal);
}

} // namespace

Result<Done> on_signal(Signal signal, SignalHandler handler) {
    if (!can_be_handled(signal)) {
        return Errno::invalid;
    }
    if (handler == nullptr) {
        const bool ignored = signal == Signal::pipe || signal == Signal::file_size;
        return ignored ? sys::set_ignored(signal) : sys::set_default(signal);
    }
    __atomic_store_n(&handlers[static_cast<unsigned>(signal)], handler, __ATOMIC_RELEASE);
    return take_asynchronous(signal);
}

SignalHandler handler_of(Signal signal) {
    return __atomic_load_n(&handlers[static_cast<unsigned>(signal)], __ATOMIC_ACQUIRE);
}

} // namespace rt::trap
