# The judge of linked images. toolchain/verify.cmake builds it for the link step, toolchain/host for the tests.
set(verify ${POSTERN_ROOT}/linker/verify)
add_library(verify_parts OBJECT ${verify}/image.cc ${verify}/scan.cc ${verify}/segments.cc ${verify}/instructions.cc
                                ${verify}/regions.cc ${verify}/owners.cc ${verify}/pass.cc ${verify}/explain.cc)
add_executable(verify ${verify}/main.cc)
target_link_libraries(verify PRIVATE verify_parts)
