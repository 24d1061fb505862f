# The signer as it was built, its parser given more than its policy says.
file(GLOB objects ${POSTERN_BUILT}/apps/signer/CMakeFiles/signer.dir/*.obj)
function(signer table)
  write_source(extra.cc "#include <asm/unistd.h>\n#include \"rt/rt.h\"\n${table}\n")
  postern_add_app(app DOMAINS parser vault SOURCES ${objects} extra.cc POLICY ${root}/apps/signer/policy.txt)
  postern_add_domain(app parser LIBRARIES ${POSTERN_BUILT}/apps/signer/libsigner_parser.a)
  postern_add_domain(app vault LIBRARIES ${POSTERN_BUILT}/apps/signer/libsigner_vault.a)
  set_target_properties(app PROPERTIES LINKER_LANGUAGE CXX)
endfunction()

# right
signer("POSTERN_CALLS(rt::syscall::answer(Domain::parser, __NR_getpid, rt::Errno::not_permitted));")

# wrong parser_has_one_syscall: apps/signer/policy.txt:7: "parser has no syscalls" does not hold: parser has syscalls getpid
# shows policy_fails_the_build
signer("POSTERN_CALLS(rt::syscall::grant(Domain::parser, __NR_getpid));")

# wrong vault_has_one_syscall: "vault has no syscalls" does not hold: vault has syscalls write
# shows policy_fails_the_build
signer("POSTERN_CALLS(rt::syscall::grant(Domain::vault, __NR_write, rt::syscall::descriptor(), rt::syscall::bytes_in(2), rt::syscall::scalar()));")

# wrong image_with_the_syscall_is_removed: /app is removed
# shows policy_fails_the_build
signer("POSTERN_CALLS(rt::syscall::grant(Domain::parser, __NR_getpid));")

# wrong parser_may_call_the_vault: "parser has no cross_calls" does not hold: parser has cross_calls vault.begin
# shows policy_fails_the_build
signer("namespace signer::vault { void begin(); }
constexpr rt::Entry<Domain::vault, signer::vault::begin> begin;
constexpr rt::CrossCall<1, Domain::parser, begin> begin_for_parser;
POSTERN_CROSS_CALLS(begin_for_parser);")
