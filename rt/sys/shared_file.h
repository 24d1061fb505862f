/// System calls on files of memory that processes share. They have no name in any folder.
#pragma once

#include "rt/base/region.h"
#include "rt/base/result.h"
#include "rt/sys/file.h"
#include "rt/sys/memory.h"

namespace rt::sys {

/// The same file under the lowest free number from `least` on, and no longer under this one; as it
/// was if the limit of descriptors is lower. [fcntl(2) F_DUPFD_CLOEXEC]
Descriptor move_up(Descriptor file, int least);

/// What nobody can do any more with a file. [fcntl(2) F_ADD_SEALS]
enum class FileSeals : uint8_t {
    size,           // change its size, nor its seals: a mapping of it cannot lose its memory
    no_new_writers, // the same, nor map it writable: mappings that exist stay as they are
};

/// A new file of so many zeros, which use no memory until they are written. `name` is for people,
/// in /proc. Close-on-exec. [memfd_create(2)]
base::Result<Descriptor> make_shared_file(const char *name, size_t bytes);

base::Result<base::Done> seal_file(Descriptor file, FileSeals seals);

/// Whether `file` is such a file with these seals, and no other file that has got its number.
bool has_seals(Descriptor file, FileSeals seals);

/// The first place from `offset` on that holds something, and the first from there on that does
/// not: whole pages. Pages that were never written, or discarded, hold nothing. ENXIO if none is
/// left. [lseek(2) SEEK_DATA]
struct WrittenPart {
    uint64_t begin;
    uint64_t end;
};
base::Result<WrittenPart> next_written(Descriptor file, uint64_t offset);

/// Makes part of the file, in whole pages, zeros that use no memory, for all who map it.
/// [fallocate(2) FALLOC_FL_PUNCH_HOLE]
base::Result<base::Done> discard_part(Descriptor file, uint64_t offset, size_t bytes);

/// Maps the part of the file that begins at `offset`, in whole pages, over `region`, for all who
/// map it. Only before system calls are dispatched or filtered: afterwards the kernel's sixth
/// argument is the call word (call.h). [mmap(2) MAP_SHARED | MAP_FIXED]
base::Result<base::Done> map_file(base::Region region, Protection protection, Descriptor file,
                                  uint64_t offset);

} // namespace rt::sys
