# Code of a domain with an address space of its own: what the verifier takes there and nowhere else.
write_two_domains(long)
set(forbidden "asm volatile(\"wrpkru; xrstor (%rsp); wrgsbase %rax; wrfsbase %rax; syscall\");")
write_source(bob.cc "extern \"C\" long hidden();\nextern \"C\" long extra() { ${forbidden} return hidden(); }\n")
make_archive(one/libextra.a "extern \"C\" long hidden() { ${forbidden} return 0xef010f; }\n")
function(in_alice text)
  write_source(alice.cc "int alice_calls = 1;\nextern \"C\" int alice() { ${text} return ++alice_calls; }\n")
  postern_add_domain(app alice SOURCES alice.cc)
endfunction()

# wrong code_of_the_app_in_its_segment: brings code into the segment of bob, whose code is not searched
# shows own_space_holds_any_instruction
file(WRITE ${CMAKE_BINARY_DIR}/verify_another "#!/bin/sh
sed -i 's, /.*/bob[.]domain:([.]text, CMakeFiles/app.dir/app.cc.obj:(.text,' \"$3/image.map\"
exec '${POSTERN_BUILT}/verify/bin/verify' \"$@\"\n")
run(chmod +x verify_another)
set(POSTERN_VERIFY ${CMAKE_BINARY_DIR}/verify_another)
cmake_language(DEFER CALL in_alice "")

postern_add_app(app DOMAINS alice bob SOURCES app.cc)
postern_add_domain(app bob SPACE own SOURCES bob.cc LIBRARIES ${CMAKE_BINARY_DIR}/one/libextra.a)

# right
in_alice("")

# wrong code_of_another_domain: verify: app refused: wrpkru bytes at alice+0x
# shows own_space_holds_any_instruction
in_alice("asm volatile(\"wrpkru\");")

# wrong code_of_the_app: main_too.cc.obj, app):
# shows own_space_holds_any_instruction
in_alice("")
write_source(main_too.cc "extern \"C\" void too() { asm volatile(\"wrgsbase %rax\"); }\n")
target_sources(app PRIVATE main_too.cc)
target_link_options(app PRIVATE -Wl,-u,too)

# wrong code_of_its_own_among_the_gates: brings code among the runtime's gates or memory functions
# shows own_space_holds_any_instruction
in_alice("")
make_archive(two/libmore.a "[[gnu::section(\".gate.bob\"), gnu::used]] static void gate() { asm volatile(\"wrpkru\"); }
extern \"C\" long more() { return reinterpret_cast<long>(&gate); }\n")
write_source(bob.cc "extern \"C\" { long more(); long extra() { return more(); } }\n")
postern_add_domain(app bob LIBRARIES ${CMAKE_BINARY_DIR}/two/libmore.a)

# wrong code_of_the_app_named_as_its_object: wrpkru bytes at too+0x0 (libtoo.a(bob.domain), app)
# shows own_space_holds_any_instruction
in_alice("")
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/x)
make_object(x/bob.domain "extern \"C\" void too() { asm volatile(\"wrpkru\"); }\n")
pack(two/libtoo.a rcsP x/bob.domain)
target_link_libraries(app PRIVATE ${CMAKE_BINARY_DIR}/two/libtoo.a -Wl,-u,too)
