add_executable(guest_job ${POSTERN_ROOT}/tests/hosted/guest_job.cc)
add_executable(rseq_probe ${POSTERN_ROOT}/tests/hosted/rseq_probe.cc)
add_executable(refuse_call ${POSTERN_ROOT}/tests/hosted/refuse_call.cc)
add_executable(pending_signals ${POSTERN_ROOT}/tests/hosted/pending_signals.cc)
add_executable(unread_errors ${POSTERN_ROOT}/tests/hosted/unread_errors.cc)
add_executable(without_dispatch ${POSTERN_ROOT}/tests/hosted/without_dispatch.cc)
add_executable(under_mdwe ${POSTERN_ROOT}/tests/hosted/under_mdwe.cc)
add_executable(never_both ${POSTERN_ROOT}/tests/hosted/never_both.cc)
add_executable(environment ${POSTERN_ROOT}/tests/hosted/environment.cc)
add_executable(sweep_watch ${POSTERN_ROOT}/tests/hosted/sweep_watch.cc ${POSTERN_ROOT}/tests/hosted/guest_oops.cc)
target_link_libraries(sweep_watch PRIVATE verify_parts)

add_executable(slot_page ${POSTERN_ROOT}/tests/hosted/slot_page.cc)

# Observers of apps/signer; tests/apps runs them.
set(hosted ${POSTERN_ROOT}/tests/hosted)
add_library(signer_common OBJECT ${hosted}/signer_report.cc ${hosted}/signer_session.cc
            ${hosted}/signer_image.cc ${hosted}/signer_bench.cc)
function(add_signer_tool name)
  add_executable(${name} ${ARGN})
  target_link_libraries(${name} PRIVATE signer_common)
endfunction()
add_signer_tool(signer_check ${hosted}/signer_check.cc ${hosted}/signer_check_files.cc
                ${hosted}/signer_check_hijack.cc ${hosted}/signer_check_requests.cc
                ${hosted}/signer_check_start.cc ${hosted}/signer_check_streams.cc)
add_signer_tool(signer_memory ${hosted}/signer_memory.cc ${hosted}/signer_search.cc)
add_signer_tool(signer_syscalls ${hosted}/signer_syscalls.cc)
add_signer_tool(signer_fuzz ${hosted}/signer_fuzz.cc ${hosted}/signer_fuzz_requests.cc
                ${hosted}/signer_search.cc)

# Clients of apps/guide/echo.
add_executable(echo_clients ${hosted}/echo_clients.cc)
target_link_libraries(echo_clients PRIVATE signer_common)

# The gates' own object, beside a hosted program.
enable_language(ASM)
add_executable(scrub_check ${POSTERN_ROOT}/tests/hosted/scrub_check.cc ${POSTERN_ROOT}/rt/gate/scrub.S)

# What tests/rt/sys/process.cc starts: made for protection keys, because it reads PKRU.
add_executable(process_child ${hosted}/process_child.cc)
target_compile_options(process_child PRIVATE -mpku)
