# The verifier of linked images. It is built first, for the link step (toolchain/internal/host.cmake); the tests build its
# parts again.
set(verify ${POSTERN_ROOT}/linker/verify)
set(link ${POSTERN_ROOT}/linker/link)
add_library(verify_parts OBJECT ${verify}/image.cc ${verify}/scan.cc ${verify}/segments.cc ${verify}/instructions.cc
                                ${verify}/regions.cc ${verify}/alternatives.cc ${verify}/inputs.cc ${verify}/owners.cc
                                ${verify}/pass.cc ${verify}/explain.cc ${verify}/foreign.cc ${verify}/own_texts.cc ${verify}/placed.cc
                                ${link}/parts.cc ${link}/members.cc ${link}/script.cc)
if(NOT POSTERN_ONLY_LINKER)
  return() # the tests' tools need only the parts
endif()

# The tool that runs as the compiler's linker.
add_executable(link ${link}/main.cc ${link}/driver.cc ${link}/command.cc ${link}/archive.cc ${link}/object.cc ${link}/others.cc
                    ${link}/places.cc ${link}/prelink.cc ${link}/sound.cc ${link}/live.cc ${link}/resolve.cc
                    ${link}/groups.cc ${link}/own_names.cc)
target_link_libraries(link PRIVATE verify_parts)

add_executable(verify ${verify}/main.cc)
target_link_libraries(verify PRIVATE verify_parts)

# The audit of an image (linker/audit), from the same pass. The names of system calls come from the
# kernel's header.
set(audit ${POSTERN_ROOT}/linker/audit)
execute_process(COMMAND ${CMAKE_CXX_COMPILER} -E -dM -x c++ -include asm/unistd.h /dev/null
                OUTPUT_VARIABLE calls COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "#define __NR_[a-z0-9_]+ [0-9]+" calls "${calls}")
list(TRANSFORM calls REPLACE "#define __NR_([a-z0-9_]+) ([0-9]+)" "    {\\2, \"\\1\"},\n")
list(SORT calls)
list(JOIN calls "" calls)
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/system_call_names.inc @ONLY
     CONTENT "struct SystemCallName {
    unsigned number;
    const char *name;
};
static constexpr SystemCallName system_call_names[] = {
@calls@};
")
target_sources(verify PRIVATE ${audit}/facts.cc ${audit}/names.cc ${audit}/tables.cc ${audit}/read.cc ${audit}/sha256.cc
                              ${audit}/json.cc ${audit}/authority.cc ${audit}/table.cc ${audit}/policy.cc
                              ${audit}/strips.cc ${audit}/map.cc ${audit}/report.cc)
target_include_directories(verify PRIVATE ${CMAKE_BINARY_DIR}/generated)
