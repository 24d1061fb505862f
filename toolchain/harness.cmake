# Tests of images: postern_add_test, and the harness. It is linked as objects, because an archive
# must belong to a domain.
include_guard(GLOBAL)
get_filename_component(postern_harness_root ${CMAKE_CURRENT_LIST_DIR} DIRECTORY)

# The harness is compiled for an app without domains, because it names none.
set(postern_harness_generated ${CMAKE_BINARY_DIR}/postern_harness.generated)
file(CONFIGURE OUTPUT ${postern_harness_generated}/postern/domains.inc CONTENT "")
add_library(postern_harness OBJECT EXCLUDE_FROM_ALL ${postern_harness_root}/tests/harness/harness.cc
            ${postern_harness_root}/tests/harness/child.cc)
target_link_libraries(postern_harness PUBLIC postern_flags)
target_include_directories(postern_harness PRIVATE ${postern_harness_generated})
target_compile_definitions(postern_harness INTERFACE POSTERN_CHECKS_LOCKS) # rt/entry/call.h

# postern_add_test(SUBJECT SOURCES file... [DOMAINS d...] [SHARED_MEMORY d...] [STACK bytes]
#                  [DATA d...] [WRITES_KEY_0 d...] [TIMEOUT seconds] [ARGUMENTS word...] [FRAME_STRATEGIES]
#                  [KEYS_ALONE reason] [ALLOW_SITES function...] [an option of linker/options.inc...])
#   One image of test cases (tests/harness). It runs as ctest SUBJECT, in the emulator if there is no
#   PKU. With FRAME_STRATEGIES it runs a second time as SUBJECT.frame_key, with the frame strategy of
#   old kernels forced. If it has DOMAINS, it also runs as SUBJECT.spaces: on this machine, each domain
#   in an address space of its own, by a hundredth of the loop counts. KEYS_ALONE says why it does not;
#   a case that cannot hold there has the tag NEEDS_KEYS. ALLOW_SITES names functions that hold
#   instructions on purpose that linker/verify refuses elsewhere; a final * matches anything.
#   postern_add_domain(test_SUBJECT ...) and postern_add_data(test_SUBJECT ...) may add to the image.
function(postern_add_test subject)
  set(who "postern_add_test(${subject})")
  _postern_refuse_words_of_others(postern_add_test "${who}" ${ARGN})
  cmake_parse_arguments(PARSE_ARGV 1 test "${POSTERN_FLAGS_postern_add_test}" "${POSTERN_VALUES_postern_add_test}"
                        "${POSTERN_LISTS_postern_add_test}")
  if(test_UNPARSED_ARGUMENTS)
    _postern_words_of(words postern_add_test)
    string(JOIN ", " words ${words})
    message(FATAL_ERROR "${who}: unknown words '${test_UNPARSED_ARGUMENTS}'; it takes ${words}")
  endif()
  if(NOT test_TIMEOUT)
    set(test_TIMEOUT 900)
  endif()
  set(words FRAME_FORCIBLE)
  foreach(word IN LISTS POSTERN_OPTIONS)
    if(test_${word})
      list(APPEND words ${word})
    endif()
  endforeach()
  foreach(word STACK ${POSTERN_CHOICES} ${POSTERN_LISTS_postern_add_test})
    if(DEFINED test_${word} AND NOT word STREQUAL ARGUMENTS)
      list(APPEND words ${word} ${test_${word}})
    endif()
  endforeach()
  postern_add_app(test_${subject} ${words})
  target_link_libraries(test_${subject} PRIVATE postern_harness)
  if(CMAKE_SOURCE_DIR STREQUAL POSTERN_ROOT) # an app's own tests choose their warnings
    target_link_libraries(test_${subject} PRIVATE postern_warnings)
  endif()
  set(runs ${subject})
  if(test_FRAME_STRATEGIES)
    list(APPEND runs ${subject}.frame_key)
  endif()
  foreach(run IN LISTS runs)
    add_test(NAME ${run} COMMAND test_${subject} ${test_ARGUMENTS})
    # The output is checked, too, because some cases test exit statuses.
    set_tests_properties(
      ${run} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT ${test_TIMEOUT} ENVIRONMENT POSTERN_STDIN=none
                        FAIL_REGULAR_EXPRESSION ", [1-9][0-9]* failed")
  endforeach()
  if(test_FRAME_STRATEGIES)
    set_property(TEST ${subject}.frame_key APPEND PROPERTY ENVIRONMENT POSTERN_FRAME=frame_key)
  endif()
  if(test_DOMAINS AND NOT test_KEYS_ALONE AND NOT test_REQUIRES_KEYS)
    _postern_add_run_in_spaces(${subject} ${test_TIMEOUT} ${test_ARGUMENTS})
  endif()
endfunction()

# The same image where each domain has an address space of its own, for which no emulator is needed. It runs alone:
# whatever runs beside it takes the core between a call and its answer.
function(_postern_add_run_in_spaces subject seconds)
  add_test(NAME ${subject}.spaces COMMAND $<TARGET_FILE:test_${subject}> ${ARGN})
  set_tests_properties(
    ${subject}.spaces PROPERTIES RUN_SERIAL TRUE SKIP_RETURN_CODE 77 TIMEOUT ${seconds}
                                 LABELS needs:test_${subject} # which ctest does not know before it is built
                                 FAIL_REGULAR_EXPRESSION ", [1-9][0-9]* failed"
                                 ENVIRONMENT "POSTERN_ISOLATION=space;POSTERN_SCALE=100")
endfunction()

# postern_add_intel_run(SUBJECT CASE)
#   Runs CASE of the image again, as ctest SUBJECT.intel, on an emulated Intel processor. The
#   emulator's default reports AMD.
function(postern_add_intel_run subject case)
  add_test(NAME ${subject}.intel COMMAND ${CMAKE_CROSSCOMPILING_EMULATOR} --cpu max,la57=off,vendor=GenuineIntel
                                         $<TARGET_FILE:test_${subject}> ${case})
  set_tests_properties(${subject}.intel PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 900 ENVIRONMENT POSTERN_STDIN=none
                       FAIL_REGULAR_EXPRESSION ", [1-9][0-9]* failed"
                       SKIP_REGULAR_EXPRESSION "qemu-system-x86_64: not found")
endfunction()
