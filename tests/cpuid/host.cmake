# The recorder of processors, and the verifier of what the runtime reads out of the recordings.
set(cpuid ${POSTERN_ROOT}/tests/cpuid)
add_executable(cpuid_dump ${cpuid}/dump.cc ${POSTERN_ROOT}/rt/key/cpuid.cc)
add_executable(cpuid_check ${cpuid}/check.cc ${cpuid}/recording.cc ${cpuid}/expected.cc)
