/// The kernel's error numbers as a type.
#pragma once

#include <stdint.h>

namespace rt::base {

/// An error number of the kernel's UAPI, 1 to 4095. The names are those the runtime itself meets.
enum class Errno : uint16_t {
    none = 0,
    not_permitted = 1,        // EPERM
    no_such_file = 2,         // ENOENT
    no_process = 3,           // ESRCH
    interrupted = 4,          // EINTR
    input_output = 5,         // EIO
    no_program = 8,           // ENOEXEC
    bad_descriptor = 9,       // EBADF
    no_child = 10,            // ECHILD
    try_again = 11,           // EAGAIN
    no_memory = 12,           // ENOMEM
    access_denied = 13,       // EACCES
    bad_address = 14,         // EFAULT
    busy = 16,                // EBUSY
    exists = 17,              // EEXIST
    not_a_directory = 20,     // ENOTDIR
    is_a_directory = 21,      // EISDIR
    invalid = 22,             // EINVAL
    too_many_files = 24,      // EMFILE
    file_too_large = 27,      // EFBIG
    no_space = 28,            // ENOSPC
    broken_pipe = 32,         // EPIPE
    out_of_range = 34,        // ERANGE
    name_too_long = 36,       // ENAMETOOLONG
    not_implemented = 38,     // ENOSYS
    too_many_links = 40,      // ELOOP
    not_a_socket = 88,        // ENOTSOCK
    message_too_long = 90,    // EMSGSIZE
    no_such_option = 92,      // ENOPROTOOPT
    not_supported = 95,       // EOPNOTSUPP
    other_family = 97,        // EAFNOSUPPORT
    address_in_use = 98,      // EADDRINUSE
    no_such_address = 99,     // EADDRNOTAVAIL
    connection_aborted = 103, // ECONNABORTED
    connection_reset = 104,   // ECONNRESET
    is_connected = 106,       // EISCONN
    not_connected = 107,      // ENOTCONN
    timed_out = 110,          // ETIMEDOUT
    connection_refused = 111, // ECONNREFUSED
    in_progress = 115,        // EINPROGRESS
    stale = 116,              // ESTALE
};

/// The error in words, or "error" for a number without a name here.
const char *text_of(Errno error);

} // namespace rt::base
