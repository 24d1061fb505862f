# bench_stand_in: the payload's rows on machines without protection keys. It has the same sources of rt/entry,
# rt/gate and rt/uaccess, with another instruction instead of wrpkru.
set(bench ${POSTERN_ROOT}/bench)
set(rt ${POSTERN_ROOT}/rt)
enable_language(ASM)
add_executable(
  bench_stand_in
  ${bench}/gate/across.S
  ${bench}/gate/copy.S
  ${bench}/gate/ladder.S
  ${bench}/gate/pair.S
  ${bench}/payload/accesses.cc
  ${bench}/payload/across.cc
  ${bench}/payload/calls.cc
  ${bench}/payload/copies.cc
  ${bench}/payload/guest.cc
  ${bench}/payload/ladder.cc
  ${bench}/payload/latency.cc
  ${bench}/payload/multiply.cc
  ${bench}/payload/nested.cc
  ${bench}/payload/run.cc
  ${bench}/payload/services.cc
  ${bench}/payload/shapes.cc
  ${bench}/payload/work.cc
  ${bench}/shape/four_switches.S
  ${bench}/shape/locked_monitor.S
  ${bench}/shape/locked_monitor.cc
  ${bench}/shape/two_switches.S
  ${bench}/stand_in/layout.S
  ${bench}/stand_in/main.cc
  ${POSTERN_ROOT}/crt/give_up.cc
  ${POSTERN_ROOT}/rt/entry/domains.cc
  ${rt}/base/errno.cc
  ${rt}/base/line.cc
  ${rt}/domain/alias.cc
  ${rt}/domain/fault_text.cc
  ${rt}/domain/key_allocator.cc
  ${rt}/domain/table.cc
  ${rt}/entry/log.cc
  ${rt}/entry/serve.cc
  ${rt}/gate/cross.S
  ${rt}/gate/current.cc
  ${rt}/gate/enter.S
  ${rt}/gate/last_fault.cc
  ${rt}/gate/leave.S
  ${rt}/gate/refuse.cc
  ${rt}/gate/scrub.S
  ${rt}/gate/service.S
  ${rt}/gate/unwind.S
  ${rt}/key/isolation.cc
  ${rt}/patch/apply.cc
  ${rt}/sys/call.S
  ${rt}/sys/file.cc
  ${rt}/sys/log.cc
  ${rt}/sys/memory.cc
  ${rt}/sys/panic.cc
  ${rt}/sys/process.cc
  ${rt}/sys/timer.cc
  ${rt}/uaccess/access.S
  ${rt}/uaccess/copy.S
  ${rt}/uaccess/copy.cc
  ${rt}/uaccess/user.cc
  ${rt}/uaccess/window.S
  ${rt}/uaccess/window.cc)
# It has the domains of the payload, from the rows that postern_add_app has written.
target_include_directories(bench_stand_in PRIVATE ${bench}/stand_in ${POSTERN_PAYLOAD_DOMAINS})
target_compile_options(
  bench_stand_in
  PRIVATE $<$<COMPILE_LANGUAGE:ASM>:SHELL:-include ${bench}/stand_in/drain.h>
          # The flags of toolchain/internal/flags.cmake that affect the measured code.
          -ffreestanding
          -fno-pie
          -fno-omit-frame-pointer
          -ffunction-sections
          -fdata-sections
          -fcf-protection=none
          -fno-stack-protector
          $<$<COMPILE_LANGUAGE:CXX>:-fno-exceptions>
          $<$<COMPILE_LANGUAGE:CXX>:-fno-rtti>
          $<$<COMPILE_LANGUAGE:CXX>:-mfsgsbase>)
target_link_options(bench_stand_in PRIVATE -Wl,--gc-sections -Wl,-T,${bench}/stand_in/services.ld)
