/// System calls on names in the file system.
#include "rt/sys/path.h"

#include <asm/unistd.h>

#include "rt/sys/call.h"

namespace rt::sys {

using base::Done;
using base::Result;

Result<Done> make_folder(const char *path, uint32_t mode) {
    return result_of<Done>(call_raw(__NR_mkdir, path, mode));
}

Result<Done> make_node(const char *path, uint32_t mode, uint32_t major, uint32_t minor) {
    // [linux kdev_t.h v6.12 new_encode_dev]
    const uint32_t device = (minor & 0xff) | major << 8 | (minor & ~0xffu) << 12;
    return result_of<Done>(call_raw(__NR_mknod, path, mode, device));
}

Result<Done> make_link(const char *existing, const char *path) {
    return result_of<Done>(call_raw(__NR_link, existing, path));
}

Result<Done> make_symbolic_link(const char *target, const char *path) {
    return result_of<Done>(call_raw(__NR_symlink, target, path));
}

Result<Done> remove_name(const char *path) {
    return result_of<Done>(call_raw(__NR_unlink, path));
}

Result<Done> set_mode(const char *path, uint32_t mode) {
    return result_of<Done>(call_raw(__NR_chmod, path, mode));
}

Result<Done> set_owner(const char *path, uint32_t user, uint32_t group) {
    return result_of<Done>(call_raw(__NR_chown, path, user, group));
}

uint32_t set_mask(uint32_t mask) {
    return static_cast<uint32_t>(call_raw(__NR_umask, mask));
}

Result<Done> mount(const char *type, const char *path) {
    return result_of<Done>(call_raw(__NR_mount, type, path, type));
}

} // namespace rt::sys
