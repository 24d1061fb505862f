# Builds hosted programs in the folder in which it is called: all, or those that POSTERN_HOST_TOOLS names in the
# environment. No build folder keeps that choice, so a later build has all of them.
set(tools all)
if(DEFINED ENV{POSTERN_HOST_TOOLS} AND NOT "$ENV{POSTERN_HOST_TOOLS}" STREQUAL "")
  set(tools $ENV{POSTERN_HOST_TOOLS}) # toolchain/test and toolchain/mutate build fewer
endif()
execute_process(COMMAND ${CMAKE_COMMAND} --build . --target ${tools} COMMAND_ERROR_IS_FATAL ANY)
