/// System calls on files of memory that processes share.
#include "rt/sys/shared_file.h"

#include <asm/unistd.h>
#include <linux/falloc.h>
#include <linux/fcntl.h>
#include <linux/fs.h>
#include <linux/memfd.h>
#include <linux/mman.h>

#include "rt/sys/call.h"

extern "C" {
/// rt/sys/call.S.
long rt_sys_call_early(long a0, long a1, long a2, long a3, long a4, long a5, long number);
}

namespace rt::sys {

using base::Done;
using base::Region;
using base::Result;

Descriptor move_up(Descriptor file, int least) {
    const auto moved = result_of<Descriptor>(call_raw(__NR_fcntl, file, F_DUPFD_CLOEXEC, least));
    if (!moved) {
        return file;
    }
    static_cast<void>(close(file));
    return moved.value();
}

Result<Descriptor> make_shared_file(const char *name, size_t bytes) {
    const auto file =
        result_of<Descriptor>(call_raw(__NR_memfd_create, name, MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!file) {
        return file;
    }
    const auto sized = result_of<Done>(call_raw(__NR_ftruncate, file.value(), bytes));
    if (!sized) {
        static_cast<void>(close(file.value()));
        return sized.error();
    }
    return file;
}

namespace {

int bits_of(FileSeals seals) {
    constexpr int size = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;
    return seals == FileSeals::size ? size : size | F_SEAL_FUTURE_WRITE;
}

} // namespace

Result<Done> seal_file(Descriptor file, FileSeals seals) {
    return result_of<Done>(call_raw(__NR_fcntl, file, F_ADD_SEALS, bits_of(seals)));
}

bool has_seals(Descriptor file, FileSeals seals) {
    const auto found = result_of<int>(call_raw(__NR_fcntl, file, F_GET_SEALS));
    return found && found.value() == bits_of(seals);
}

Result<WrittenPart> next_written(Descriptor file, uint64_t offset) {
    const auto begin = result_of<uint64_t>(call_raw(__NR_lseek, file, offset, SEEK_DATA));
    if (!begin) {
        return begin.error();
    }
    const auto end = result_of<uint64_t>(call_raw(__NR_lseek, file, begin.value(), SEEK_HOLE));
    if (!end) {
        return end.error();
    }
    return WrittenPart{begin.value(), end.value()};
}

Result<Done> discard_part(Descriptor file, uint64_t offset, size_t bytes) {
    for (;;) {
        const auto done = result_of<Done>(call_raw(
            __NR_fallocate, file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset, bytes));
        if (!is_to_go_on(done)) {
            return done;
        }
    }
}

Result<Done> map_file(Region region, Protection protection, Descriptor file, uint64_t offset) {
    return result_of<Done>(rt_sys_call_early(word(region.begin()), word(region.bytes()),
                                             word(protection), MAP_SHARED | MAP_FIXED, word(file),
                                             word(offset), __NR_mmap));
}

} // namespace rt::sys
