# Compiles code of a domain as an ordinary program of this machine, where sanitizers work.

# postern_add_native_test(NAME APP SOURCES file... [ARGUMENTS word...] [EXPECT expression])
#   Builds SOURCES by the same compiler for this machine, with AddressSanitizer and UndefinedBehaviorSanitizer, and
#   runs the program as ctest native.NAME. SOURCES are files of APP's domains and one with `int main(int, char **)`,
#   which may use the C++ library. The program has no domains and no monitor: functions are called directly.
#   rt::log_service prints; another service or a cross call ends the program with one line, unless SOURCES define
#   postern_native_service (toolchain/native/stubs.cc). EXPECT: the test passes if the output matches, for the
#   report of an intended fault.
function(postern_add_native_test name app)
  _postern_refuse_words_of_others(postern_add_native_test "postern_add_native_test(${name} ${app})" ${ARGN})
  cmake_parse_arguments(PARSE_ARGV 2 native "" "${POSTERN_VALUES_postern_add_native_test}"
                        "${POSTERN_LISTS_postern_add_native_test}")
  if(NOT TARGET ${app})
    message(FATAL_ERROR "postern_add_native_test(${name} ${app}): there is no app ${app}; "
                        "call postern_add_app first")
  endif()
  if(native_UNPARSED_ARGUMENTS OR NOT native_SOURCES)
    message(FATAL_ERROR "postern_add_native_test(${name} ${app}): expected SOURCES file... [ARGUMENTS word...] "
                        "[EXPECT expression], got '${ARGN}'")
  endif()
  _postern_find_sanitizer(POSTERN_HAS_SANITIZERS ${POSTERN_SANITIZERS})
  if(NOT POSTERN_HAS_SANITIZERS)
    add_test(NAME native.${name} COMMAND ${CMAKE_COMMAND} -E echo "skipped: this compiler has no AddressSanitizer: "
                                         "install libclang-rt-dev, and configure again")
    set_tests_properties(native.${name} PROPERTIES SKIP_REGULAR_EXPRESSION "skipped: this compiler")
    return()
  endif()

  set(folder ${CMAKE_CURRENT_BINARY_DIR}/${name}.native)
  set(program ${folder}/test)
  set(root ${POSTERN_ROOT})
  get_target_property(generated ${app} BINARY_DIR)
  get_target_property(sources ${app} SOURCE_DIR)
  set(flags -std=c++20 -O1 -g ${POSTERN_SANITIZERS} -I${root} -I${generated}/${app}.generated -I${sources})
  set(objects "")
  foreach(source IN LISTS native_SOURCES ITEMS ${root}/rt/base/line.cc ${root}/rt/base/errno.cc
                                               ${root}/toolchain/native/stubs.cc)
    get_filename_component(source ${source} ABSOLUTE)
    get_filename_component(stem ${source} NAME)
    set(object ${folder}/${stem}.o)
    add_custom_command(
      OUTPUT ${object}
      COMMAND ${CMAKE_COMMAND} -E make_directory ${folder}
      COMMAND ${CMAKE_CXX_COMPILER} ${flags} -MD -MF ${object}.d -MT ${object} -c ${source} -o ${object}
      DEPENDS ${source}
      DEPFILE ${object}.d
      COMMENT "Compiling ${stem} for native.${name}"
      VERBATIM)
    list(APPEND objects ${object})
  endforeach()
  add_custom_command(
    OUTPUT ${program}
    COMMAND ${CMAKE_CXX_COMPILER} ${POSTERN_SANITIZERS} ${objects} -o ${program}
    DEPENDS ${objects}
    COMMENT "Linking native.${name}"
    VERBATIM)
  add_custom_target(native_${name} ALL DEPENDS ${program})
  add_test(NAME native.${name} COMMAND ${program} ${native_ARGUMENTS})
  set_tests_properties(native.${name} PROPERTIES TIMEOUT 900 LABELS "one_kernel;needs:native_${name}")
  if(native_EXPECT)
    set_tests_properties(native.${name} PROPERTIES PASS_REGULAR_EXPRESSION "${native_EXPECT}")
  endif()
endfunction()

set(POSTERN_SANITIZERS -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)

# Finds out once whether the compiler can link a program of this machine with these flags, and sets `variable`.
function(_postern_find_sanitizer variable)
  if(NOT DEFINED ${variable})
    set(trial ${CMAKE_BINARY_DIR}/CMakeFiles/${variable})
    file(WRITE ${trial}.cc "int main() {}\n")
    execute_process(COMMAND ${CMAKE_CXX_COMPILER} ${ARGN} ${trial}.cc -o ${trial} RESULT_VARIABLE failed
                    OUTPUT_QUIET ERROR_QUIET)
    if(failed)
      set(has OFF)
    else()
      set(has ON)
    endif()
    set(${variable} ${has} CACHE BOOL "the compiler can link programs of this machine with ${ARGN}")
  endif()
endfunction()
