/// A core file of one domain, for a debugger.
#pragma once

#include "rt/base/fault.h"
#include "rt/base/result.h"
#include "rt/sys/file.h"

namespace rt::life {

/// Writes a core file of the domain that `fault` names into `file`, from the file's present place
/// on: the domain's data, stack and heap as they are now, and the general registers of `fault`. gdb
/// opens it beside the image: `gdb IMAGE CORE`. A hook before the restart (policy.h) finds the
/// memory as the fault left it.
///
/// No byte of the monitor, of another domain or of a data domain is in the file, whatever the
/// registers hold. All that the domain kept secret is: open the file where its readers may know it.
///
/// The file is a page longer than the domain's regions together. What is zeros takes no room in an
/// empty file on a disk. Elsewhere, in a pipe for example, zeros are written.
///
/// EINVAL for a fault of no domain. EBUSY in a signal handler. EFAULT if memory did not obey.
/// Otherwise the error of a write or of lseek(2), for example ENOSPC or EBADF. What was written
/// before an error stays. [elf(5), linux binfmt_elf.c v6.12]
base::Result<base::Done> write_core(const base::Fault &fault, sys::Descriptor file);

} // namespace rt::life
