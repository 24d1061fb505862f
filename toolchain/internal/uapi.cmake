# A sysroot of links to the kernel's UAPI headers and nothing else of the machine, so that a stray
# `#include <string.h>` does not compile.
set(POSTERN_UAPI ${CMAKE_BINARY_DIR}/uapi)

# Debian has asm/ in the multiarch folder, other distributions have it beside linux/.
find_path(POSTERN_LINUX_HEADERS linux/seccomp.h PATHS /usr/include NO_DEFAULT_PATH REQUIRED)
find_path(
  POSTERN_ASM_HEADERS
  asm/ucontext.h
  PATHS /usr/include/x86_64-linux-gnu /usr/include
  NO_DEFAULT_PATH REQUIRED
)
file(MAKE_DIRECTORY ${POSTERN_UAPI})
file(CREATE_LINK ${POSTERN_LINUX_HEADERS}/linux ${POSTERN_UAPI}/linux SYMBOLIC)
file(CREATE_LINK ${POSTERN_LINUX_HEADERS}/asm-generic ${POSTERN_UAPI}/asm-generic SYMBOLIC)
file(CREATE_LINK ${POSTERN_ASM_HEADERS}/asm ${POSTERN_UAPI}/asm SYMBOLIC)
