# Declarations of data domains that CMake must refuse.
write_source(alice.cc "extern \"C\" int alice() { return 1; }\n")

# right
postern_add_app(app DOMAINS a b c d e f g h i j DATA k l m SOURCES main.cc SHARED_MEMORY k a)
postern_add_domain(app a SOURCES alice.cc)
postern_add_data(app k READERS a b WRITERS c BORROWERS a d d)
postern_add_data(app m BORROWERS a)

# wrong more_keys_than_there_are: 12 domains and 2 data domains, but there are keys for 13; SPACE own in postern_add_domain gives a domain an address space instead of a key: key 0: shared key 1: monitor key 2: a key 3: b key 4: c key 5: d key 6: e key 7: f key 8: g key 9: h key 10: i key 11: j key 12: k key 13: l key 14: m key 15: signal frames no key left: n
# shows only_declared_loans_build
postern_add_app(app DOMAINS a b c d e f g h i j k l DATA m n SOURCES main.cc)

# wrong domain_and_data: a domain is named twice in DOMAINS or DATA
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS alice bob DATA alice SOURCES main.cc)

# wrong upper_case_data: 'Inbox' cannot name a domain; use lower case letters, digits and _
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS alice DATA Inbox SOURCES main.cc)

# wrong data_that_writes_key_0: DOMAINS does not name inbox, which SHARED_MEMORY or WRITES_KEY_0 does
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS alice DATA inbox SOURCES main.cc WRITES_KEY_0 inbox)

# wrong code_in_a_data_domain: inbox is a data domain, which runs nothing
# shows only_declared_loans_build
postern_add_app(app DOMAINS alice DATA inbox SOURCES main.cc)
postern_add_domain(app inbox SOURCES alice.cc)

# wrong mistyped_app_of_data: postern_add_data(ap inbox): there is no app ap; call postern_add_app first
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS alice DATA inbox SOURCES main.cc)
postern_add_data(ap inbox READERS alice)

# wrong mistyped_data: app has no data domain inbux; its DATA are: inbox;outbox
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS alice DATA inbox outbox SOURCES main.cc)
postern_add_data(app inbux READERS alice)

# wrong no_data_at_all: app has no data domain inbox; its DATA are:
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS alice SOURCES main.cc)
postern_add_data(app inbox READERS alice)

# wrong mistyped_reader: postern_add_data(app inbox): app has no domain alcie; its DOMAINS are: alice
# shows only_declared_loans_build
postern_add_app(app DOMAINS alice DATA inbox SOURCES main.cc)
postern_add_data(app inbox READERS alcie)

# wrong data_that_borrows: postern_add_data(app inbox): app has no domain outbox; its DOMAINS are: alice
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS alice DATA inbox outbox SOURCES main.cc)
postern_add_data(app inbox BORROWERS outbox)

# wrong reader_and_writer: alice is among WRITERS, which may always read and write; leave it out of READERS and BORROWERS
# shows only_declared_loans_build
postern_add_app(app DOMAINS alice DATA inbox SOURCES main.cc)
postern_add_data(app inbox READERS alice WRITERS alice)

# wrong writer_and_borrower: alice is among WRITERS, which may always read and write
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS alice DATA inbox SOURCES main.cc)
postern_add_data(app inbox WRITERS alice BORROWERS alice)

# wrong declared_twice: postern_add_data(app inbox): inbox is declared twice; name all domains that have it in one call
# shows only_declared_loans_build
postern_add_app(app DOMAINS alice bob DATA inbox SOURCES main.cc)
postern_add_data(app inbox READERS alice)
postern_add_data(app inbox READERS bob)

# wrong data_for_nobody: expected READERS domain... or WRITERS domain... or BORROWERS domain... or several of them, got ''
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS alice DATA inbox SOURCES main.cc)
postern_add_data(app inbox)

# wrong unknown_word_of_data: or several of them, got 'READER;alice'
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS alice DATA inbox SOURCES main.cc)
postern_add_data(app inbox READER alice)
