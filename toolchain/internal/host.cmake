# Hosted programs (tools and outside observers of the tests) are a project of their own, built by the
# same compiler without the toolchain file: find_package and libc do not exist in the freestanding one.
include(ExternalProject)
set(POSTERN_HOST_BIN ${CMAKE_BINARY_DIR}/host/bin)
set(host_compilers -DCMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER} -DCMAKE_ASM_COMPILER=${CMAKE_ASM_COMPILER}
                   -DCMAKE_C_COMPILER=${CMAKE_ASM_COMPILER} -DPOSTERN_ROOT=${CMAKE_SOURCE_DIR})
# What links images, and their judge, which every link waits for. Release: the package holds them, and no path of
# this tree.
set(POSTERN_LINK ${CMAKE_BINARY_DIR}/verify/bin/link)
set(POSTERN_OWN_VERIFIER ${CMAKE_BINARY_DIR}/verify/bin/verify)
if(NOT POSTERN_VERIFY)
  set(POSTERN_VERIFY ${POSTERN_OWN_VERIFIER}) # toolchain/mutate links images that it refuses, by another
endif()
ExternalProject_Add(
  postern_verify
  SOURCE_DIR ${CMAKE_CURRENT_LIST_DIR}/host
  BINARY_DIR ${CMAKE_BINARY_DIR}/verify
  CMAKE_ARGS ${host_compilers} -DCMAKE_BUILD_TYPE=Release -DPOSTERN_ONLY_LINKER=ON
  BUILD_ALWAYS TRUE
  BUILD_BYPRODUCTS ${POSTERN_OWN_VERIFIER} ${POSTERN_LINK}
  INSTALL_COMMAND "")
if(NOT POSTERN_HOST_TOOLS)
  set(POSTERN_HOST_TOOLS all) # toolchain/mutate builds fewer
endif()
ExternalProject_Add(
  host_tools
  SOURCE_DIR ${CMAKE_CURRENT_LIST_DIR}/host
  BINARY_DIR ${CMAKE_BINARY_DIR}/host
  CMAKE_ARGS ${host_compilers} -DPOSTERN_PAYLOAD_DOMAINS=${CMAKE_BINARY_DIR}/bench/bench_payload.generated
  BUILD_COMMAND ${CMAKE_COMMAND} --build <BINARY_DIR> --target ${POSTERN_HOST_TOOLS}
  BUILD_ALWAYS TRUE
  INSTALL_COMMAND "")
