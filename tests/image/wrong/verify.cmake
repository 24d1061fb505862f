# Images that the link step refuses, and takes away again.
write_two_domains(long)
function(in_bob text)
  write_source(bob.cc "extern \"C\" long extra() { ${text} }\n")
  postern_add_domain(app bob SOURCES bob.cc)
endfunction()

# wrong killed_before_the_image_is_verified: FAILED: app
# shows every_image_is_verified
set(POSTERN_VERIFY /bin/false)
cmake_language(DEFER CALL in_bob "return 0;")

postern_add_app(app DOMAINS alice bob SOURCES app.cc)
postern_add_domain(app alice SOURCES alice.cc)

# right
in_bob("asm volatile(\"rdpkru\" : : \"c\"(0) : \"rax\", \"rdx\"); asm volatile(\"lfence\"); return 0xef01;")

# wrong wrpkru_of_a_domain: verify: app refused: wrpkru bytes at extra+0x
# shows every_image_is_verified
in_bob("asm volatile(\"wrpkru\"); return 0;")

# wrong more_than_anybody_reads: verify: app: and 299980 more
# shows every_image_is_verified
in_bob("asm volatile(\".rept 300000; wrpkru; .endr\"); return 0;")

# wrong wrpkru_names_source_and_domain: libapp_bob.a(bob.cc.obj), bob): 
# shows every_image_is_verified
in_bob("asm volatile(\"wrpkru\"); return 0;")

# wrong wrpkru_in_a_constant: [0f 01 ef]
# shows every_image_is_verified tries attack_1
in_bob("return 0xef010f;")

# wrong refused_image_is_removed: /app is removed
# shows every_image_is_verified
in_bob("return 0xef010f;")

# wrong xrstor_of_a_domain: verify: app refused: xrstor bytes at extra+0x
# shows every_image_is_verified tries attack_2
in_bob("asm volatile(\"xrstor (%rsp)\"); return 0;")

# wrong wrgsbase_of_a_domain: verify: app refused: wrgsbase bytes at extra+0x
# shows every_image_is_verified
in_bob("asm volatile(\"wrgsbase %rax\"); return 0;")

# wrong wrpkru_of_the_app: main_too.cc.obj, app):
# shows every_image_is_verified
write_source(main_too.cc "extern \"C\" void extra() { asm volatile(\"wrpkru\"); }\n")
target_sources(app PRIVATE main_too.cc)

# wrong wrpkru_of_a_library_names_its_member: libextra.a(extra.obj), bob):
# shows every_image_is_verified
make_archive(one/libextra.a "extern \"C\" long extra() { return 0xef010f; }\n")
postern_add_domain(app bob LIBRARIES ${CMAKE_BINARY_DIR}/one/libextra.a)

# wrong gate_of_a_domains_own: has the name of a site of the runtime
# shows exceptions_are_the_runtimes
write_source(bob.cc "[[gnu::noinline]] static void leave() asm(\"rt_gate_leave\");
static void leave() { asm volatile(\"wrpkru; cmp $0x15555550, %eax; jne 1f; testb $1, %gs:8; jne 1f; ret; 1: int3\"); }
extern \"C\" void extra() { leave(); }\n")
postern_add_domain(app bob SOURCES bob.cc)

# wrong code_among_the_gates: brings code among the runtime's gates or memory functions
# shows exceptions_are_the_runtimes
in_bob("asm volatile(\".pushsection .gate.extra, \\\"ax\\\"; extra_gate: nop; .popsection; lea extra_gate(%rip), %rax\"); return 0;")

# wrong code_among_the_memory_functions: brings code among the runtime's gates or memory functions
# shows exceptions_are_the_runtimes
in_bob("asm volatile(\".pushsection .memory.extra, \\\"ax\\\"; extra_memory: nop; .popsection; lea extra_memory(%rip), %rax\"); return 0;")

# wrong code_beside_the_stub: (.space.stub)
# shows exceptions_are_the_runtimes
in_bob("asm volatile(\".pushsection .space.stub, \\\"ax\\\"; extra_stub: nop; .popsection; lea extra_stub(%rip), %rax\"); return 0;")

# wrong patched_site_of_the_app: verify: app refused: the site extra+0x0 of .alternatives is in none of memory functions, gates and trap entry
# shows alternatives_are_verified
write_source(main_too.cc "extern \"C\" void extra() { asm volatile(\"nop; nop; .pushsection .alternatives, \\\"ao\\\", @progbits, extra; .long extra - .; .long extra - .; .byte 2, 0; .short 0; .popsection\"); }\n")
target_sources(app PRIVATE main_too.cc)

# wrong allow_sites_in_an_app: ALLOW_SITES is for Postern's own tests and measurements alone
# shows exceptions_are_the_runtimes
postern_add_app(other SOURCES main.cc ALLOW_SITES extra)

# wrong allow_sites_in_an_app_called_like_a_test: ALLOW_SITES is for Postern's own tests and measurements alone
# shows exceptions_are_the_runtimes
postern_add_app(test_other SOURCES main.cc ALLOW_SITES extra)
