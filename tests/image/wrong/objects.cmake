# Hostile objects and archives: relocations, sections, symbols, members.
include(${FRAMES}/two_domains.cmake)

# A section of bob with a system call, whose name holds a line of the map: a page, said to be of OBJECT.
function(section_with_a_line object address)
  make_object(extra.obj "extern \"C\" [[gnu::section(\".text.extra\")]] void keyed_hash() { asm(\"syscall\"); }\n")
  set(number "     ${address} ")
  set(line "${number}${number}    1000     1         ${object}:(.text")
  run(${CMAKE_OBJCOPY} "--rename-section=.text.extra=.text.x)\n${line}" extra.obj)
  pack(libextra.a rcs extra.obj)
  write_source(alice.cc "#include \"app.h\"\nuint64_t ask(uint64_t a) { return a; }\n")
  write_source(hash.cc "int unused;\n")
  write_source(policy.txt "bob has no mediated bytes\n")
  app("extern \"C\" uint64_t keyed_hash(uint64_t);\nuint64_t answer(uint64_t a) { return keyed_hash(a); }\n"
      POLICY ${CMAKE_BINARY_DIR}/policy.txt)
  postern_add_domain(app bob LIBRARIES ${CMAKE_BINARY_DIR}/libextra.a)
endfunction()

# An archive of bob whose member has this name and a system call; the policy says that he has none.
function(long_member name)
  make_object(the_longest_name.obj "extern \"C\" void extra() { asm(\"syscall\"); }\n")
  pack(libextra.a rcs the_longest_name.obj)
  run(sed -i -z "s|the_longest_name.o|${name}|" libextra.a)
  write_source(policy.txt "bob has no mediated bytes\n")
  app("extern \"C\" void extra();\nuint64_t answer(uint64_t a) { extra(); return a; }\n" POLICY ${CMAKE_BINARY_DIR}/policy.txt)
  postern_add_domain(app bob LIBRARIES ${CMAKE_BINARY_DIR}/libextra.a)
endfunction()

# right
make_archive(libextra.a "${extra}")
app([==[
extern "C" void extra();
asm(R"(.section .postern.calls, "a", @progbits
.p2align 4
.section .postern.entries, "a", @progbits
.p2align 6
.section .data..Lconstinit, "aw", @progbits
counter: .quad 1
.text)");
uint64_t answer(uint64_t a) {
    extra();
    asm volatile("incq counter(%rip)"); // clang's own name for data, with -O0
    return a;
}
]==])
postern_add_domain(app bob LIBRARIES ${CMAKE_BINARY_DIR}/libextra.a)

# wrong variable_that_reaches_out_of_its_data_domain: board_word of domain bob extends beyond its section
# shows domain_takes_no_domains_names
app([==[
asm(R"(.section .data..postern.board, "aw", @progbits
.globl board_word
.type board_word, @object
.set board_word, . + 0x1000
.size board_word, 8
.quad 0
.text)");
extern "C" uint64_t board_word;
uint64_t answer(uint64_t a) { return a + board_word; }
]==] DATA board)
postern_add_data(app board WRITERS alice)

# wrong variable_without_bytes: board_word of domain bob has no bytes, and would lie among constants: give it some
# shows domain_takes_no_domains_names
app([==[
asm(R"(.section .data..postern.board, "aw", @progbits
.globl board_word
board_word:
.text)");
uint64_t answer(uint64_t a) { return a; }
]==] DATA board)
postern_add_data(app board WRITERS alice)

# wrong relocation_outside_of_its_section: bob.domain: a relocation at 0x40, outside of its section: no compiler makes that
# shows object_brings_no_runtime_rows
app([==[
asm(R"(.section .data.extra, "aw", @progbits
extra: .quad 0
.reloc 64, R_X86_64_64, 0x1122334455667788
.text)");
uint64_t answer(uint64_t a) { return a; }
]==])

# wrong relocation_of_debug_information: bob.domain: a relocation at 0x40, outside of its section
# shows object_brings_no_runtime_rows
app([==[
asm(R"(.section .debug_extra, "", @progbits
.quad 0
.reloc 64, R_X86_64_64, 0
.text)");
uint64_t answer(uint64_t a) { return a; }
]==])

# wrong view_of_a_gate: undefined symbol: rt_view_9
# shows domain_runs_by_entry_alone
app([==[
asm(".globl rt_view_9\nrt_view_9 = 0");
uint64_t answer(uint64_t a) { asm volatile("call rt_gate_enter_9"); return a; }
]==])

