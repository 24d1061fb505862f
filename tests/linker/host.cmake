# Tests of linker/verify that need no build of an image: tampered copies, and a disassembler's opinion.
set(linker_tests ${POSTERN_ROOT}/tests/linker)
add_executable(verify_check ${linker_tests}/samples.cc ${linker_tests}/synthetic.cc ${linker_tests}/tamper.cc
               ${linker_tests}/damage.cc ${linker_tests}/opinion.cc ${linker_tests}/exceptions.cc
               ${linker_tests}/verify_check.cc ${POSTERN_ROOT}/tests/image/planting.cc)
target_link_libraries(verify_check PRIVATE verify_parts)
