/// The raw system call, and the step from the kernel's answer to a Result.
#pragma once

#include "rt/base/result.h"
#include "rt/base/slot.h"

/// rt/sys/call.S.
extern "C" long rt_sys_call(long a0, long a1, long a2, long a3, long a4, long number);

namespace rt::sys {

/// One argument, as a register holds it.
template <class T>
long word(T value) {
    if constexpr (base::is_pointer<T>) {
        return reinterpret_cast<long>(value);
    } else {
        return static_cast<long>(value);
    }
}

/// System call `number` with up to five arguments; the kernel's answer as it is. The sixth argument
/// is the call word (rt/syscall/filter.h). It counts whole pages, so an anonymous mmap takes it for
/// an offset, at which the kernel does not look. sendto and recvfrom take it for the length of an
/// address, which they ignore if the address is null. No other call with a sixth argument can be
/// made. [linux mmap.c, socket.c v6.12]
template <class A = long, class B = long, class C = long, class D = long, class E = long>
long call_raw(long number, A a = 0, B b = 0, C c = 0, D d = 0, E e = 0) {
    return rt_sys_call(word(a), word(b), word(c), word(d), word(e), number);
}

/// The kernel's answer as a value or an Errno.
template <class T>
base::Result<T> result_of(long answer) {
    if (answer < 0 && answer >= -4095) {
        return static_cast<base::Errno>(-answer);
    }
    if constexpr (base::is_same<T, base::Done>) {
        return base::Done{};
    } else {
        return static_cast<T>(answer);
    }
}

/// Whether a call that a signal has interrupted is to be made again: not when it is made on behalf
/// of a domain whose time is over.
template <class T>
bool is_to_go_on(const base::Result<T> &result) {
    return !result && result.error() == base::Errno::interrupted && !base::has_deadline_passed();
}

} // namespace rt::sys
