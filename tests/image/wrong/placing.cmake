# Bytes that a domain's object brings into a region that the domain has not, by the name of a section.
write_source(app.h "#pragma once
#include \"rt/rt.h\"
uint64_t ask(uint64_t); uint64_t answer(uint64_t);
constexpr rt::Entry<Domain::alice, ask> ask_entry;
constexpr rt::Entry<Domain::bob, answer> answer_entry;
#define AT(name) [[gnu::section(name)]]\n")
write_source(app.cc "#include \"app.h\"
POSTERN_DATA(bob) uint64_t bobs_word = 1;
POSTERN_DATA(nobodys) uint64_t nobodys_word = 1;
AT(\".data..postern.monitor\") uint64_t monitors_word = 1;
rt::Exit main(rt::Arguments) {
    const uint64_t places = uint64_t(&bobs_word) + uint64_t(&nobodys_word) + monitors_word;
    return rt::call<Domain::alice>(ask_entry, places) && rt::call<Domain::bob>(answer_entry, places)
               ? rt::Exit::success : rt::Exit::failure;
}\n")
write_source(bob.cc "#include \"app.h\"\nuint64_t answer(uint64_t a) { return a; }\n")
include_directories(${CMAKE_BINARY_DIR})
function(app places)
  write_source(alice.cc "#include \"app.h\"\n${places} word;\nuint64_t ask(uint64_t a) { return word += a; }\n")
  postern_add_app(app DOMAINS alice bob DATA inbox outbox nobodys SOURCES app.cc)
  postern_add_domain(app alice SOURCES alice.cc ${ARGN})
  postern_add_domain(app bob SOURCES bob.cc)
  postern_add_data(app inbox READERS bob WRITERS alice)
  postern_add_data(app outbox BORROWERS alice)
endfunction()

# right
write_source(more.cc "#include \"app.h\"\nPOSTERN_DATA(inbox) uint64_t second = 3;\nPOSTERN_BSS(alice) uint64_t third;\n")
app("extern uint64_t second, third; POSTERN_DATA(outbox) uint64_t first = 4;
uint64_t sum() { return first + second + third; }\nuint64_t" more.cc)

# wrong monitors_data: of domain alice places .data..postern.monitor in the region of monitor, which alice does not have: define it in the app's SOURCES, or rename the section
# shows object_brings_no_runtime_rows tries attack_101
app("AT(\".data..postern.monitor\") constinit uint64_t")

# wrong monitors_zeros: of domain alice places .bss..postern.monitor in the region of monitor, which alice does not have
# shows object_brings_no_runtime_rows tries attack_101
app("AT(\".bss..postern.monitor\") uint64_t")

# wrong another_domains_data: of domain alice places .data..postern.bob in the region of bob, which alice does not have
# shows object_brings_no_runtime_rows tries attack_101
app("POSTERN_DATA(bob) uint64_t")

# wrong another_domains_zeros: of domain alice places .bss..postern.bob in the region of bob, which alice does not have
# shows object_brings_no_runtime_rows tries attack_101
app("POSTERN_BSS(bob) uint64_t")

# wrong data_domain_of_nobody: of domain alice places .data..postern.nobodys in the region of nobodys, which alice does not have
# shows object_brings_no_runtime_rows tries attack_101
app("POSTERN_DATA(nobodys) uint64_t")
