# Each library called natively, by the same glue and with the same archives as in its domain. A program each, because
# some libraries define the same names.
enable_language(C)
include(${POSTERN_ROOT}/tests/libraries/table.cmake)
add_custom_target(native_libraries)
foreach(name IN LISTS LIBRARIES)
  add_executable(library_${name} ${POSTERN_ROOT}/tests/libraries/native.cc ${POSTERN_ROOT}/tests/libraries/${name}.c)
  target_compile_definitions(library_${name} PRIVATE NAME=${name})
  target_compile_options(library_${name} PRIVATE $<$<COMPILE_LANGUAGE:C>:-std=c17> ${LIBRARY_HEADERS})
  target_link_libraries(library_${name} PRIVATE ${LIBRARY_${name}_ARCHIVES})
  set_target_properties(library_${name} PROPERTIES LINKER_LANGUAGE CXX)
  add_dependencies(native_libraries library_${name})
endforeach()