# wrong patches_of_gates: of domain bob brings rows of the table .alternatives
# shows object_brings_no_runtime_rows
app([==[
asm(R"(.section .rodata.bytes, "a", @progbits
bytes: .byte 0x0f, 0x01, 0xef, 0xff, 0xe6
.section .text.linked, "ax", @progbits
linked: ret
.section .alternatives, "ao", @progbits, linked
.long rt_gate_leave - .
.long bytes - .
.byte 5, 5
.short 2
.text)");
uint64_t answer(uint64_t a) { asm volatile("call linked"); return a; }
]==])

# wrong exceptions: of domain bob brings rows of the table __ex_table
# shows object_brings_no_runtime_rows
app([==[
asm(R"(.section .text.linked, "ax", @progbits
linked: ret
.section __ex_table, "ao", @progbits, linked
.long rt_uaccess_copy + 0x12 - .
.long linked - .
.text)");
uint64_t answer(uint64_t a) { asm volatile("call linked"); return a; }
]==])

# wrong service: of domain bob brings rows of the table .services: declare services, cross calls and calls in the app's SOURCES
# shows object_brings_no_runtime_rows
app([==[
uint64_t mine(Domain, const uint64_t *) { return 1; }
[[gnu::section(".postern.services"), gnu::used]] static constexpr rt::entry::ServiceRecord row = {&mine, 1, rt::entry::Callers::any()};
uint64_t answer(uint64_t a) { return rt_gate_service(1, a, 0, 0, 0, 0); }
]==])

# wrong granted_call: of domain bob brings rows of the table .calls
# shows object_brings_no_runtime_rows
app([==[
[[gnu::section(".postern.calls"), gnu::used]] static constexpr rt::syscall::CallRule row =
    rt::syscall::grant(Domain::bob, 39);
uint64_t answer(uint64_t a) { return a; }
]==])

