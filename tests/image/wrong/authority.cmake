# Assertions about an app, which linker/audit holds against the image.
write_source(app.h "#pragma once
#include \"rt/rt.h\"
uint64_t ask(uint64_t); uint64_t parse(uint64_t); uint64_t answer(uint64_t);
constexpr rt::Entry<Domain::alice, parse> parse_entry;
constexpr rt::Entry<Domain::alice, ask> ask_entry;
constexpr rt::Entry<Domain::bob, answer> answer_entry;
constexpr rt::CrossCall<1, Domain::alice, answer_entry> answer_for_alice;
constexpr rt::Service<1, uint64_t(uint64_t)> twice;\n")
write_source(alice.cc "#include \"app.h\"
uint64_t parse(uint64_t a) { return a; }
uint64_t ask(uint64_t a) { return answer_for_alice(a) ? twice(a) : 0; }\n")
write_source(bob.cc "#include \"app.h\"\nuint64_t answer(uint64_t a) { asm volatile(\"int $0x80\"); return a; }\n")
write_source(app.cc "#include <asm/unistd.h>
#include \"app.h\"
uint64_t handle_twice(Domain, uint64_t a) { return 2 * a; }
POSTERN_SERVICES(rt::provide<twice, handle_twice>(Domain::alice));
POSTERN_CROSS_CALLS(answer_for_alice);
POSTERN_CALLS(rt::syscall::grant(Domain::alice, __NR_getpid),
              rt::syscall::answer(Domain::bob, __NR_getpid, rt::Errno::not_permitted));
POSTERN_ON_FAULT(rt::restart_always(Domain::alice));
rt::Exit main(rt::Arguments) {
    rt::call<Domain::alice>(ask_entry, uint64_t{1});
    rt::call<Domain::bob>(answer_entry, uint64_t{1});
    rt::call_lending<Domain::alice, rt::Writing<Domain::inbox>>(parse_entry, uint64_t{1});
    return rt::Exit::success;
}\n")
function(app assertion)
  write_source(policy.txt "# no assertion\n\n${assertion}\n")
  postern_add_app(app DOMAINS alice bob DATA inbox SOURCES app.cc POLICY ${CMAKE_BINARY_DIR}/policy.txt ${ARGN})
  postern_add_domain(app alice SOURCES alice.cc HEAP 1M)
  postern_add_domain(app bob SOURCES bob.cc)
  postern_add_data(app inbox READERS bob BORROWERS alice)
endfunction()

# right
app("domains are bob and alice
only the monitor and alice call bob.answer
only the monitor calls alice.*
only alice, the monitor call bob.*
only alice and bob read inbox
only alice writes inbox
alice has syscalls getpid, getppid
alice has services handle_twice
alice has cross_calls bob.answer
alice has loans inbox
bob has no syscalls
bob has no services
bob has no cross_calls
bob has no loans
alice has heap 1M
bob has no heap
alice has no mediated bytes
alice is untrusted
alice is restarted
bob is kept
the map is sealed
the filter is strict
the image is always isolated
no descriptors are kept")

# wrong two_callers: policy.txt:3: "only the monitor calls bob.answer" does not hold: bob.answer is called by monitor, alice
# shows policy_fails_the_build
app("only the monitor calls bob.answer")

# wrong a_caller_of_any_entry: policy.txt:3: "only alice calls alice.*" does not hold: alice.ask is called by monitor
# shows policy_fails_the_build
app("only alice calls alice.*")

# wrong called_after_all: policy.txt:3: "nobody calls bob.answer" does not hold: bob.answer is called by monitor, alice
# shows policy_fails_the_build
app("nobody calls bob.answer")

# wrong mistyped_entry: policy.txt:3: "only the monitor calls bob.anwser" does not hold: there is no entry bob.anwser; entries are: alice.ask, alice.parse, bob.answer
# shows policy_fails_the_build
app("only the monitor calls bob.anwser")

# wrong mistyped_caller: policy.txt:3: "only alcie calls bob.answer" does not hold: alcie is no domain of app
# shows policy_fails_the_build
app("only alcie calls bob.answer")

# wrong another_reader: policy.txt:3: "only alice reads inbox" does not hold: inbox is read by alice, bob
# shows policy_fails_the_build
app("only alice reads inbox")

# wrong a_loan_to_write: policy.txt:3: "only bob writes inbox" does not hold: inbox is written by alice
# shows policy_fails_the_build
app("only bob writes inbox")

# wrong mistyped_data: policy.txt:3: "only bob writes inbux" does not hold: inbux is no data domain of app
# shows policy_fails_the_build
app("only bob writes inbux")

# wrong a_syscall: policy.txt:3: "alice has no syscalls" does not hold: alice has syscalls getpid
# shows policy_fails_the_build
app("alice has no syscalls")

# wrong another_syscall: policy.txt:3: "alice has syscalls read, write" does not hold: alice has syscalls getpid
# shows policy_fails_the_build
app("alice has syscalls read, write")

# wrong a_service: policy.txt:3: "alice has no services" does not hold: alice has services handle_twice
# shows policy_fails_the_build
app("alice has no services")

# wrong a_cross_call: policy.txt:3: "alice has no cross_calls" does not hold: alice has cross_calls bob.answer
# shows policy_fails_the_build
app("alice has no cross_calls")

# wrong a_loan: policy.txt:3: "alice has no loans" does not hold: alice has loans inbox
# shows policy_fails_the_build
app("alice has no loans")

# wrong a_heap: policy.txt:3: "alice has no heap" does not hold: alice has heap 1M
# shows policy_fails_the_build
app("alice has no heap")

# wrong another_heap: policy.txt:3: "alice has heap 16M" does not hold: alice has heap 1M
# shows policy_fails_the_build
app("alice has heap 16M")

# wrong bytes_of_a_call: policy.txt:3: "bob has no mediated bytes" does not hold: bob has mediated int 0x80
# shows policy_fails_the_build
app("bob has no mediated bytes")

# wrong no_restart: policy.txt:3: "alice is kept" does not hold: alice is restarted
# shows policy_fails_the_build
app("alice is kept")

# wrong no_end: policy.txt:3: "alice is given up" does not hold: alice is restarted
# shows policy_fails_the_build
app("alice is given up")

# wrong a_restart: policy.txt:3: "bob is restarted" does not hold: bob is kept
# shows policy_fails_the_build
app("bob is restarted")

# wrong mistyped_domain: policy.txt:3: "bbo is kept" does not hold: bbo is no domain of app
# shows policy_fails_the_build
app("bbo is kept")

# wrong fewer_domains: policy.txt:3: "domains are alice" does not hold: domains are alice, bob
# shows policy_fails_the_build
app("domains are alice")

# wrong a_weaker_filter: policy.txt:3: "the filter is strict" does not hold: the filter is may_exec
# shows policy_fails_the_build
app("the filter is strict" MAY_EXEC)

# wrong without_isolation: policy.txt:3: "the image is always isolated" does not hold: ALLOW_NO_ISOLATION lets it run without
# shows policy_fails_the_build
app("the image is always isolated" ALLOW_NO_ISOLATION)

# wrong without_requires_keys: policy.txt:3: "the image needs keys" does not hold: without REQUIRES_KEYS it runs in address spaces, too
# shows policy_fails_the_build
app("the image needs keys")

# wrong a_descriptor: policy.txt:3: "no descriptors are kept" does not hold: KEEPS_DESCRIPTORS names 5
# shows policy_fails_the_build
app("no descriptors are kept" KEEPS_DESCRIPTORS 5)

# wrong no_assertion: policy.txt:3: "alice is harmless" does not hold: this is no assertion: linker/audit/README.md lists them
# shows policy_fails_the_build
app("alice is harmless")

# wrong trusted: policy.txt:3: "bob is untrusted" does not hold: bob is declared TRUSTED
# shows policy_fails_the_build
app("bob is untrusted")
postern_add_domain(app bob TRUSTED)

# wrong writes_key_0: policy.txt:3: "bob is untrusted" does not hold: bob may write key 0: WRITES_KEY_0
# shows policy_fails_the_build
app("bob is untrusted" WRITES_KEY_0 bob)

# wrong two_in_one: policy.txt:3: "bob has no syscalls and no mediated bytes" does not hold: "no syscalls" ends an assertion: write one assertion a line
# shows policy_fails_the_build
app("bob has no syscalls and no mediated bytes")

# wrong no_but: policy.txt:3: "alice has no syscalls but getpid" does not hold: "no syscalls" ends an assertion: write one assertion a line
# shows policy_fails_the_build
app("alice has no syscalls but getpid")

# wrong words_behind: policy.txt:3: "alice has no services handle_twice" does not hold: "no services" ends an assertion: write one assertion a line
# shows policy_fails_the_build
app("alice has no services handle_twice")

# wrong comment_behind: policy.txt:3: "alice has syscalls #getpid" does not hold: #getpid is no name: write one assertion a line
# shows policy_fails_the_build
app("alice has syscalls #getpid")

# wrong two_possessions: "alice has syscalls getpid and services handle_twice" does not hold: services is no name: write one assertion a line
# shows policy_fails_the_build
app("alice has syscalls getpid and services handle_twice")

# wrong calls_of_a_data_domain: policy.txt:3: "nobody calls inbox.*" does not hold: there is no entry inbox.*
# shows policy_fails_the_build
app("nobody calls inbox.*")

# wrong lines_that_end_with_returns: does not hold: lines end with \r alone: write \n
# shows policy_fails_the_build
app("alice is untrusted\rbob has no cross_calls")

# wrong empty_variable: postern_add_app(other): POLICY names no file: is the variable empty?
# shows policy_fails_the_build
postern_add_app(other SOURCES main.cc POLICY ${UNSET} MAY_EXEC)

# wrong nothing_behind_policy: postern_add_app(other): POLICY names no file: is the variable empty?
# shows policy_fails_the_build
postern_add_app(other SOURCES main.cc POLICY)

# wrong empty_policy: policy.txt: asserts nothing: leave POLICY out, or write a line
# shows policy_fails_the_build
app("# only the monitor calls bob.answer")

# wrong no_such_policy: postern_add_app(other): no such POLICY:
# shows policy_fails_the_build
postern_add_app(other SOURCES main.cc POLICY missing.txt)

# wrong refused_image_is_removed: /app is removed
# shows policy_fails_the_build
app("alice has no syscalls")
