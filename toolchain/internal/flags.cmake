# The flags of all freestanding code, as one INTERFACE library. Each has its reason.
include_guard(GLOBAL)
include(${CMAKE_CURRENT_LIST_DIR}/uapi.cmake)

add_library(postern_flags INTERFACE)
add_library(postern::flags ALIAS postern_flags)
get_filename_component(postern_source_dir ${CMAKE_CURRENT_LIST_DIR}/../.. ABSOLUTE)
target_include_directories(postern_flags INTERFACE ${postern_source_dir})
target_compile_features(postern_flags INTERFACE cxx_std_20)
target_compile_options(
  postern_flags
  INTERFACE
    -ffreestanding # no hosted environment: `main` is an ordinary function, no library is assumed
    -nostdlibinc # /usr/include is not searched ...
    $<$<COMPILE_LANGUAGE:CXX>:-nostdinc++> # ... and so is libstdc++
    "SHELL:-isystem \"${POSTERN_UAPI}\"" # the only headers: linux/ asm/ asm-generic/ (uapi.cmake)
    -fpie # position-independent code reaches everything above 4 GiB by rip-relative addresses
    -fdirect-access-external-data # ... without a GOT
    -gdwarf-4 # the newest that the oldest supported gdb and llvm-symbolizer read
    # Names of files are relative to the roots of package, sources and build, so that equal sources give
    # equal bytes in any folder. The build's is last, because the build may be inside the sources. The
    # assembler takes the first that matches, so it is given the folder in which it runs.
    -ffile-compilation-dir=.
    -ffile-prefix-map=${postern_source_dir}/=
    -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=
    -ffile-prefix-map=${CMAKE_BINARY_DIR}=.
    -fno-omit-frame-pointer # backtraces inside a domain
    -ffunction-sections # the linker drops unused gates, services and functions
    -fdata-sections
    -fcf-protection=none # shadow stacks obey protection keys, and do not work with WD0
    # Probes each page of a large frame: no local variable steps over the guard below a stack.
    $<$<COMPILE_LANGUAGE:C,CXX>:-fstack-clash-protection>
    -fno-stack-protector # there is no canary at fs:0x28
    -fno-asynchronous-unwind-tables # no .eh_frame: nothing unwinds by table at run time
    -fno-lto # the optimiser moves constants across domains (linker/README.md)
    $<$<COMPILE_LANGUAGE:CXX>:-fno-exceptions>
    $<$<COMPILE_LANGUAGE:CXX>:-fno-rtti>
    $<$<COMPILE_LANGUAGE:CXX>:-fno-threadsafe-statics> # no run-time guard variables
)
add_library(postern_warnings INTERFACE)
target_compile_options(postern_warnings INTERFACE -Wall -Wextra -Wconversion -Werror)