# wrong gate_in_a_section_named_like_the_runtimes: libapp_bob.a(bob.cc.obj) brings code among the runtime's gates or memory functions, gate_of_bob+0x0
# shows object_brings_no_runtime_rows
app([==[
asm(R"(.section ".gate.@POSTERN_BUILT@/rt/libpostern_rt.a(x:(y", "ax", @progbits
.globl gate_of_bob
.type gate_of_bob, @function
gate_of_bob: ret
.size gate_of_bob, . - gate_of_bob
.text)");
uint64_t answer(uint64_t a) { asm volatile("call gate_of_bob"); return a; }
]==])

# wrong symbol_named_like_the_runtimes_code: "bob has no mediated bytes" does not hold: bob has mediated int 0x80, syscall
# shows object_brings_no_runtime_rows
write_source(policy.txt "bob has no mediated bytes\n")
app([==[
extern "C" void honest();
asm(R"x(.type "@POSTERN_BUILT@/rt/libpostern_rt.a(x):(.text)", @function
"@POSTERN_BUILT@/rt/libpostern_rt.a(x):(.text)": honest: syscall
int $0x80
ret
.size "@POSTERN_BUILT@/rt/libpostern_rt.a(x):(.text)", . - "@POSTERN_BUILT@/rt/libpostern_rt.a(x):(.text)")x");
uint64_t answer(uint64_t a) { asm volatile("call *%0" : : "r"(&honest)); return a; }
]==] POLICY ${CMAKE_BINARY_DIR}/policy.txt)

# wrong other_name_of_an_entry: "nobody calls bob.answer" does not hold: bob.answer is called by monitor
# shows audit_says_what_is_the_case
write_source(policy.txt "nobody calls bob.answer\n")
app([==[
asm(R"(.section .text.cover, "ax", @progbits
.type cover, @function
cover: nop
.globl _Z6answerm
_Z6answerm:
_Z3askm: ret
.size cover, . - cover
.text)");
]==] POLICY ${CMAKE_BINARY_DIR}/policy.txt)

# wrong section_named_like_a_line_of_the_map: "bob has no mediated bytes" does not hold
# shows object_brings_no_runtime_rows
section_with_a_line("${POSTERN_BUILT}/rt/libpostern_rt.a(x.obj)" 200000000000)

# wrong local_symbol_named_like_the_linker_scripts: two symbols __gate_start, which is a name of the runtime: rename the other one
# shows object_brings_no_runtime_rows
app("uint64_t answer(uint64_t a) { asm volatile(\"__gate_start: nop\"); return a; }\n")

# wrong merged_rows: of domain bob brings rows of the table .calls
# shows object_brings_no_runtime_rows
app([==[
asm(R"(.section .postern.calls, "aM", @progbits, 104
.byte 2, 1
.short 0
.short 39
.fill 98, 1, 0
.text)");
uint64_t answer(uint64_t a) { return a; }
]==])

# wrong merged_code: "bob has no mediated bytes" does not hold
# shows object_brings_no_runtime_rows
write_source(policy.txt "bob has no mediated bytes\n")
app([==[
asm(R"(.section .text.m, "axM", @progbits, 8
.globl merged
merged: syscall
ret
.fill 5, 1, 0xcc
.text)");
extern "C" void merged();
uint64_t answer(uint64_t a) { merged(); return a; }
]==] POLICY ${CMAKE_BINARY_DIR}/policy.txt)

# wrong rows_that_are_not_loaded: bob.domain: section .alternatives has no flag SHF_ALLOC, and is no debug information
# shows object_brings_no_runtime_rows
app([==[
asm(R"(.section .alternatives, "M", @progbits, 12
.long 0x11111111, 0x22222222
.byte 5, 5
.short 2
.text)");
uint64_t answer(uint64_t a) { return a; }
]==])

# wrong merged_rows_of_the_app: the linker has merged sections .entries at 0x
# shows object_brings_no_runtime_rows
app("uint64_t answer(uint64_t a) { return a; }\n")
write_source(other.cc "asm(R\"(.section .postern.entries, \"aM\", @progbits, 48
.fill 48, 1, 0
.text)\");\n")
target_sources(app PRIVATE ${CMAKE_BINARY_DIR}/other.cc)

# wrong member_named_like_another_archive: "bob has no mediated bytes" does not hold
# shows object_brings_no_runtime_rows
long_member("x/libapp_alice.a:y")

# wrong thin_archive_of_the_apps: is a thin archive: pack it again by llvm-ar without T
# shows object_brings_no_runtime_rows
make_object(extra.obj "${extra}")
pack(libthin.a rcsT extra.obj)
app("uint64_t answer(uint64_t a) { return a; }\n")
target_link_libraries(app PRIVATE ${CMAKE_BINARY_DIR}/libthin.a)

# wrong bsd_archive_of_the_apps: libextra.a: is a BSD archive: pack it again by llvm-ar --format=gnu
# shows object_brings_no_runtime_rows
make_object(extra.obj "${extra}")
pack(libextra.a "--format=bsd;rc" extra.obj)
app("uint64_t answer(uint64_t a) { return a; }\n")
target_link_libraries(app PRIVATE ${CMAKE_BINARY_DIR}/libextra.a)

# wrong bsd_archive: libextra.a: is a BSD archive: pack it again by llvm-ar --format=gnu
# shows object_brings_no_runtime_rows
make_object(extra.obj "${extra}")
pack(libextra.a "--format=bsd;rc" extra.obj)
app("uint64_t answer(uint64_t a) { return a; }\n")
postern_add_domain(app bob LIBRARIES ${CMAKE_BINARY_DIR}/libextra.a)

# wrong archive_that_leads_past_its_members: libextra.a: its table of symbols leads to no member: pack it again by llvm-ar
# shows object_brings_no_runtime_rows
make_archive(libextra.a "${extra}")
app("extern \"C\" void extra();\nuint64_t answer(uint64_t a) { extra(); return a; }\n")
postern_add_domain(app bob LIBRARIES ${CMAKE_BINARY_DIR}/libextra.a)
run(bash -c "printf '\\x40' | dd of=libextra.a bs=1 seek=74 conv=notrunc status=none")

# wrong compressed_section_that_claims_too_much: libapp_bob.a(bob.cc.obj): a compressed section .debug_extra that claims more bytes than it holds
# shows unusable_code_is_refused
app([==[
asm(R"(.section .debug_extra, "0x800", @progbits
.long 1, 0
.quad 0x1000000000, 1
.byte 0x78, 0x9c, 3, 0, 0, 0, 0, 1
.text)");
uint64_t answer(uint64_t a) { return a; }
]==])

# wrong section_that_asks_for_much_room: libapp_bob.a(bob.cc.obj): an alignment of 2147483648 bytes
# shows unusable_code_is_refused
app([==[
asm(R"(.section .data.wide, "aw", @progbits
.p2align 31
.text)");
uint64_t answer(uint64_t a) { return a; }
]==])

# wrong sections_that_ask_for_much_room: domain bob: its sections ask for 402653184 bytes of alignment
# shows unusable_code_is_refused
app([==[
asm(R"(.section .data.wide, "aw", @progbits
.p2align 27
.section .data.wider, "aw", @progbits
.p2align 28
.text)");
uint64_t answer(uint64_t a) { return a; }
]==])

# wrong library_that_asks_for_another: undefined symbol: more
# shows domain_takes_no_domains_names
make_object(more.obj "extern \"C\" void more() {}\n")
app([==[
asm(R"(.section .deplibs, "MS", @llvm_dependent_libraries, 1
.asciz "more.obj"
.text)");
uint64_t answer(uint64_t a) { return a; }
]==])
write_source(app.cc "#include \"app.h\"
extern \"C\" uint64_t more(uint64_t);
rt::Exit main(rt::Arguments a) {
    return rt::call<Domain::bob>(answer_entry, more(a.count())) ? rt::Exit::success : rt::Exit::failure;
}\n")

# wrong relocation_of_thread_local_storage: bob.domain: thread-local storage, which a domain does not have: make the variable an ordinary one
# shows unusable_code_is_refused
app([==[
asm(R"(.data
.quad 0
.reloc 0, R_X86_64_GOTTPOFF, 0
.text)");
uint64_t answer(uint64_t a) { return a; }
]==])

# wrong relocation_for_a_dynamic_linker: bob.domain: a relocation for a dynamic linker, which an image does not have: build a static library
# shows unusable_code_is_refused
app([==[
asm(R"(.data
.quad 0
.reloc 0, R_X86_64_RELATIVE, 0
.text)");
uint64_t answer(uint64_t a) { return a; }
]==])

# wrong relocation_of_the_large_code_model: bob.domain: a relocation of the large code model: compile it with -mcmodel=small
# shows unusable_code_is_refused
app([==[
asm(R"(.data
.quad 0
.reloc 0, R_X86_64_GOT64, 0
.text)");
uint64_t answer(uint64_t a) { return a; }
]==])

# wrong symbol_outside_of_its_section: bob.domain: a symbol outside of its section: no compiler makes that
# shows object_brings_no_runtime_rows
app([==[
asm(R"(.section .text.lost, "ax", @progbits
ret
.globl lost
.set lost, . + 0x1000
.text)");
uint64_t answer(uint64_t a) { return a; }
]==])

# wrong symbol_over_code_of_others: verify: app refused: wrpkru bytes at answer(unsigned long)+0x
# shows object_brings_no_runtime_rows
app([==[
asm(R"(.section .text.extra, "ax", @progbits
.globl wide
.type wide, @function
wide: ret
.size wide, 0x10000
.text)");
extern "C" void wide();
uint64_t answer(uint64_t a) { wide(); asm volatile("wrpkru"); return a; }
]==])

# wrong absolute_symbol_over_all_code: verify: app refused: wrpkru bytes at answer(unsigned long)+0x
# shows object_brings_no_runtime_rows
app([==[
asm(R"(.globl wide
.type wide, @function
wide = 0x200000000000
.size wide, 0x10000000)");
uint64_t answer(uint64_t a) { asm volatile("wrpkru"); return a; }
]==])

# wrong cases_of_tests: of domain bob brings rows of the table .tests
# shows object_brings_no_runtime_rows
app([==[
[[gnu::section(".postern.tests"), gnu::used]] static const uint64_t row[2] = {1, 2};
uint64_t answer(uint64_t a) { return a; }
]==])

# wrong library_that_becomes_text: libextra.a: is neither an object nor an archive: build it again
# shows object_brings_no_runtime_rows
make_archive(libextra.a "${extra}")
app("extern \"C\" void extra();\nuint64_t answer(uint64_t a) { extra(); return a; }\n")
postern_add_domain(app bob LIBRARIES ${CMAKE_BINARY_DIR}/libextra.a)
file(WRITE ${CMAKE_BINARY_DIR}/libextra.a "INPUT(extra.obj)\n")

# wrong section_named_like_a_number_of_another: libextra.a(extra.obj), bob):
# shows object_brings_no_runtime_rows
make_archive(libextra.a "extern \"C\" [[gnu::section(\".text.1\")]] void extra() { asm(\"wrpkru\"); }\n")
app("extern \"C\" void extra();\nuint64_t answer(uint64_t a) { extra(); return a; }\n")
postern_add_domain(app bob LIBRARIES ${CMAKE_BINARY_DIR}/libextra.a)
