# Hosted programs (tools, and observers of tests from outside) are a project of their own. The same
# compiler builds it without the toolchain file, because a freestanding project has neither
# find_package nor a libc.
include(ExternalProject)
set(POSTERN_HOST_BIN ${CMAKE_BINARY_DIR}/host/bin)
set(host_compilers -DCMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER} -DCMAKE_ASM_COMPILER=${CMAKE_ASM_COMPILER}
                   -DCMAKE_C_COMPILER=${CMAKE_ASM_COMPILER} -DPOSTERN_ROOT=${CMAKE_SOURCE_DIR})
# The linker and the verifier of images, which every link needs first. Release, because the package holds them,
# and no path of this tree may be in them.
set(POSTERN_LINK ${CMAKE_BINARY_DIR}/verify/bin/link)
set(POSTERN_OWN_VERIFIER ${CMAKE_BINARY_DIR}/verify/bin/verify)
if(NOT POSTERN_VERIFY)
  set(POSTERN_VERIFY ${POSTERN_OWN_VERIFIER}) # toolchain/mutate names another one, to link images that this one refuses
endif()
ExternalProject_Add(
  postern_verify
  SOURCE_DIR ${CMAKE_CURRENT_LIST_DIR}/host
  BINARY_DIR ${CMAKE_BINARY_DIR}/verify
  CMAKE_ARGS ${host_compilers} -DCMAKE_BUILD_TYPE=Release -DPOSTERN_ONLY_LINKER=ON
  BUILD_ALWAYS TRUE
  BUILD_BYPRODUCTS ${POSTERN_OWN_VERIFIER} ${POSTERN_LINK}
  INSTALL_COMMAND "")
ExternalProject_Add(
  host_tools
  SOURCE_DIR ${CMAKE_CURRENT_LIST_DIR}/host
  BINARY_DIR ${CMAKE_BINARY_DIR}/host
  CMAKE_ARGS ${host_compilers} -DPOSTERN_PAYLOAD_DOMAINS=${CMAKE_BINARY_DIR}/bench/bench_payload.generated
  BUILD_COMMAND ${CMAKE_COMMAND} -P ${CMAKE_CURRENT_LIST_DIR}/host_tools.cmake
  BUILD_ALWAYS TRUE
  INSTALL_COMMAND "")
