# The app of foreign.cmake and objects.cmake: its domains alice and bob, of which bob is the hostile one.
write_source(app.h "#pragma once
#include \"rt/rt.h\"
uint64_t ask(uint64_t); uint64_t answer(uint64_t);
constexpr rt::Entry<Domain::alice, ask> ask_entry;
constexpr rt::Entry<Domain::bob, answer> answer_entry;\n")
write_source(alice.cc "#include \"app.h\"
extern \"C\" uint64_t keyed_hash(uint64_t);
uint64_t ask(uint64_t a) { return keyed_hash(a); }\n")
write_source(hash.cc "#include <stdint.h>\nextern \"C\" uint64_t keyed_hash(uint64_t a) { return a * 31; }\n")
write_source(app.cc "#include \"app.h\"
rt::Exit main(rt::Arguments) {
    return rt::call<Domain::alice>(ask_entry, uint64_t{1}) && rt::call<Domain::bob>(answer_entry, uint64_t{1})
               ? rt::Exit::success : rt::Exit::failure;
}\n")
include_directories(${CMAKE_BINARY_DIR})

# The app, with this text as the source of bob; the rest goes to postern_add_app.
function(app bob)
  write_source(bob.cc "#include \"app.h\"\n${bob}")
  postern_add_app(app DOMAINS bob alice SOURCES app.cc ${ARGN})
  postern_add_domain(app bob SOURCES bob.cc)
  postern_add_domain(app alice SOURCES alice.cc hash.cc)
endfunction()

# A static library of the app's, of which main uses weigh().
function(helper name)
  write_source(weigh.cc "unsigned long weigh(unsigned long a) { return a + 1; }\n")
  add_library(${name} STATIC weigh.cc)
  target_link_libraries(app PRIVATE ${name})
  write_source(app.cc "#include \"app.h\"
unsigned long weigh(unsigned long);
rt::Exit main(rt::Arguments a) {
    return rt::call<Domain::bob>(answer_entry, weigh(a.count())) ? rt::Exit::success : rt::Exit::failure;
}\n")
endfunction()

set(extra "extern \"C\" void extra() {}\n")
