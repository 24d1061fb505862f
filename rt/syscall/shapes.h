/// The calls that the monitor can make for a domain, and the meaning of their arguments. No other
/// call can be granted, because a row of an app's table must take a pointer for what the kernel
/// takes it for. No call here uses six arguments (rt/sys/call.h): copy_file_range does, and
/// sendfile stands in for it.
#pragma once

#include "rt/syscall/calls.h"

namespace rt::syscall {

/// A call as the manual has it: a number is a scalar, or flags where some of its bits are never
/// passed on; a row may leave it zero. Records have the kernel's own size.
struct Shape {
    uint16_t number;
    Parameter parameters[6];
    CallRule::Answer answer = CallRule::Answer::granted;
};

namespace detail {

// [linux socket.h v6.12]: all except MSG_OOB, MSG_ZEROCOPY (the kernel would read the monitor's
// copy after the call) and the bits by which file descriptors are passed.
inline constexpr uint64_t message_bits = 0x2 | 0x20 | 0x40 | 0x100 | 0x4000;

inline constexpr uint64_t sock_nonblock = 0x800; // [linux net.h, fcntl.h v6.12]

inline constexpr Shape shapes[] = {
    {__NR_read, {descriptor(), bytes_out(2), scalar()}},
    {__NR_write, {descriptor(), bytes_in(2), scalar()}},
    {__NR_pread64, {descriptor(), bytes_out(2), scalar(), scalar()}},
    {__NR_pwrite64, {descriptor(), bytes_in(2), scalar(), scalar()}},
    {__NR_recvfrom, {descriptor(), bytes_out(2), scalar(), flags(message_bits)}},
    {__NR_sendto, {descriptor(), bytes_in(2), scalar(), flags(message_bits)}},
    {__NR_getdents64, {descriptor(), bytes_out(2), scalar()}},
    {__NR_fstat, {descriptor(), record_out(144)}},
    {__NR_lseek, {descriptor(), scalar(), scalar()}},
    {__NR_fsync, {descriptor()}},
    {__NR_fdatasync, {descriptor()}},
    {__NR_ftruncate, {descriptor(), scalar()}},
    {__NR_fallocate, {descriptor(), scalar(), scalar(), scalar()}},
    {__NR_fadvise64, {descriptor(), scalar(), scalar(), scalar()}},
    {__NR_flock, {descriptor(), scalar()}},
    {__NR_shutdown, {descriptor(), scalar()}},
    {__NR_listen, {descriptor(), scalar()}},
    {__NR_sendfile, {descriptor(), descriptor(), {}, scalar()}},
    {__NR_getrandom, {bytes_out(1), scalar(), flags(0x7)}},
    {__NR_clock_gettime, {scalar(), record_out(16)}},
    {__NR_clock_getres, {scalar(), record_out(16)}},
    {__NR_clock_nanosleep, {scalar(), scalar(), record_in(16)}},
    {__NR_nanosleep, {record_in(16)}},
    {__NR_gettimeofday, {record_out(16)}},
    {__NR_time, {}},
    {__NR_times, {record_out(32)}},
    {__NR_getrusage, {scalar(), record_out(144)}},
    {__NR_sysinfo, {record_out(112)}},
    {__NR_uname, {record_out(390)}},
    {__NR_getpid, {}},
    {__NR_getppid, {}},
    {__NR_gettid, {}},
    {__NR_getuid, {}},
    {__NR_geteuid, {}},
    {__NR_getgid, {}},
    {__NR_getegid, {}},
    {__NR_sched_yield, {}},
    {__NR_openat,
     {descriptor(), {Parameter::Kind::path, 0, 0}, scalar(), scalar()},
     CallRule::Answer::opened},
    {__NR_accept4, {descriptor(), {}, {}, flags(sock_nonblock)}, CallRule::Answer::accepted},
    {__NR_close, {descriptor()}, CallRule::Answer::closed},
};

constexpr bool is_number(const Parameter &parameter) {
    return parameter.kind == Parameter::Kind::scalar || parameter.kind == Parameter::Kind::flags;
}

/// Whether the kernel takes an argument for what a row says that it is.
constexpr bool fits(const Parameter &parameter, const Parameter &shape) {
    if (shape.kind == Parameter::Kind::flags) {
        return parameter.kind == Parameter::Kind::nothing ||
               (parameter.kind == shape.kind && (parameter.limit & ~shape.limit) == 0);
    }
    if (shape.kind == Parameter::Kind::scalar) {
        return parameter.kind == Parameter::Kind::nothing || is_number(parameter);
    }
    return parameter.kind == shape.kind && parameter.length == shape.length &&
           parameter.limit == shape.limit;
}

constexpr bool fits(const CallRule &rule, const Shape &shape) {
    for (size_t i = 0; i < 6; ++i) {
        if (!fits(rule.parameters[i], shape.parameters[i])) {
            return false;
        }
    }
    return rule.number == shape.number && rule.answer == shape.answer;
}

constexpr bool has_a_shape(const CallRule &rule) {
    for (const Shape &shape : shapes) {
        if (fits(rule, shape)) {
            return true;
        }
    }
    return rule.answer == CallRule::Answer::error;
}

} // namespace detail

/// Whether each row's call and arguments are among those above.
template <size_t rows>
constexpr bool have_shapes(const CallRule (&table)[rows]) {
    for (const CallRule &row : table) {
        if (!detail::has_a_shape(row)) {
            return false;
        }
    }
    return true;
}

} // namespace rt::syscall

/// Defines the app's table in read-only data, once per app, outside any namespace:
/// POSTERN_CALLS(rt::syscall::answer(Domain::codec, 39, rt::Errno::not_implemented), ...).
#define POSTERN_CALLS(...)                                                                         \
    extern "C" {                                                                                   \
    extern const rt::syscall::CallRule rt_app_calls[];                                             \
    [[gnu::section(".postern.calls"),                                                              \
      gnu::used]] constexpr rt::syscall::CallRule rt_app_calls[] = {__VA_ARGS__};                  \
    }                                                                                              \
    static_assert(                                                                                 \
        rt::syscall::are_sound(rt_app_calls),                                                      \
        "one row per call and domain, at most two copies in a row, records of at most "            \
        "longest_copy bytes, lengths that are scalars of the same row, and no call that "          \
        "the program has given up (rt/syscall/rules.h)");                                          \
    static_assert(rt::syscall::have_shapes(rt_app_calls),                                          \
                  "a call that the monitor can make, with parameters as the kernel takes them "    \
                  "(rt/syscall/shapes.h)")
