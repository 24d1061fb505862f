# Hosted programs (tools and outside observers of the tests) are a project of their own, built by the
# same compiler without the toolchain file: find_package and libc do not exist in the freestanding one.
include(ExternalProject)
set(POSTERN_HOST_BIN ${CMAKE_BINARY_DIR}/host/bin)
ExternalProject_Add(
  host_tools
  SOURCE_DIR ${CMAKE_CURRENT_LIST_DIR}/host
  BINARY_DIR ${CMAKE_BINARY_DIR}/host
  CMAKE_ARGS -DCMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER} -DCMAKE_ASM_COMPILER=${CMAKE_ASM_COMPILER}
             -DCMAKE_C_COMPILER=${CMAKE_ASM_COMPILER} -DCMAKE_BUILD_TYPE=RelWithDebInfo
             -DPOSTERN_ROOT=${CMAKE_SOURCE_DIR}
  BUILD_ALWAYS TRUE
  INSTALL_COMMAND "")
