/// System calls on names in the file system. Every path is null-terminated and in monitor memory.
#pragma once

#include <stdint.h>

#include "rt/base/result.h"

namespace rt::sys {

/// `mode`: permission bits, as far as the process's mask lets them pass. [mkdir(2)]
base::Result<base::Done> make_folder(const char *path, uint32_t mode);

/// Makes what `mode` says, for example a device or a pipe; the numbers count for devices.
/// [mknod(2)]
base::Result<base::Done> make_node(const char *path, uint32_t mode, uint32_t major, uint32_t minor);

/// One more name for the file `existing`. [link(2)]
base::Result<base::Done> make_link(const char *existing, const char *path);

/// A name that leads to `target`, whether that exists or not. [symlink(2)]
base::Result<base::Done> make_symbolic_link(const char *target, const char *path);

/// Takes the name away; the file is gone with its last name and its last open descriptor. Not for
/// folders. [unlink(2)]
base::Result<base::Done> remove_name(const char *path);

/// Permission bits of what `path` leads to, whatever the process's mask is. [chmod(2)]
base::Result<base::Done> set_mode(const char *path, uint32_t mode);

/// Owner and group of what `path` leads to. [chown(2)]
base::Result<base::Done> set_owner(const char *path, uint32_t user, uint32_t group);

/// The permission bits that new files do not get; returns those from before. [umask(2)]
uint32_t set_mask(uint32_t mask);

/// Attaches a file system without a device ("proc", "tmpfs", ...) to the folder `path`.
/// EBUSY if it is there already. [mount(2)]
base::Result<base::Done> mount(const char *type, const char *path);

} // namespace rt::sys
