# What a domain's object brings that is not its own: rows of the runtime's tables, definitions in place of the
# runtime's or of another domain's, names that read like somebody else's.
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
function(app bob)
  write_source(bob.cc "#include \"app.h\"\n${bob}")
  postern_add_app(app DOMAINS bob alice SOURCES app.cc ${ARGN})
  postern_add_domain(app bob SOURCES bob.cc)
  postern_add_domain(app alice SOURCES alice.cc hash.cc)
endfunction()

function(extra format)
  file(WRITE ${CMAKE_BINARY_DIR}/extra.S ".globl extra\nextra: ret\n")
  file(REMOVE ${CMAKE_BINARY_DIR}/libextra.a)
  execute_process(COMMAND ${CMAKE_CXX_COMPILER} --target=x86_64-linux-gnu -c extra.S -o extra.obj
                  COMMAND_ERROR_IS_FATAL ANY WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
  execute_process(COMMAND ${CMAKE_AR} --format=${format} rc libextra.a extra.obj
                  COMMAND_ERROR_IS_FATAL ANY WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
endfunction()

# A section of bob's whose name holds a line of the map: a page, said to be OBJECT's.
function(section_with_a_line object address)
  file(WRITE ${CMAKE_BINARY_DIR}/extra.S ".section .text.extra, \"ax\"\n.globl keyed_hash\nkeyed_hash: ret\n")
  execute_process(COMMAND ${CMAKE_CXX_COMPILER} --target=x86_64-linux-gnu -c extra.S -o extra.obj
                  COMMAND_ERROR_IS_FATAL ANY WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
  set(number "     ${address} ")
  set(line "${number}${number}    1000     1         ${object}:(.text")
  execute_process(COMMAND ${CMAKE_OBJCOPY} "--rename-section=.text.extra=.text.x)\n${line}" extra.obj
                  COMMAND_ERROR_IS_FATAL ANY WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
  file(REMOVE ${CMAKE_BINARY_DIR}/libextra.a)
  execute_process(COMMAND ${CMAKE_AR} rc libextra.a extra.obj COMMAND_ERROR_IS_FATAL ANY WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
  write_source(alice.cc "#include \"app.h\"\nuint64_t ask(uint64_t a) { return a; }\n")
  write_source(hash.cc "int unused;\n")
  app("extern \"C\" uint64_t keyed_hash(uint64_t);\nuint64_t answer(uint64_t a) { return keyed_hash(a); }\n")
  postern_add_domain(app bob LIBRARIES ${CMAKE_BINARY_DIR}/libextra.a)
endfunction()

# An archive of bob's whose member has this name.
function(long_member name)
  file(WRITE ${CMAKE_BINARY_DIR}/extra.S ".globl extra\nextra: ret\n")
  execute_process(COMMAND ${CMAKE_CXX_COMPILER} --target=x86_64-linux-gnu -c extra.S -o the_longest_name.obj
                  COMMAND_ERROR_IS_FATAL ANY WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
  file(REMOVE ${CMAKE_BINARY_DIR}/libextra.a)
  execute_process(COMMAND ${CMAKE_AR} rcs libextra.a the_longest_name.obj COMMAND_ERROR_IS_FATAL ANY WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
  execute_process(COMMAND sed -i -z "s|the_longest_name.o|${name}|" libextra.a
                  COMMAND_ERROR_IS_FATAL ANY WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
  app("uint64_t answer(uint64_t a) { return a; }\n")
  postern_add_domain(app bob LIBRARIES ${CMAKE_BINARY_DIR}/libextra.a)
endfunction()

# bob's archive of wrong/forged_object.S, whose function bob calls.
function(forged name value type tables)
  execute_process(COMMAND ${CMAKE_CXX_COMPILER} --target=x86_64-linux-gnu -DFORGED_NAME="${name}" -DFORGED_VALUE=${value}
                          -DFORGED_TYPE=${type} -DFORGED_TABLES=${tables} -c ${root}/tests/image/wrong/forged_object.S -o data.obj
                  COMMAND_ERROR_IS_FATAL ANY WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
  execute_process(COMMAND ${CMAKE_OBJCOPY} -O binary --only-section=.data data.obj forged.obj
                  COMMAND_ERROR_IS_FATAL ANY WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
  execute_process(COMMAND ${CMAKE_AR} rcs libforged.a forged.obj COMMAND_ERROR_IS_FATAL ANY WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
  app("extern \"C\" void forged();\nuint64_t answer(uint64_t a) { forged(); return a; }\n")
  postern_add_domain(app bob LIBRARIES ${CMAKE_BINARY_DIR}/libforged.a)
endfunction()

# A static library of the administrator's, of which main uses weigh().
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

# right
app([==[
#include "rt/base/line.h"
#include "rt/base/panic.h"
static uint64_t keyed_hash(uint64_t a) { return a; }
uint64_t answer(uint64_t a) {
    if (a == 7) { rt::base::panic("seven"); }
    rt::base::Line line;
    line.format("value {}", keyed_hash(a));
    return line.bytes();
}
]==])
helper(helper)

# wrong another_domains_function: keyed_hash is domain bob's, and stands in place of alice's own
app([==[
extern "C" uint64_t keyed_hash(uint64_t a) { return a ^ 0x666; }
uint64_t answer(uint64_t a) { return a; }
]==])

# wrong shared_code_of_a_hostile_domain: "bob is hostile" does not hold: alice runs its both(unsigned long), an inline function of both
file(WRITE ${CMAKE_BINARY_DIR}/both.h "[[gnu::noinline]] inline uint64_t both(uint64_t a) { return a + 1; }\n")
file(APPEND ${CMAKE_BINARY_DIR}/alice.cc "#include \"both.h\"\nuint64_t more(uint64_t a) { return both(a); }\n")
write_source(policy.txt "bob is hostile\n")
app("#include \"both.h\"\nuint64_t answer(uint64_t a) { return both(a); }\n" POLICY ${CMAKE_BINARY_DIR}/policy.txt)

# wrong administrators_inline_function: both(unsigned long) is domain bob's, and stands in place of the administrator's own
file(WRITE ${CMAKE_BINARY_DIR}/both.h "[[gnu::noinline]] inline uint64_t both(uint64_t a) { return a + 1; }\n")
write_source(app.cc "#include \"app.h\"\n#include \"both.h\"
rt::Exit main(rt::Arguments a) {
    return rt::call<Domain::bob>(answer_entry, both(a.count())) ? rt::Exit::success : rt::Exit::failure;
}\n")
app("uint64_t both(uint64_t a) { return a + 2; }\nuint64_t answer(uint64_t a) { return both(a); }\n")

# wrong function_of_the_administrators_library: weigh(unsigned long) is domain bob's, and stands in place of the administrator's own
app("uint64_t weigh(uint64_t a) { return a; }\nuint64_t answer(uint64_t a) { return weigh(a); }\n")
helper(helper)

# wrong administrators_library_called_like_a_domains: libextra.a of administrator is called as vendor/libextra.a of bob: the linker script tells archives apart by name: rename one
extra(gnu)
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/vendor)
file(RENAME ${CMAKE_BINARY_DIR}/libextra.a ${CMAKE_BINARY_DIR}/vendor/libextra.a)
app("uint64_t answer(uint64_t a) { return a; }\n")
postern_add_domain(app bob LIBRARIES ${CMAKE_BINARY_DIR}/vendor/libextra.a)
helper(extra)

# wrong local_symbol_at_the_administrators: weigh(unsigned long) is domain bob's, and stands in place of the administrator's own
app("extern \"C\" void keep();\nuint64_t weigh(uint64_t a) { return a; }\nuint64_t answer(uint64_t a) { keep(); return weigh(a); }\n")
file(WRITE ${CMAKE_BINARY_DIR}/local.S ".set _Z5weighm, 0x200000000010\n.text\n.globl keep\nkeep: ret\n")
target_sources(app_bob PRIVATE ${CMAKE_BINARY_DIR}/local.S)
helper(helper)

# wrong symbol_of_a_section_that_is_none: weigh(unsigned long) is also domain bob's, at an address outside of its sections, or in a merged one: rename it
forged(_Z5weighm 0x200000000060 0 1)
helper(helper)

# wrong two_tables_of_symbols: an object with two symbol tables: build it again
forged(harmless 0x200000000060 0 2)

# wrong compilers_function: __divdc3 is domain bob's, and the administrator uses it, which has none of its own: rename it, or define it there
app("extern \"C\" double _Complex __divdc3(double, double, double, double) { return 1; }\nuint64_t answer(uint64_t a) { return a; }\n")
write_source(app.cc "#include \"app.h\"
rt::Exit main(rt::Arguments a) {
    const double _Complex number = {double(a.count()), 2};
    return rt::call<Domain::bob>(answer_entry, uint64_t(__real__(number / number))) ? rt::Exit::success : rt::Exit::failure;
}\n")

# wrong function_that_the_administrator_does_without: hook is domain bob's, and the administrator uses it, which has none of its own: rename it, or define it there
app("extern \"C\" void hook() {}\nuint64_t answer(uint64_t a) { return a; }\n")
write_source(app.cc "#include \"app.h\"
extern \"C\" [[gnu::weak]] void hook();
rt::Exit main(rt::Arguments) {
    if (hook) { hook(); }
    return rt::call<Domain::bob>(answer_entry, uint64_t{1}) ? rt::Exit::success : rt::Exit::failure;
}\n")

# wrong main_of_a_domain: main(rt::start::Arguments) is domain bob's, and the runtime uses it, which has none of its own
app("rt::Exit main(rt::Arguments) { return rt::Exit::success; }\nuint64_t answer(uint64_t a) { return a; }\n")
write_source(app.cc "#include \"app.h\"\nint unused;\n")

# wrong view_of_a_gate: rt_view_9 is domain bob's, and the runtime uses it, which has none of its own
app([==[
asm(".globl rt_view_9\nrt_view_9 = 0");
uint64_t answer(uint64_t a) { asm volatile("call rt_gate_enter_9"); return a; }
]==])

# wrong runtimes_function: duplicate symbol: memcpy
app([==[
extern "C" void *memcpy(void *to, const void *, size_t) { return to; }
uint64_t answer(uint64_t a) { return a; }
]==])

# wrong first_function: duplicate symbol: crt_begin
app([==[
extern "C" [[gnu::used]] void crt_begin(const unsigned long *) {}
uint64_t answer(uint64_t a) { return a; }
]==])

# wrong phase_before_main: prepare(rt::start::Arguments) is domain bob's, and stands in place of the runtime's own
app([==[
void prepare(rt::Arguments) {}
uint64_t answer(uint64_t a) { return a; }
]==])

# wrong runtimes_inline_variable: rt::policy::rules is domain bob's, and stands in place of the runtime's own
app([==[
asm(R"(.section .data.mine, "aw", @progbits
.globl _ZN2rt6policy5rulesE
.type _ZN2rt6policy5rulesE, @object
_ZN2rt6policy5rulesE: .fill 4096, 1, 0
.size _ZN2rt6policy5rulesE, 4096
.text)");
uint64_t answer(uint64_t a) { return a; }
]==])

# wrong patches_of_gates: of domain bob brings rows of the table .alternatives
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
app([==[
asm(R"(.section .text.linked, "ax", @progbits
linked: ret
.section __ex_table, "ao", @progbits, linked
.long rt_uaccess_copy + 0x12 - .
.long linked - .
.text)");
uint64_t answer(uint64_t a) { asm volatile("call linked"); return a; }
]==])

# wrong service: of domain bob brings rows of the table .services: declare services, crossings and calls in the administrator's SOURCES
app([==[
uint64_t mine(Domain, const uint64_t *) { return 1; }
[[gnu::section(".postern.services"), gnu::used]] static constexpr rt::gate::ServiceRecord row = {&mine, 1, rt::gate::Callers::any()};
uint64_t answer(uint64_t a) { return rt_gate_service(1, a, 0, 0, 0, 0); }
]==])

# wrong granted_call: of domain bob brings rows of the table .calls
app([==[
[[gnu::section(".postern.calls"), gnu::used]] static constexpr rt::policy::CallRule row =
    rt::policy::perform(Domain::bob, 39);
uint64_t answer(uint64_t a) { return a; }
]==])

# wrong gate_in_a_section_named_like_the_runtimes: libapp_bob.a(bob.cc.obj) brings code among the runtime's gates, gate_of_bob+0x0
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

# wrong section_named_like_a_line_of_the_map: a name in one of them reads like a line of the map; rename it
section_with_a_line("${POSTERN_BUILT}/rt/libpostern_rt.a(x.obj)" 200000000000)

# wrong section_named_like_an_object_that_is_none: /libpostern_rt.a(x.obj): in the linker's map, and nothing that it has read
section_with_a_line("/libpostern_rt.a(x.obj)" 200000000000)

# wrong local_symbol_named_like_the_linker_scripts: two symbols __gate_start, which is a name of the runtime's: rename one
app("uint64_t answer(uint64_t a) { asm volatile(\"__gate_start: nop\"); return a; }\n")

# wrong strong_in_place_of_an_inline_function: both(unsigned long) is domain bob's, and stands in place of alice's own
file(WRITE ${CMAKE_BINARY_DIR}/both.h "[[gnu::noinline]] inline uint64_t both(uint64_t a) { return a + 1; }\n")
write_source(alice.cc "#include \"app.h\"\n#include \"both.h\"\nuint64_t ask(uint64_t a) { return both(a); }\n")
app("uint64_t both(uint64_t a) { return a + 2; }\nuint64_t answer(uint64_t a) { return both(a); }\n")

# wrong inline_variable: counted is one variable of bob and alice, in bob's memory, which alice cannot reach: make it const, or one for each
file(WRITE ${CMAKE_BINARY_DIR}/both.h "inline uint64_t counted = 1;\n")
write_source(alice.cc "#include \"app.h\"\n#include \"both.h\"\nuint64_t ask(uint64_t a) { return counted += a; }\n")
app("#include \"both.h\"\nuint64_t answer(uint64_t a) { return counted += a; }\n")

# wrong merged_rows: a section that the linker merges brings rows of the table .calls
app([==[
asm(R"(.section .postern.calls, "aM", @progbits, 104
.byte 2, 1
.short 0
.short 39
.fill 98, 1, 0
.text)");
uint64_t answer(uint64_t a) { return a; }
]==])

# wrong merged_code: code in a section that the linker merges
app([==[
asm(R"(.section .text.m, "axM", @progbits, 8
.globl keyed_hash
.type keyed_hash, @function
keyed_hash: movl $0x666, %eax
ret
.fill 2, 1, 0xcc
.text)");
uint64_t answer(uint64_t a) { return a; }
]==])

# wrong address_of_anothers: keyed_hash is also domain bob's, at an address outside of its sections, or in a merged one: rename it
app([==[
asm(".globl keyed_hash\nkeyed_hash = answer_at + 0x100000\n.text\nanswer_at:");
uint64_t answer(uint64_t a) { return a; }
]==])

# wrong symbol_with_a_version: keyed_hash is domain bob's, and stands in place of alice's own
app([==[
asm(R"(.section .text.m, "ax", @progbits
.globl evil_hash
.type evil_hash, @function
evil_hash: movl $0x666, %eax
ret
.symver evil_hash, keyed_hash@@V1
.text)");
extern "C" uint64_t evil_hash(uint64_t);
uint64_t answer(uint64_t a) { return evil_hash(a); }
]==])

# wrong member_named_like_two_lines: holds a member whose name is no plain one
extra(gnu)
execute_process(COMMAND sed -i -z "s|extra.obj/      |x\\n/             |" libextra.a
                COMMAND_ERROR_IS_FATAL ANY WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
app("uint64_t answer(uint64_t a) { return a; }\n")
postern_add_domain(app bob LIBRARIES ${CMAKE_BINARY_DIR}/libextra.a)

# wrong member_with_a_long_name_of_two_lines: holds a member whose name is no plain one | truncated or malformed archive
long_member("x\\nsecond_line_here")

# wrong member_named_like_another_archive: holds a member whose name is no plain one
long_member("x/libapp_alice.a:y")

# wrong archive_with_a_second_index: or a second index: pack it again by llvm-ar --format=gnu | is neither ET_REL nor LLVM bitcode
extra(gnu)
execute_process(COMMAND sh -c "printf '%-58s`\\n' '/               0           0     0     644     0' >>libextra.a"
                COMMAND_ERROR_IS_FATAL ANY WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
app("uint64_t answer(uint64_t a) { return a; }\n")
postern_add_domain(app bob LIBRARIES ${CMAKE_BINARY_DIR}/libextra.a)

# wrong section_with_a_name_of_two_lines: a section or a symbol has a name of more than one line: rename it
section_with_a_line("libapp_alice.a(alice.cc.obj)" 210000000000)

# wrong library_of_two_domains: one library of bob and of alice: give each a copy of its own
extra(gnu)
file(CREATE_LINK ${CMAKE_BINARY_DIR}/libextra.a ${CMAKE_BINARY_DIR}/libtwin.a SYMBOLIC)
app("extern \"C\" void extra();\nuint64_t answer(uint64_t a) { extra(); return a; }\n")
postern_add_domain(app bob LIBRARIES ${CMAKE_BINARY_DIR}/libextra.a)
postern_add_domain(app alice LIBRARIES ${CMAKE_BINARY_DIR}/libtwin.a)

# wrong thin_archive_of_the_administrators: is a thin archive: pack it again by llvm-ar without T
extra(gnu)
execute_process(COMMAND ${CMAKE_AR} rcsT libthin.a extra.obj COMMAND_ERROR_IS_FATAL ANY WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
app("uint64_t answer(uint64_t a) { return a; }\n")
target_link_libraries(app PRIVATE ${CMAKE_BINARY_DIR}/libthin.a)

# wrong bsd_archive: is a BSD archive; pack it again by llvm-ar --format=gnu
extra(bsd)
app("uint64_t answer(uint64_t a) { return a; }\n")
postern_add_domain(app bob LIBRARIES ${CMAKE_BINARY_DIR}/libextra.a)

# wrong archive_named_like_the_runtimes: the linker script tells archives apart by file name
extra(gnu)
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/vendor)
file(RENAME ${CMAKE_BINARY_DIR}/libextra.a ${CMAKE_BINARY_DIR}/vendor/libpostern_rt.a)
app("uint64_t answer(uint64_t a) { return a; }\n")
postern_add_domain(app bob LIBRARIES ${CMAKE_BINARY_DIR}/vendor/libpostern_rt.a)

# wrong library_that_asks_for_another: undefined symbol: more
file(WRITE ${CMAKE_BINARY_DIR}/more.S ".globl more\nmore: ret\n")
execute_process(COMMAND ${CMAKE_CXX_COMPILER} --target=x86_64-linux-gnu -c more.S -o more.obj
                COMMAND_ERROR_IS_FATAL ANY WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
app([==[
asm(R"(.section .deplibs, "MS", @llvm_dependent_libraries, 1
.asciz "more.obj"
.text)");
extern "C" uint64_t more(uint64_t);
uint64_t answer(uint64_t a) { return more(a); }
]==])
