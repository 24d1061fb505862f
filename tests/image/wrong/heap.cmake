# Heaps that CMake or the link must refuse.
write_source(alice.cc "extern \"C\" int alice() { return 1; }\n")

write_source(taker.cc "#include <stddef.h>
#include <stdint.h>
extern \"C\" { void *malloc(size_t); void free(void *); }
uint64_t take(uint64_t bytes) { free(malloc(bytes)); return bytes; }\n")
write_source(caller.cc "#include \"rt/rt.h\"
uint64_t take(uint64_t);
constexpr rt::Entry<Domain::a, take> take_entry;
rt::Exit main(rt::Arguments) {
    return rt::call<Domain::a>(take_entry, uint64_t{1}) ? rt::Exit::success : rt::Exit::failure;
}\n")

# right
postern_add_app(app DOMAINS a b c d DATA inbox SOURCES main.cc)
postern_add_domain(app a SOURCES alice.cc HEAP 1G KEEP 4K FATAL POPULATED)
postern_add_domain(app b HEAP 65536)
postern_add_domain(app c HEAP 1000K KEEP 1000K)

# wrong size_in_words: postern_add_domain(app a): HEAP 'much' is no size: it takes a number of bytes, or one with K, M or G after it, 16M for example
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS a SOURCES main.cc)
postern_add_domain(app a HEAP much)

# wrong size_with_a_unit: HEAP '16MB' is no size
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS a SOURCES main.cc)
postern_add_domain(app a HEAP 16MB)

# wrong no_size: postern_add_domain(app a): HEAP has no size: write HEAP 16M for example
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS a SOURCES main.cc)
postern_add_domain(app a SOURCES alice.cc HEAP)

# wrong half_a_page: HEAP 70000 is not a multiple of 4096 bytes
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS a SOURCES main.cc)
postern_add_domain(app a HEAP 70000)

# wrong small_heap: HEAP 4K: a heap has at least 65536 bytes, and the whole image less than 4 GiB
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS a SOURCES main.cc)
postern_add_domain(app a HEAP 4K)

# wrong large_heap: HEAP 4G: a heap has at least 65536 bytes, and the whole image less than 4 GiB
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS a SOURCES main.cc)
postern_add_domain(app a HEAP 4G)

# wrong keeps_more_than_it_has: KEEP 2M is more than the heap has: HEAP 1M
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS a SOURCES main.cc)
postern_add_domain(app a HEAP 1M KEEP 2M)

# wrong keep_without_a_heap: postern_add_domain(app a): KEEP belongs to a heap: add HEAP size, or leave it out
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS a SOURCES main.cc)
postern_add_domain(app a SOURCES alice.cc KEEP 256K)

# wrong fatal_without_a_heap: postern_add_domain(app a): FATAL belongs to a heap: add HEAP size, or leave it out
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS a SOURCES main.cc)
postern_add_domain(app a SOURCES alice.cc FATAL)

# wrong two_heaps: postern_add_domain(app a): HEAP is given twice: name it in one call
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS a SOURCES main.cc)
postern_add_domain(app a HEAP 1M)
postern_add_domain(app a HEAP 1M)

# wrong heap_of_a_data_domain: postern_add_domain(app inbox): inbox is a data domain, which runs nothing
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS a DATA inbox SOURCES main.cc)
postern_add_domain(app inbox HEAP 1M)

# wrong heap_declared_with_data: postern_add_data(app inbox): HEAP belongs to postern_add_domain
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS a DATA inbox SOURCES main.cc)
postern_add_data(app inbox READERS a HEAP 1M)

# wrong domain_with_the_name_of_a_heap: 'a_heap' cannot name a domain beside a, whose heap has that name
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS a a_heap SOURCES main.cc)

# wrong heaps_beyond_4_gib: heaps (HEAP in postern_add_domain), and 4 stacks of 65536 bytes
# shows heap_is_a_region
postern_add_app(app DOMAINS a b c d SOURCES main.cc)
postern_add_domain(app a HEAP 2G)
postern_add_domain(app d HEAP 2G)

# wrong domain_without_a_heap: a has no heap, used by libpostern_c.a(allocate.cc.obj) in malloc and 1 more: HEAP in postern_add_domain gives it one
# shows only_a_domain_with_a_heap_allocates
postern_add_app(app DOMAINS a SOURCES caller.cc)
postern_add_domain(app a SOURCES taker.cc)

# wrong heap_of_another_domain: a has no heap, used by libpostern_c.a(allocate.cc.obj) in malloc
# shows only_a_domain_with_a_heap_allocates
postern_add_app(app DOMAINS a b SOURCES caller.cc)
postern_add_domain(app a SOURCES taker.cc)
postern_add_domain(app b HEAP 1M)

# wrong app_that_allocates: undefined symbol: malloc
# shows only_a_domain_with_a_heap_allocates
write_source(allocates.cc "#include \"rt/rt.h\"
extern \"C\" void *malloc(size_t);
rt::Exit main(rt::Arguments) {
    void *volatile memory = malloc(1);
    return memory != nullptr ? rt::Exit::success : rt::Exit::failure;
}\n")
postern_add_app(app DOMAINS a SOURCES allocates.cc)
postern_add_domain(app a SOURCES taker.cc HEAP 1M)
