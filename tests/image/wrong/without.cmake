# C functions that a domain refers to and that nobody defines.
write_two_domains(long)
postern_add_app(app DOMAINS alice bob SOURCES app.cc)
postern_add_domain(app alice SOURCES alice.cc)
function(bob_says text)
  make_archive(libextra.a "extern \"C\" {
long strlen(const char *); void *fopen(const char *, const char *); int puts(const char *); double sin(double); extern void *stderr;
long no_such_function(long); [[gnu::weak]] int weak_one(int); [[noreturn]] void abort();
volatile double one = 1;
long extra() { ${text} } }\n" ${ARGN})
  postern_add_domain(app bob LIBRARIES ${CMAKE_BINARY_DIR}/libextra.a)
endfunction()

# right
bob_says("if (!fopen(\"a\", \"r\") || puts(\"b\") || stderr) abort(); return long(sin(strlen(\"four\"))) + (weak_one ? weak_one(1) : 0);")
postern_add_domain(app bob WITHOUT stdio math)

# wrong all_in_one_list: bob has no fopen, used by libextra.a(extra.obj) in extra bob has no sin, used by libextra.a(extra.obj) in extra bob has no stderr, used by
# shows missing_c_is_refused
bob_says("return fopen(\"a\", \"r\") && stderr && sin(one) > 0;")

# wrong the_words_to_add: bob may be without the C functions among them, each call of which is then a fault: add to its postern_add_domain WITHOUT math stdio
# shows missing_c_is_refused
bob_says("return fopen(\"a\", \"r\") && stderr && sin(one) > 0;")

# wrong the_words_that_are_still_missing: then a fault: add to its postern_add_domain WITHOUT math
# shows missing_c_is_refused
bob_says("return fopen(\"a\", \"r\") && sin(one) > 0;")
postern_add_domain(app bob WITHOUT stdio)

# wrong in_no_group: bob has no no_such_function, used by libextra.a(extra.obj) in extra
# shows missing_c_is_refused
bob_says("return no_such_function(1);")
postern_add_domain(app bob WITHOUT stdio math)

# wrong no_such_group: postern_add_domain(app bob): WITHOUT printing: there is no such group of functions; the groups are stdio, files,
# shows missing_c_is_refused
bob_says("return 0;")
postern_add_domain(app bob WITHOUT printing)

# wrong c_of_the_app: undefined symbol: strlen
# shows domains_have_c
bob_says("return 0;")
write_source(extra.cc "extern \"C\" unsigned long strlen(const char *);\nunsigned long length(const char *a) { return strlen(a); }\n")
write_source(app.cc "#include \"rt/rt.h\"\nunsigned long length(const char *);
rt::Exit main(rt::Arguments a) { return length(a.count() ? \"a\" : \"\") ? rt::Exit::success : rt::Exit::failure; }\n")
target_sources(app PRIVATE extra.cc)
