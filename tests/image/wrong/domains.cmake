# Declarations that CMake must refuse.
write_source(alice.cc "extern \"C\" int alice() { return 1; }\n")

# right
postern_add_app(app DOMAINS a b c d e f g h i j k l m SOURCES main.cc INIT FILES /etc/main=main.cc)
postern_add_domain(app a SOURCES alice.cc)

# wrong named_twice: a domain is named twice in DOMAINS
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS alice bob alice SOURCES main.cc)

# wrong fourteen: 14 domains, but there are keys for 13; SPACE own in postern_add_domain gives a domain an address space instead of a key: key 0: shared key 1: monitor key 2: a key 3: b key 4: c key 5: d key 6: e key 7: f key 8: g key 9: h key 10: i key 11: j key 12: k key 13: l key 14: m key 15: signal frames no key left: n
# shows ledger_hands_out_free_keys, wrong_declaration_is_one_line
postern_add_app(app DOMAINS a b c d e f g h i j k l m n SOURCES main.cc)

# wrong upper_case_name: 'Alice' cannot name a domain; use lower case letters, digits and _
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS Alice SOURCES main.cc)

# wrong reserved_name: 'monitor' cannot name a domain
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS monitor SOURCES main.cc)

# wrong name_of_a_table: 'services' cannot name a domain: the linker script has a place with the symbol __services_start (linker/image.ld.in)
# shows object_brings_no_runtime_rows
postern_add_app(app DOMAINS services SOURCES main.cc)

# wrong name_of_granted_calls: 'calls' cannot name a domain: the linker script has a place with the symbol __calls_start (linker/image.ld.in)
# shows object_brings_no_runtime_rows
postern_add_app(app DOMAINS a DATA calls SOURCES main.cc)

# wrong name_of_an_owner: 'runtime' cannot name a domain
# shows object_brings_no_runtime_rows
postern_add_app(app DOMAINS runtime SOURCES main.cc)

# wrong word_of_policies: 'nobody' cannot name a domain
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS nobody SOURCES main.cc)

# wrong mistyped_domain: app has no domain alcie; its DOMAINS are: alice;bob
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS alice bob SOURCES main.cc)
postern_add_domain(app alcie SOURCES alice.cc)

# wrong mistyped_app: there is no app ap; call postern_add_app first
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS alice SOURCES main.cc)
postern_add_domain(ap alice SOURCES alice.cc)

# wrong mistyped_shared_domain: DOMAINS does not name alcie, which SHARED_MEMORY or WRITES_KEY_0 does
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS alice SOURCES main.cc SHARED_MEMORY alcie)

# wrong all_guarantees_void: WRITES_KEY_0 voids what REQUIRES_ALL_GUARANTEES asks for; leave one of them out
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS alice SOURCES main.cc WRITES_KEY_0 alice REQUIRES_ALL_GUARANTEES)

# wrong no_isolation_forbidden: ALLOW_NO_ISOLATION allows what REQUIRES_ALL_GUARANTEES forbids; leave one of them out
# shows runs_without_isolation_if_told
postern_add_app(app DOMAINS alice SOURCES main.cc ALLOW_NO_ISOLATION REQUIRES_ALL_GUARANTEES)

# wrong no_isolation_where_keys_are_required: ALLOW_NO_ISOLATION allows what REQUIRES_KEYS forbids; leave one of them out
# shows isolation_is_chosen_as_declared
postern_add_app(app DOMAINS alice SOURCES main.cc ALLOW_NO_ISOLATION REQUIRES_KEYS)

# wrong another_waiting: postern_add_app(app): WAITING 'sleep': it takes spin, or leave WAITING out
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS alice SOURCES main.cc WAITING sleep)

# wrong waiting_without_a_value: postern_add_app(app): WAITING '': it takes spin, or leave WAITING out
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS alice SOURCES main.cc WAITING MAY_EXEC)

# wrong may_exec_with_all_guarantees: MAY_EXEC leaves a weaker system call filter than REQUIRES_ALL_GUARANTEES asks for; leave one of them out
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS alice SOURCES main.cc MAY_EXEC REQUIRES_ALL_GUARANTEES)

# wrong keeps_standard_error: KEEPS_DESCRIPTORS 2: it takes numbers from 3 to 62
# shows descriptors_are_declared
postern_add_app(app DOMAINS alice SOURCES main.cc KEEPS_DESCRIPTORS 2)

