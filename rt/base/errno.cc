/// Texts of the kernel's error numbers.
#include "rt/base/errno.h"

namespace rt::base {

const char *text_of(Errno error) {
    switch (error) {
    case Errno::none:
        return "no error";
    case Errno::not_permitted:
        return "operation not permitted";
    case Errno::no_such_file:
        return "no such file or directory";
    case Errno::no_process:
        return "no such process";
    case Errno::interrupted:
        return "interrupted";
    case Errno::input_output:
        return "input/output error";
    case Errno::no_program:
        return "not a program";
    case Errno::bad_descriptor:
        return "bad file descriptor";
    case Errno::no_child:
        return "no child process";
    case Errno::try_again:
        return "try again";
    case Errno::no_memory:
        return "out of memory";
    case Errno::access_denied:
        return "permission denied";
    case Errno::bad_address:
        return "bad address";
    case Errno::busy:
        return "busy";
    case Errno::exists:
        return "exists already";
    case Errno::not_a_directory:
        return "not a directory";
    case Errno::is_a_directory:
        return "is a directory";
    case Errno::invalid:
        return "invalid argument";
    case Errno::too_many_files:
        return "too many open files";
    case Errno::file_too_large:
        return "file too large";
    case Errno::no_space:
        return "no space left";
    case Errno::broken_pipe:
        return "broken pipe";
    case Errno::out_of_range:
        return "out of range";
    case Errno::name_too_long:
        return "name too long";
    case Errno::not_implemented:
        return "not implemented by this kernel";
    case Errno::too_many_links:
        return "too many symbolic links";
    case Errno::not_a_socket:
        return "not a socket";
    case Errno::message_too_long:
        return "message too long";
    case Errno::no_such_option:
        return "no such option";
    case Errno::not_supported:
        return "not supported";
    case Errno::other_family:
        return "address of another family";
    case Errno::address_in_use:
        return "address in use";
    case Errno::no_such_address:
        return "no such address here";
    case Errno::connection_aborted:
        return "connection aborted";
    case Errno::connection_reset:
        return "connection reset";
    case Errno::is_connected:
        return "connected already";
    case Errno::not_connected:
        return "not connected";
    case Errno::timed_out:
        return "timed out";
    case Errno::connection_refused:
        return "connection refused";
    case Errno::in_progress:
        return "in progress";
    case Errno::stale:
        return "of an earlier life";
    }
    return "error";
}

} // namespace rt::base
