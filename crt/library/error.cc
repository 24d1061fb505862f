/// The domain's error number, and the texts of error numbers.
#include "crt/library/include/errno.h"
#include "crt/library/include/stdio.h"
#include "crt/library/include/string.h"
#include "crt/library/library.h"

namespace {

/// From 0 to 40, in their order. [linux errno-base.h, errno.h v6.12]
constexpr const char *texts[] = {
    "Success",
    "Operation not permitted",
    "No such file or directory",
    "No such process",
    "Interrupted system call",
    "Input/output error",
    "No such device or address",
    "Argument list too long",
    "Exec format error",
    "Bad file descriptor",
    "No child processes",
    "Resource temporarily unavailable",
    "Cannot allocate memory",
    "Permission denied",
    "Bad address",
    "Block device required",
    "Device or resource busy",
    "File exists",
    "Invalid cross-device link",
    "No such device",
    "Not a directory",
    "Is a directory",
    "Invalid argument",
    "Too many open files in system",
    "Too many open files",
    "Inappropriate ioctl for device",
    "Text file busy",
    "File too large",
    "No space left on device",
    "Illegal seek",
    "Read-only file system",
    "Too many links",
    "Broken pipe",
    "Numerical argument out of domain",
    "Numerical result out of range",
    "Resource deadlock avoided",
    "File name too long",
    "No locks available",
    "Function not implemented",
    "Directory not empty",
    "Too many levels of symbolic links",
};
constexpr int text_count = sizeof texts / sizeof *texts;

int number; // a domain has one thread

} // namespace

extern "C" {

LIBRARY int *__errno_location() {
    return &number;
}

LIBRARY char *strerror(int error) {
    static char unknown[32];
    if (error >= 0 && error < text_count) {
        return const_cast<char *>(texts[error]);
    }
    snprintf(unknown, sizeof unknown, "Unknown error %d", error);
    return unknown;
}

} // extern "C"