# wrong domain_without_code: expected SOURCES file..., LIBRARIES library..., WITHOUT group..., TRUSTED, SPACE own, LOG_BYTES_PER_SECOND count or HEAP size
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS alice SOURCES main.cc)
postern_add_domain(app alice)

# wrong log_without_a_number: postern_add_domain(app alice): LOG_BYTES_PER_SECOND 'much': it takes a number of bytes
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS alice SOURCES main.cc)
postern_add_domain(app alice SOURCES alice.cc LOG_BYTES_PER_SECOND much)

# wrong log_of_an_empty_variable: postern_add_domain(app alice): LOG_BYTES_PER_SECOND '': it takes a number of bytes
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS alice SOURCES main.cc)
postern_add_domain(app alice SOURCES alice.cc LOG_BYTES_PER_SECOND)

# wrong app_without_sources: no SOURCES; name the file that defines main
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS alice)

# wrong unknown_word: unknown words 'DOMAIN;alice'
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAIN alice SOURCES main.cc)

# wrong odd_stack: STACK 5000 is not a multiple of 4096
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS alice SOURCES main.cc STACK 5000)

# wrong stacks_beyond_4_gib: text, constants, data, heaps (HEAP in postern_add_domain), and 13 stacks of 536870912 bytes (STACK in postern_add_app), each with a guard of 0x100000 bytes: lower HEAP or STACK, or make the largest variables smaller
# shows stack_overflow_says_so
postern_add_app(app DOMAINS a b c d e f g h i j k l m SOURCES main.cc STACK 536870912)

# wrong data_out_of_reach: text, constants and data take more than 2 GiB: rip-relative addresses no longer reach the data; make the largest variables smaller
# shows stack_overflow_says_so
write_source(large.cc "#include \"rt/rt.h\"\nvolatile char large[0x7fffffff];\nrt::Exit main(rt::Arguments) { return large[0] == 0 ? rt::Exit::success : rt::Exit::failure; }\n")
postern_add_app(app SOURCES large.cc)

# wrong unsealed_app: postern_add_app(app): UNSEALED is for images of tests alone (postern_add_test)
# shows app_seals_whole_regions
postern_add_app(app SOURCES main.cc UNSEALED)

# wrong app_without_filter: postern_add_app(app): WITHOUT_FILTER is for images of tests alone (postern_add_test)
# shows app_seals_whole_regions
postern_add_app(app SOURCES main.cc WITHOUT_FILTER)

# wrong app_with_the_weaker_frames: postern_add_app(app): FRAME_FORCIBLE is for images of tests alone (postern_add_test)
# shows app_seals_whole_regions
postern_add_app(app SOURCES main.cc FRAME_FORCIBLE)

# wrong files_without_init: postern_add_app(app): FILES go into an initramfs; add INIT, which makes one
# shows app_boots_from_initramfs
postern_add_app(app SOURCES main.cc FILES /etc/main=main.cc)

# wrong files_without_a_place: postern_add_app(app): FILES takes PLACE=FILE, /etc/mine.conf=mine.conf for example, not 'alice.cc'
# shows app_boots_from_initramfs
postern_add_app(app SOURCES main.cc INIT FILES alice.cc)

# wrong stack_of_a_domain: postern_add_domain(app alice): STACK belongs to postern_add_app; postern_add_domain takes SOURCES, LIBRARIES, WITHOUT, LOG_BYTES_PER_SECOND, HEAP, KEEP, SPACE, TRUSTED, FATAL, POPULATED
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS alice SOURCES main.cc)
postern_add_domain(app alice SOURCES alice.cc STACK 8192)

# wrong libraries_of_an_app: postern_add_app(app): LIBRARIES belongs to postern_add_domain; postern_add_app takes DOMAINS,
# shows wrong_declaration_is_one_line
postern_add_app(app SOURCES main.cc LIBRARIES libalice.a)

# wrong readers_of_a_domain: postern_add_domain(app alice): READERS belongs to postern_add_data
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS alice SOURCES main.cc)
postern_add_domain(app alice SOURCES alice.cc READERS alice)

# wrong trusted_data: postern_add_data(app inbox): TRUSTED belongs to postern_add_domain
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS alice DATA inbox SOURCES main.cc)
postern_add_data(app inbox READERS alice TRUSTED)

# wrong sources_in_c: postern_add_domain(app alice): SOURCES are in C, which this project has not enabled: project(... LANGUAGES C CXX ASM)
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS alice SOURCES main.cc)
postern_add_domain(app alice SOURCES alice.c)
