# The CMake toolchain file: names the tools and the triple, sets no flags (those are in flags.cmake).
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR x86_64)

# POSTERN_LLVM_SUFFIX chooses among installed versions: "" is the distribution's default, "-22" clang-22.
if(NOT DEFINED POSTERN_LLVM_SUFFIX)
  set(POSTERN_LLVM_SUFFIX "$ENV{POSTERN_LLVM_SUFFIX}" CACHE STRING "suffix of the LLVM tools, for example -22")
endif()
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES POSTERN_LLVM_SUFFIX)

set(CMAKE_CXX_COMPILER clang++${POSTERN_LLVM_SUFFIX})
set(CMAKE_ASM_COMPILER clang${POSTERN_LLVM_SUFFIX})
set(CMAKE_CXX_COMPILER_TARGET x86_64-linux-gnu)
set(CMAKE_ASM_COMPILER_TARGET x86_64-linux-gnu)
find_program(CMAKE_AR NAMES llvm-ar${POSTERN_LLVM_SUFFIX} REQUIRED)
find_program(CMAKE_RANLIB NAMES llvm-ranlib${POSTERN_LLVM_SUFFIX} REQUIRED)
# GNU strip and objcopy break the images (linker/README.md); LLVM's keep them whole.
find_program(CMAKE_STRIP NAMES llvm-strip${POSTERN_LLVM_SUFFIX} REQUIRED)
find_program(CMAKE_OBJCOPY NAMES llvm-objcopy${POSTERN_LLVM_SUFFIX} REQUIRED)

# There is no libc to link a trial program against.
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

# Runs an image natively where processor and kernel have protection keys, in QEMU elsewhere.
set(CMAKE_CROSSCOMPILING_EMULATOR "${CMAKE_CURRENT_LIST_DIR}/emulate")

# Installed, the package lies in the same prefix: find_package(Postern) needs no second option.
get_filename_component(postern_prefix ${CMAKE_CURRENT_LIST_DIR}/../../.. REALPATH)
if(EXISTS ${postern_prefix}/share/postern/toolchain/toolchain.cmake)
  list(APPEND CMAKE_PREFIX_PATH ${postern_prefix})
endif()
