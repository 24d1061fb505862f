/// The kernel's record of this process: everything that an attacker's system call could change
/// without changing a word of memory.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace attack {

/// Sums over what the kernel shows: open files with their flags and places, memory map, handlers,
/// blocked and pending signals, alternate stack, process and group numbers, children, credentials,
/// limits, timers, priority, umask, current folder, name of the machine.
struct ProcessPicture {
    static constexpr size_t parts = 9;
    uint64_t sums[parts];
};

/// As it is now. Opens and closes files of /proc.
ProcessPicture take_picture();

/// Whether the process is as `before` shows it. Says what has changed.
bool is_process_as(const ProcessPicture &before);

} // namespace attack
