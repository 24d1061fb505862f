# The test harness of postern_add_test, as objects: archives belong to a domain (linker/image.ld.in).
include_guard(GLOBAL)
get_filename_component(postern_harness_root ${CMAKE_CURRENT_LIST_DIR} DIRECTORY)

# It is compiled against the domains of a test of its own, which has none: it names no domain.
set(postern_harness_generated ${CMAKE_BINARY_DIR}/postern_harness.generated)
file(CONFIGURE OUTPUT ${postern_harness_generated}/postern/domains.h @ONLY
     CONTENT "#pragma once\n#include \"rt/base/fault.h\"\nusing rt::Domain;\n")
add_library(postern_harness OBJECT EXCLUDE_FROM_ALL ${postern_harness_root}/tests/harness/harness.cc
            ${postern_harness_root}/tests/harness/child.cc)
target_link_libraries(postern_harness PUBLIC postern_flags)
target_include_directories(postern_harness PRIVATE ${postern_harness_generated})
