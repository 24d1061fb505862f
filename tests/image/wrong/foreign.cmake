# Who may take what from whom by name. Names of bob that others have too are his own: see right.
include(${FRAMES}/two_domains.cmake)

# right
make_archive(vendor/libextra.a "${extra}")
make_archive(vendor/libpostern_rt.a "${extra}")
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
.globl _ZN2rt7syscall5rulesE
.type _ZN2rt7syscall5rulesE, @object
_ZN2rt7syscall5rulesE: .fill 4096, 1, 0
.size _ZN2rt7syscall5rulesE, 4096
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
# shows domain_takes_no_domains_names
file(APPEND ${CMAKE_BINARY_DIR}/hash.cc "extern \"C\" uint64_t checksum(uint64_t a) { return a; }\n")
app("extern \"C\" uint64_t checksum(uint64_t);\nuint64_t answer(uint64_t a) { return checksum(a); }\n")

# wrong entry_of_another_domain: bob has no ask(unsigned long), used by libapp_bob.a(bob.cc.obj) in answer(unsigned long); alice's is only for the app
# shows domain_takes_no_domains_names
app("uint64_t answer(uint64_t a) { return ask(a); }\n")

# wrong names_that_nobody_defines: bob has no give_room, used by libapp_bob.a(bob.cc.obj) in answer(unsigned long) bob has no take_room, used by libapp_bob.a(bob.cc.obj) in answer(unsigned long)
# shows domain_takes_no_domains_names
app("extern \"C\" { void *take_room(size_t); void give_room(void *); }\nuint64_t answer(uint64_t a) { give_room(take_room(a)); return a; }\n")

# wrong operator_delete_of_a_domain: undefined symbol: operator delete(void*
# shows domain_runs_by_entry_alone
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

# wrong entry_called_without_a_gate: the app has no answer(unsigned long), used by app.cc.obj in main(rt::start::Arguments); bob's runs only by rt::call and cross calls
# shows domain_runs_by_entry_alone
app("uint64_t answer(uint64_t a) { return a; }\n")
write_source(app.cc "#include \"app.h\"
rt::Exit main(rt::Arguments a) {
    return rt::call<Domain::bob>(answer_entry, answer(a.count())) ? rt::Exit::success : rt::Exit::failure;
}\n")

# wrong entry_taken_by_the_apps_library: the app has no answer(unsigned long), used by libhelper.a(weigh.cc.obj) in weigh(unsigned long); bob's runs only by rt::call and cross calls
# shows domain_runs_by_entry_alone
app("uint64_t answer(uint64_t a) { return a; }\n")
helper(helper)
write_source(weigh.cc "unsigned long answer(unsigned long);
unsigned long weigh(unsigned long a) { auto *volatile taken = &answer; return taken(a); }\n")

# wrong entry_that_is_no_function_of_its_own: entry answer(unsigned long) of bob is no function in the domain's own code
# shows domain_runs_by_entry_alone
app("asm(\".globl _Z6answerm\\n_Z6answerm = 0x200000000010\");\n")

# wrong entry_that_its_domain_does_not_define: entry answer(unsigned long) of bob is defined by none of its SOURCES and LIBRARIES
# shows domain_runs_by_entry_alone
app("int unused;\n")

# wrong entry_that_the_app_defines: entry answer(unsigned long) of bob is also defined outside of it: define it in bob alone
# shows domain_runs_by_entry_alone
app("uint64_t answer(uint64_t a) { return a; }\n")
write_source(other.cc "#include \"app.h\"\nuint64_t answer(uint64_t a) { return a; }\n")
target_sources(app PRIVATE ${CMAKE_BINARY_DIR}/other.cc)

# wrong variable_of_a_data_domain_that_it_has_not: bob has no board_word, used by libapp_bob.a(bob.cc.obj) in answer(unsigned long); alice's is in board, which bob does not have
# shows domain_takes_no_domains_names
file(WRITE ${CMAKE_BINARY_DIR}/hash.cc "#include \"app.h\"\nPOSTERN_DATA(board) uint64_t board_word = 1;
extern \"C\" uint64_t keyed_hash(uint64_t a) { return a * board_word; }\n")
app([==[
extern uint64_t board_word;
uint64_t answer(uint64_t a) { return a + board_word; }
]==] DATA board)
postern_add_data(app board WRITERS alice)

# wrong variable_named_like_the_runtimes: rt::syscall::rules of domain bob is also defined outside of it: rename it
# shows domain_takes_no_domains_names
app([==[
asm(R"(.section .data..postern.board, "aw", @progbits
.globl _ZN2rt7syscall5rulesE
.type _ZN2rt7syscall5rulesE, @object
_ZN2rt7syscall5rulesE:
.size _ZN2rt7syscall5rulesE, 8
.quad 0
.text)");
extern "C" uint64_t _ZN2rt7syscall5rulesE;
uint64_t answer(uint64_t a) { return a + _ZN2rt7syscall5rulesE; }
]==] DATA board)
postern_add_data(app board WRITERS alice)

# wrong compilers_function: undefined symbol: __divdc3
# shows domain_runs_by_entry_alone
app("extern \"C\" double _Complex __divdc3(double, double, double, double) { return 1; }\nuint64_t answer(uint64_t a) { return a; }\n")
write_source(app.cc "#include \"app.h\"
rt::Exit main(rt::Arguments a) {
    const double _Complex number = {double(a.count()), 2};
    return rt::call<Domain::bob>(answer_entry, uint64_t(__real__(number / number))) ? rt::Exit::success : rt::Exit::failure;
}\n")

# wrong function_that_the_app_does_without: out of range
# shows domain_runs_by_entry_alone
app("extern \"C\" void hook() {}\nuint64_t answer(uint64_t a) { return a; }\n")
write_source(app.cc "#include \"app.h\"
extern \"C\" [[gnu::weak]] void hook();
rt::Exit main(rt::Arguments) {
    if (hook) { hook(); }
    return rt::call<Domain::bob>(answer_entry, uint64_t{1}) ? rt::Exit::success : rt::Exit::failure;
}\n")

# wrong main_of_a_domain: undefined symbol: main(rt::start::Arguments)
# shows domain_runs_by_entry_alone
app("rt::Exit main(rt::Arguments) { return rt::Exit::success; }\nuint64_t answer(uint64_t a) { return a; }\n")
write_source(app.cc "#include \"app.h\"\nint unused;\n")

# wrong entry_of_two_domains: entry step(unsigned long) of alice is an entry of bob, too: one definition would serve both
# shows domain_runs_by_entry_alone
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

# wrong variable_with_a_version: has a version (NAME@VERSION), which the linker ignores: rename it
# shows names_of_a_domain_are_its_own
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

# wrong variable_taken_by_the_apps_library: undefined symbol: bobs_word
# shows domain_runs_by_entry_alone
app("uint64_t bobs_word = 1;\nuint64_t answer(uint64_t a) { return a + bobs_word; }\n")
helper(helper)
write_source(weigh.cc "extern unsigned long bobs_word;\nunsigned long weigh(unsigned long a) { return a + bobs_word; }\n")

# wrong failed_link_ends_with_our_line: link: app is not linked: see the lines above ninja: build stopped: subcommand failed.
# shows failed_link_ends_with_one_line
app("uint64_t answer(uint64_t a) { return a; }\n")
write_source(app.cc "#include \"app.h\"
unsigned long missing(unsigned long);
rt::Exit main(rt::Arguments a) {
    return rt::call<Domain::bob>(answer_entry, missing(a.count())) ? rt::Exit::success : rt::Exit::failure;
}\n")
