# What a domain brings that is not its own, and who may take what from whom by name. What bob has in others' places
# is his own, and nobody's trouble: see right.
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

# A section of bob's with a system call, whose name holds a line of the map: a page, said to be OBJECT's.
function(section_with_a_line object address)
  file(WRITE ${CMAKE_BINARY_DIR}/extra.S ".section .text.extra, \"ax\"\n.globl keyed_hash\nkeyed_hash: syscall\nret\n")
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
  write_source(policy.txt "bob has no mediated bytes\n")
  app("extern \"C\" uint64_t keyed_hash(uint64_t);\nuint64_t answer(uint64_t a) { return keyed_hash(a); }\n"
      POLICY ${CMAKE_BINARY_DIR}/policy.txt)
  postern_add_domain(app bob LIBRARIES ${CMAKE_BINARY_DIR}/libextra.a)
endfunction()

# An archive of bob's whose member, which has a system call, has this name; he is said to have none.
function(long_member name)
  file(WRITE ${CMAKE_BINARY_DIR}/extra.S ".globl extra\nextra: syscall\nret\n")
  execute_process(COMMAND ${CMAKE_CXX_COMPILER} --target=x86_64-linux-gnu -c extra.S -o the_longest_name.obj
                  COMMAND_ERROR_IS_FATAL ANY WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
  file(REMOVE ${CMAKE_BINARY_DIR}/libextra.a)
  execute_process(COMMAND ${CMAKE_AR} rcs libextra.a the_longest_name.obj COMMAND_ERROR_IS_FATAL ANY WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
  execute_process(COMMAND sed -i -z "s|the_longest_name.o|${name}|" libextra.a
                  COMMAND_ERROR_IS_FATAL ANY WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
  write_source(policy.txt "bob has no mediated bytes\n")
  app("extern \"C\" void extra();\nuint64_t answer(uint64_t a) { extra(); return a; }\n" POLICY ${CMAKE_BINARY_DIR}/policy.txt)
  postern_add_domain(app bob LIBRARIES ${CMAKE_BINARY_DIR}/libextra.a)
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
extra(gnu)
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/vendor)
file(COPY_FILE ${CMAKE_BINARY_DIR}/libextra.a ${CMAKE_BINARY_DIR}/vendor/libpostern_rt.a)
file(RENAME ${CMAKE_BINARY_DIR}/libextra.a ${CMAKE_BINARY_DIR}/vendor/libextra.a)
file(WRITE ${CMAKE_BINARY_DIR}/both.h "[[gnu::noinline]] inline uint64_t both(uint64_t a) { return a + 1; }\n")
write_source(alice.cc "#include \"app.h\"\n#include \"both.h\"
extern \"C\" uint64_t keyed_hash(uint64_t);\nextern \"C\" void extra();
uint64_t ask(uint64_t a) { extra(); return keyed_hash(both(a)); }\n")
app([==[
#include "rt/base/line.h"
#include "rt/base/panic.h"
#include "both.h"
extern "C" void extra();
extern "C" uint64_t keyed_hash(uint64_t a) { return a; }
extern "C" void *memcpy(void *to, const void *, size_t) { return to; }
extern "C" [[gnu::used]] void crt_begin(const unsigned long *) {}
void prepare(rt::Arguments) {}
rt::Exit main(rt::Arguments) { return rt::Exit::failure; }
unsigned long weigh(unsigned long a) { return a; }
asm(R"(.section .data.mine, "aw", @progbits
.globl _ZN2rt6policy5rulesE
.type _ZN2rt6policy5rulesE, @object
_ZN2rt6policy5rulesE: .fill 4096, 1, 0
.size _ZN2rt6policy5rulesE, 4096
.section .postern.calls, "a", @progbits
.p2align 4
.section .postern.entries, "a", @progbits
.p2align 6
.text)");
uint64_t answer(uint64_t a) {
    if (a == 7) { rt::base::panic("seven"); }
    extra();
    rt::base::Line line;
    line.format("value {}", keyed_hash(weigh(both(a))));
    return line.bytes();
}
]==])
postern_add_domain(app alice LIBRARIES ${CMAKE_BINARY_DIR}/vendor/libextra.a)
postern_add_domain(app bob LIBRARIES ${CMAKE_BINARY_DIR}/vendor/libpostern_rt.a)
helper(extra)

# wrong what_a_domain_leaves_undefined: bob has no checksum, used by libapp_bob.a(bob.cc.obj) in answer(unsigned long); alice's is its own
file(APPEND ${CMAKE_BINARY_DIR}/hash.cc "extern \"C\" uint64_t checksum(uint64_t a) { return a; }\n")
app("extern \"C\" uint64_t checksum(uint64_t);\nuint64_t answer(uint64_t a) { return checksum(a); }\n")

# wrong entry_of_another_domain: bob has no ask(unsigned long), used by libapp_bob.a(bob.cc.obj) in answer(unsigned long); alice's is for the administrator alone
app("uint64_t answer(uint64_t a) { return ask(a); }\n")

# wrong names_that_nobody_defines: bob has no free, used by libapp_bob.a(bob.cc.obj) in answer(unsigned long) bob has no malloc, used by libapp_bob.a(bob.cc.obj) in answer(unsigned long)
app("extern \"C\" { void *malloc(size_t); void free(void *); }\nuint64_t answer(uint64_t a) { free(malloc(a)); return a; }\n")

# wrong operator_delete_of_a_domain: undefined symbol: operator delete(void*
app([==[
void operator delete(void *) noexcept {}
void operator delete(void *, unsigned long) noexcept {}
uint64_t answer(uint64_t a) { operator delete(reinterpret_cast<void *>(a)); return a; }
]==])
write_source(app.cc "#include \"app.h\"
struct Job { virtual ~Job() = default; virtual uint64_t run(uint64_t a) { return a; } };
[[gnu::noinline]] uint64_t run(Job &job, uint64_t a) { return job.run(a); }
rt::Exit main(rt::Arguments a) {
    Job job;
    return rt::call<Domain::bob>(answer_entry, run(job, a.count())) ? rt::Exit::success : rt::Exit::failure;
}\n")

# wrong entry_called_without_a_gate: the administrator has no answer(unsigned long), used by app.cc.obj in main(rt::start::Arguments); bob's runs by rt::call and crossings alone
app("uint64_t answer(uint64_t a) { return a; }\n")
write_source(app.cc "#include \"app.h\"
rt::Exit main(rt::Arguments a) {
    return rt::call<Domain::bob>(answer_entry, answer(a.count())) ? rt::Exit::success : rt::Exit::failure;
}\n")

# wrong entry_taken_by_the_administrators_library: the administrator has no answer(unsigned long), used by libhelper.a(weigh.cc.obj) in weigh(unsigned long); bob's runs by rt::call and crossings alone
app("uint64_t answer(uint64_t a) { return a; }\n")
helper(helper)
write_source(weigh.cc "unsigned long answer(unsigned long);
unsigned long weigh(unsigned long a) { auto *volatile taken = &answer; return taken(a); }\n")

# wrong entry_that_is_no_function_of_its_own: entry answer(unsigned long) of bob is no function of its own code
app("asm(\".globl _Z6answerm\\n_Z6answerm = 0x200000000010\");\n")

# wrong entry_that_its_domain_does_not_define: entry answer(unsigned long) of bob is defined by none of its SOURCES and LIBRARIES
app("int unused;\n")

# wrong entry_that_the_administrator_defines: entry answer(unsigned long) of bob is also defined outside of it: define it in bob alone
app("uint64_t answer(uint64_t a) { return a; }\n")
write_source(other.cc "#include \"app.h\"\nuint64_t answer(uint64_t a) { return a; }\n")
target_sources(app PRIVATE ${CMAKE_BINARY_DIR}/other.cc)

# wrong variable_of_a_data_domain_that_it_has_not: bob has no board_word, used by libapp_bob.a(bob.cc.obj) in answer(unsigned long); alice's lies in board, which bob has not
file(WRITE ${CMAKE_BINARY_DIR}/hash.cc "#include \"app.h\"\nPOSTERN_DATA(board) uint64_t board_word = 1;
extern \"C\" uint64_t keyed_hash(uint64_t a) { return a * board_word; }\n")
app([==[
extern uint64_t board_word;
uint64_t answer(uint64_t a) { return a + board_word; }
]==] DATA board)
postern_add_data(app board WRITERS alice)

# wrong variable_that_reaches_out_of_its_data_domain: board_word of domain bob reaches out of its section
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

# wrong variable_named_like_the_runtimes: rt::policy::rules of domain bob is also defined outside of it: rename it
app([==[
asm(R"(.section .data..postern.board, "aw", @progbits
.globl _ZN2rt6policy5rulesE
.type _ZN2rt6policy5rulesE, @object
_ZN2rt6policy5rulesE:
.size _ZN2rt6policy5rulesE, 8
.quad 0
.text)");
extern "C" uint64_t _ZN2rt6policy5rulesE;
uint64_t answer(uint64_t a) { return a + _ZN2rt6policy5rulesE; }
]==] DATA board)
postern_add_data(app board WRITERS alice)

# wrong compilers_function: undefined symbol: __divdc3
app("extern \"C\" double _Complex __divdc3(double, double, double, double) { return 1; }\nuint64_t answer(uint64_t a) { return a; }\n")
write_source(app.cc "#include \"app.h\"
rt::Exit main(rt::Arguments a) {
    const double _Complex number = {double(a.count()), 2};
    return rt::call<Domain::bob>(answer_entry, uint64_t(__real__(number / number))) ? rt::Exit::success : rt::Exit::failure;
}\n")

# wrong function_that_the_administrator_does_without: out of range
app("extern \"C\" void hook() {}\nuint64_t answer(uint64_t a) { return a; }\n")
write_source(app.cc "#include \"app.h\"
extern \"C\" [[gnu::weak]] void hook();
rt::Exit main(rt::Arguments) {
    if (hook) { hook(); }
    return rt::call<Domain::bob>(answer_entry, uint64_t{1}) ? rt::Exit::success : rt::Exit::failure;
}\n")

# wrong main_of_a_domain: undefined symbol: main(rt::start::Arguments)
app("rt::Exit main(rt::Arguments) { return rt::Exit::success; }\nuint64_t answer(uint64_t a) { return a; }\n")
write_source(app.cc "#include \"app.h\"\nint unused;\n")

# wrong relocation_outside_of_its_section: bob.domain: a relocation at 0x40, outside of its section: no compiler makes that
app([==[
asm(R"(.section .data.extra, "aw", @progbits
extra: .quad 0
.reloc 64, R_X86_64_64, 0x1122334455667788
.text)");
uint64_t answer(uint64_t a) { return a; }
]==])

# wrong relocation_of_debug_information: bob.domain: a relocation at 0x40, outside of its section
app([==[
asm(R"(.section .debug_extra, "", @progbits
.quad 0
.reloc 64, R_X86_64_64, 0
.text)");
uint64_t answer(uint64_t a) { return a; }
]==])

# wrong entry_of_two_domains: entry step(unsigned long) of alice is an entry of bob, too: one definition would serve both
app([==[
extern "C++" uint64_t step(uint64_t);
uint64_t step(uint64_t a) { return a; }
uint64_t answer(uint64_t a) { return a; }
]==])
file(APPEND ${CMAKE_BINARY_DIR}/alice.cc "uint64_t step(uint64_t);\n[[gnu::weak]] uint64_t step(uint64_t a) { return a; }\n")
write_source(app.cc "#include \"app.h\"
uint64_t step(uint64_t);
constexpr rt::Entry<Domain::alice, step> alices_step;
constexpr rt::Entry<Domain::bob, step> bobs_step;
rt::Exit main(rt::Arguments) {
    return rt::call<Domain::alice>(alices_step, uint64_t{1}) && rt::call<Domain::bob>(bobs_step, uint64_t{1})
               ? rt::Exit::success : rt::Exit::failure;
}\n")

# wrong variable_with_a_version: has a version, which the linker does not see: rename it
app([==[
asm(R"(.section .data..postern.board, "aw", @progbits
.globl hidden
.type hidden, @object
.size hidden, 8
hidden: .quad 0
.symver hidden, _Z7prepareN2rt5start9ArgumentsE@@V
.text)");
uint64_t answer(uint64_t a) { return a; }
]==] DATA board)
postern_add_data(app board WRITERS bob)

# wrong view_of_a_gate: undefined symbol: rt_view_9
app([==[
asm(".globl rt_view_9\nrt_view_9 = 0");
uint64_t answer(uint64_t a) { asm volatile("call rt_gate_enter_9"); return a; }
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

# wrong section_named_like_a_line_of_the_map: "bob has no mediated bytes" does not hold
section_with_a_line("${POSTERN_BUILT}/rt/libpostern_rt.a(x.obj)" 200000000000)

# wrong local_symbol_named_like_the_linker_scripts: two symbols __gate_start, which is a name of the runtime's: rename one
app("uint64_t answer(uint64_t a) { asm volatile(\"__gate_start: nop\"); return a; }\n")

# wrong merged_rows: of domain bob brings rows of the table .calls
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

# wrong member_named_like_another_archive: "bob has no mediated bytes" does not hold
long_member("x/libapp_alice.a:y")

# wrong thin_archive_of_the_administrators: is a thin archive: pack it again by llvm-ar without T
extra(gnu)
execute_process(COMMAND ${CMAKE_AR} rcsT libthin.a extra.obj COMMAND_ERROR_IS_FATAL ANY WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
app("uint64_t answer(uint64_t a) { return a; }\n")
target_link_libraries(app PRIVATE ${CMAKE_BINARY_DIR}/libthin.a)

# wrong bsd_archive_of_the_administrators: libextra.a: is a BSD archive: pack it again by llvm-ar --format=gnu
extra(bsd)
app("uint64_t answer(uint64_t a) { return a; }\n")
target_link_libraries(app PRIVATE ${CMAKE_BINARY_DIR}/libextra.a)

# wrong bsd_archive: is a BSD archive; pack it again by llvm-ar --format=gnu
extra(bsd)
app("uint64_t answer(uint64_t a) { return a; }\n")
postern_add_domain(app bob LIBRARIES ${CMAKE_BINARY_DIR}/libextra.a)

# wrong library_that_asks_for_another: undefined symbol: more
file(WRITE ${CMAKE_BINARY_DIR}/more.S ".globl more\nmore: ret\n")
execute_process(COMMAND ${CMAKE_CXX_COMPILER} --target=x86_64-linux-gnu -c more.S -o more.obj
                COMMAND_ERROR_IS_FATAL ANY WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
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
