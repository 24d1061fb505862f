# The hosted side of the benchmarks: the alternatives to Postern, and the driver.
enable_language(C)
enable_language(ASM)
set(bench ${POSTERN_ROOT}/bench)

set(alternative ${bench}/alternative)
set(rt_memory ${POSTERN_ROOT}/rt/memory)
set(memory_functions ${rt_memory}/compare.S ${rt_memory}/move.S ${rt_memory}/set.S)
add_executable(
  bench_alternative
  ${alternative}/main.cc
  ${alternative}/crash.cc
  ${alternative}/emulation.cc
  ${alternative}/fault.cc
  ${alternative}/handler.cc
  ${alternative}/heap.cc
  ${alternative}/heap_work.cc
  ${alternative}/image.cc
  ${alternative}/inflate.cc
  ${alternative}/lives.cc
  ${alternative}/load.cc
  ${alternative}/memory.cc
  ${alternative}/notification.cc
  ${alternative}/peer.cc
  ${alternative}/ping_pong.cc
  ${alternative}/processor.cc
  ${alternative}/resume.S
  ${alternative}/spaces.cc
  ${alternative}/start.cc
  ${alternative}/system_call.cc
  ${alternative}/tracing.cc
  ${POSTERN_ROOT}/rt/key/cpuid.cc
  ${memory_functions})
# zlib called directly, beside the same archive in a domain. Without the package these rows say that it is missing.
find_file(POSTERN_LIBZ libz.a PATHS /usr/lib/x86_64-linux-gnu /usr/lib64 /usr/lib NO_DEFAULT_PATH)
find_file(POSTERN_ZLIB_H zlib.h PATHS /usr/include NO_DEFAULT_PATH)
if(POSTERN_LIBZ AND POSTERN_ZLIB_H)
  target_sources(bench_alternative PRIVATE ${bench}/asked/codec.c)
  set_source_files_properties(${bench}/asked/codec.c PROPERTIES COMPILE_OPTIONS -std=c17)
  target_compile_definitions(bench_alternative PRIVATE BENCH_HAS_ZLIB)
  target_link_libraries(bench_alternative PRIVATE ${POSTERN_LIBZ})
endif()
# They are assembled under other names, beside glibc's.
foreach(function memcpy memmove memset memcmp bcmp)
  set_property(SOURCE ${memory_functions} APPEND PROPERTY COMPILE_DEFINITIONS ${function}=postern_${function})
endforeach()
target_link_options(bench_alternative PRIVATE -Wl,-T,${alternative}/memory.ld)

add_executable(bench_heap_memory ${alternative}/heap_memory.cc ${alternative}/heap_work.cc ${alternative}/processor.cc)

# The programs whose start-up is measured. Bare: no libc, one or two system calls.
foreach(hello 0 1)
  set(name start_bare_exit)
  if(hello)
    set(name start_bare_hello)
  endif()
  add_executable(${name} ${alternative}/start_bare.S)
  target_compile_definitions(${name} PRIVATE BENCH_HELLO=${hello})
  target_link_options(${name} PRIVATE -nostdlib -Wl,--build-id=none)
endforeach()
set_source_files_properties(${alternative}/start_hello.c PROPERTIES COMPILE_OPTIONS -std=c17)
add_executable(start_glibc_hello ${alternative}/start_hello.c)
find_path(MUSL_HEADERS stdio.h PATHS /usr/include/x86_64-linux-musl NO_DEFAULT_PATH)
find_library(MUSL_LIBC libc.a PATHS /usr/lib/x86_64-linux-musl NO_DEFAULT_PATH)
if(MUSL_HEADERS AND MUSL_LIBC)
  get_filename_component(musl ${MUSL_LIBC} DIRECTORY)
  add_executable(start_musl_hello ${alternative}/start_hello.c ${musl}/crt1.o)
  target_compile_options(start_musl_hello PRIVATE -nostdlibinc -isystem ${MUSL_HEADERS})
  target_link_options(start_musl_hello PRIVATE -nostdlib)
  target_link_libraries(start_musl_hello PRIVATE ${MUSL_LIBC})
endif()

# The driver is the only hosted program that is not static, because the distribution has libbenchmark
# only as a shared library. If the package is missing, only the driver is left out; toolchain/setup
# installs it.
set(driver ${bench}/driver)
find_package(benchmark)
if(benchmark_FOUND)
  add_executable(
    bench_driver
    ${driver}/main.cc
    ${driver}/figures.cc
    ${driver}/layout.cc
    ${driver}/machine.cc
    ${driver}/measure.cc
    ${driver}/options.cc
    ${driver}/process.cc
    ${driver}/program.cc
    ${driver}/reporter.cc
    ${driver}/session.cc
    ${driver}/statistics.cc
    ${driver}/tables.cc
    ${driver}/target_list.cc
    ${driver}/targets.cc)
  set_target_properties(bench_driver PROPERTIES LINK_OPTIONS "")
  target_link_libraries(bench_driver PRIVATE benchmark::benchmark)
endif()
add_executable(bench_changes ${driver}/changes.cc ${driver}/json.cc ${driver}/process.cc)
add_executable(bench_fake ${driver}/fake.cc)
add_executable(bench_targets ${driver}/layout.cc ${driver}/page.cc ${driver}/target_list.cc)
add_executable(bench_driver_check ${driver}/check.cc ${driver}/json.cc ${driver}/process.cc)
