# Code that must not become part of an image.
write_two_domains(int)
postern_add_app(app DOMAINS alice bob SOURCES app.cc)
postern_add_domain(app alice SOURCES alice.cc)

set(extra "int calls = 1;\nextern \"C\" int extra() { return ++calls; }\n")

# right
make_archive(one/libextra.a "${extra}")
make_archive(two/libextra.a "${extra}")
postern_add_domain(app bob LIBRARIES ${CMAKE_BINARY_DIR}/one/libextra.a ${CMAKE_BINARY_DIR}/two/libextra.a)
postern_add_domain(app alice LIBRARIES ${CMAKE_BINARY_DIR}/one/libextra.a)
enable_language(C)
write_source(codec.c "static int calls = 1;\nint decode(int value) { return value + ++calls; }\n")
write_source(adler.c "int sum(int a, int b) { return a + b; }\n")
add_library(codec STATIC EXCLUDE_FROM_ALL codec.c)
add_library(adler STATIC EXCLUDE_FROM_ALL adler.c)
write_source(alice.cc "extern \"C\" { int decode(int); int sum(int, int); int alice() { return sum(decode(1), 2); } }\n")
postern_add_domain(app alice LIBRARIES codec $<TARGET_FILE:adler>)
write_source(bob.c "int extra(void);\nint more(void) { return extra() + 1; }\n")
postern_add_domain(app bob SOURCES bob.c)

# wrong nobodys_archive: libextra.a(extra.obj):(.data) is being placed in '.data'
# shows wrong_declaration_is_one_line
make_archive(one/libextra.a "${extra}")
target_link_libraries(app PRIVATE ${CMAKE_BINARY_DIR}/one/libextra.a)

# wrong missing_archive: no such library
# shows unusable_code_is_refused
postern_add_domain(app bob LIBRARIES ${CMAKE_BINARY_DIR}/nowhere/libextra.a)

# wrong library_of_a_target_that_is_no_archive: postern_add_domain(app bob): codec is a target of the type OBJECT_LIBRARY; LIBRARIES takes static libraries: add_library(codec STATIC ...)
# shows wrong_declaration_is_one_line
add_library(codec OBJECT alice.cc)
postern_add_domain(app bob LIBRARIES codec)

# wrong bitcode: holds LLVM bitcode (member extra.obj), whose data the linker cannot keep apart
# shows unusable_code_is_refused
make_archive(one/libextra.a "${extra}" -flto)
postern_add_domain(app bob LIBRARIES ${CMAKE_BINARY_DIR}/one/libextra.a)

# wrong thin_bitcode: holds LLVM bitcode (member extra.obj), whose data the linker cannot keep apart
# shows unusable_code_is_refused
make_archive(one/libextra.a "${extra}" -flto=thin)
postern_add_domain(app bob LIBRARIES ${CMAKE_BINARY_DIR}/one/libextra.a)

# wrong thin_archive: thin.a: is a thin archive: pack it again by llvm-ar without T
# shows unusable_code_is_refused
make_archive(one/libextra.a "${extra}")
pack(thin.a rcT extra.obj)
postern_add_domain(app bob LIBRARIES ${CMAKE_BINARY_DIR}/thin.a)

# wrong thread_local_variable: bob.domain:(.tdata) is being placed in '.tdata'
# shows unusable_code_is_refused
make_archive(one/libextra.a "thread_local int calls = 1;\nextern \"C\" int extra() { return ++calls; }\n")
postern_add_domain(app bob LIBRARIES ${CMAKE_BINARY_DIR}/one/libextra.a)

# wrong constructor: postern: a run-time constructor was linked (.init_array is not empty): make the global constinit
# shows unusable_code_is_refused
make_archive(one/libextra.a "int next();\nint calls = next();\nextern \"C\" int extra() { return ++calls; }\nint next() { static volatile int n; return ++n; }\n")
postern_add_domain(app bob LIBRARIES ${CMAKE_BINARY_DIR}/one/libextra.a)

# wrong constructor_of_the_app: postern: a run-time constructor was linked (.init_array is not empty): make the global constinit
# shows unusable_code_is_refused
write_source(extra.cc "extern \"C\" int extra();\nint calls = extra();\nint extra() { static volatile int n; return ++n; }\n")
target_sources(app PRIVATE extra.cc)

# wrong unknown_domains_gate: undefined symbol: rt_view_4
# shows unusable_code_is_refused
write_source(extra.cc "extern \"C\" void rt_gate_enter_4();\nextern \"C\" void extra() { rt_gate_enter_4(); }\n")
target_sources(app PRIVATE extra.cc)
