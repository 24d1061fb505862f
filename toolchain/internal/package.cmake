# The CMake package: the files that `cmake --install` installs for find_package(Postern).
include(GNUInstallDirs)
set(postern_share ${CMAKE_INSTALL_DATADIR}/postern)
set(postern_libexec ${CMAKE_INSTALL_LIBEXECDIR}/postern)
install(PROGRAMS ${POSTERN_OWN_VERIFIER} ${POSTERN_LINK} DESTINATION ${postern_libexec})
list(TRANSFORM POSTERN_WITHOUT_GROUPS PREPEND postern_without_ OUTPUT_VARIABLE without)
install(TARGETS postern_rt postern_crt postern_c ${without} ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}/postern)
install(
  DIRECTORY ${CMAKE_SOURCE_DIR}/linker ${CMAKE_SOURCE_DIR}/crt ${CMAKE_SOURCE_DIR}/rt
  DESTINATION ${postern_share}
  FILES_MATCHING
  PATTERN "*.h"
  PATTERN "*.inc"
  PATTERN "*.ld.in"
  REGEX "/crt/library/include/new$")
install(FILES ${CMAKE_SOURCE_DIR}/rt/entry/domains.cc DESTINATION ${postern_share}/rt/entry) # compiled for each app
install(DIRECTORY ${CMAKE_SOURCE_DIR}/tests/harness DESTINATION ${postern_share}/tests)
# The sources of the emulator's init, which toolchain/guest/build compiles.
install(
  DIRECTORY ${CMAKE_SOURCE_DIR}/crt
  DESTINATION ${postern_share}
  FILES_MATCHING
  PATTERN "*.cc"
  PATTERN "*.S")
install(
  DIRECTORY ${CMAKE_SOURCE_DIR}/rt/base ${CMAKE_SOURCE_DIR}/rt/sys
  DESTINATION ${postern_share}/rt
  FILES_MATCHING
  PATTERN "*.cc"
  PATTERN "*.S")
install(
  DIRECTORY ${CMAKE_SOURCE_DIR}/toolchain
  DESTINATION ${postern_share}
  USE_SOURCE_PERMISSIONS
  PATTERN "host" EXCLUDE
  PATTERN "host.cmake" EXCLUDE
  PATTERN "package.cmake" EXCLUDE
  PATTERN "*.in" EXCLUDE
  PATTERN "demo" EXCLUDE
  PATTERN "bench" EXCLUDE
  PATTERN "test" EXCLUDE
  PATTERN "hardware" EXCLUDE
  PATTERN "run.bash" EXCLUDE
  PATTERN "needs.awk" EXCLUDE
  PATTERN "mutate" EXCLUDE
  PATTERN "mutants.*" EXCLUDE)
# All pages, at the places that their links expect, and the apps of the guide, which users copy.
set(folders_with_pages apps bench crt linker rt tests .github)
list(TRANSFORM folders_with_pages REPLACE "(.+)" "${CMAKE_SOURCE_DIR}/\\1/*.md")
file(GLOB_RECURSE pages RELATIVE ${CMAKE_SOURCE_DIR} CONFIGURE_DEPENDS ${folders_with_pages})
list(APPEND pages README.md LICENSE apps/signer/signer.svg)
foreach(page IN LISTS pages)
  get_filename_component(folder ${page} DIRECTORY)
  install(FILES ${CMAKE_SOURCE_DIR}/${page} DESTINATION ${postern_share}/${folder})
endforeach()
install(DIRECTORY ${CMAKE_SOURCE_DIR}/apps/hello ${CMAKE_SOURCE_DIR}/apps/guide DESTINATION ${postern_share}/apps)
configure_file(${CMAKE_SOURCE_DIR}/toolchain/internal/PosternConfig.cmake.in
               ${CMAKE_BINARY_DIR}/PosternConfig.cmake @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/PosternConfig.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/Postern)
