# The CMake toolchain file: names the tools and the triple. It sets no flags (those are in
# flags.cmake).
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR x86_64)

# POSTERN_LLVM_SUFFIX chooses an installed version: "" is the distribution's default, "-22" is clang-22.
if(NOT DEFINED POSTERN_LLVM_SUFFIX)
  set(POSTERN_LLVM_SUFFIX "$ENV{POSTERN_LLVM_SUFFIX}" CACHE STRING "suffix of the LLVM tools, for example -22")
endif()
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES POSTERN_LLVM_SUFFIX)

# Finds a tool by name; GNU strip and objcopy break the images (linker/README.md), LLVM's keep them whole.
function(_postern_find_tool variable name package)
  find_program(${variable} NAMES ${name}${POSTERN_LLVM_SUFFIX})
  if(NOT ${variable})
    message(FATAL_ERROR "Postern needs ${name}${POSTERN_LLVM_SUFFIX}, which is not in PATH: install the package "
                        "${package}${POSTERN_LLVM_SUFFIX} (${CMAKE_CURRENT_FUNCTION_LIST_DIR}/setup does), or set "
                        "POSTERN_LLVM_SUFFIX to the suffix of an installed version, for example -14")
  endif()
endfunction()
_postern_find_tool(POSTERN_CLANG clang clang)
_postern_find_tool(POSTERN_CLANGXX clang++ clang)
_postern_find_tool(POSTERN_LLD ld.lld lld)
_postern_find_tool(CMAKE_AR llvm-ar llvm)
_postern_find_tool(CMAKE_RANLIB llvm-ranlib llvm)
_postern_find_tool(CMAKE_STRIP llvm-strip llvm)
_postern_find_tool(CMAKE_OBJCOPY llvm-objcopy llvm)
set(CMAKE_C_COMPILER clang${POSTERN_LLVM_SUFFIX})
set(CMAKE_CXX_COMPILER clang++${POSTERN_LLVM_SUFFIX})
set(CMAKE_ASM_COMPILER clang${POSTERN_LLVM_SUFFIX})
set(CMAKE_C_COMPILER_TARGET x86_64-linux-gnu)
set(CMAKE_CXX_COMPILER_TARGET x86_64-linux-gnu)
set(CMAKE_ASM_COMPILER_TARGET x86_64-linux-gnu)

# Newer CMake makes the linker write a dependency file of its own. image.cmake asks for one, for
# linker/verify.
set(CMAKE_LINK_DEPENDS_USE_LINKER FALSE)

# Optimisation and debug information are the build type's (flags.cmake has what the ABI needs).
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "-O2 -g; Debug, Release and MinSizeRel are the others" FORCE)
endif()

# There is no libc to link a trial program against.
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

# Runs an image natively, or in QEMU if it needs protection keys and this machine has none.
set(CMAKE_CROSSCOMPILING_EMULATOR "${CMAKE_CURRENT_LIST_DIR}/emulate" --any-isolation)

# An installed package is in the same prefix, so that find_package(Postern) needs no second option.
get_filename_component(POSTERN_TOOLCHAIN ${CMAKE_CURRENT_LIST_FILE} REALPATH)
get_filename_component(postern_prefix ${CMAKE_CURRENT_LIST_DIR}/../../.. REALPATH)
if(EXISTS ${postern_prefix}/share/postern/toolchain/toolchain.cmake)
  list(APPEND CMAKE_PREFIX_PATH ${postern_prefix})
endif()
