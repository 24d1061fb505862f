# Domains with an address space of their own that CMake must refuse.
write_source(alice.cc "extern \"C\" int alice() { return 1; }\n")

# right
postern_add_app(app DOMAINS a b c d e f g h i j k l m n o p DATA data SOURCES main.cc)
foreach(domain IN ITEMS n b p o)
  postern_add_domain(app ${domain} SOURCES alice.cc SPACE own HEAP 1M)
endforeach()
postern_add_data(app data READERS a n WRITERS b BORROWERS o)

# wrong another_word: postern_add_domain(app a): SPACE 'shared': it takes the word own, or is left out
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS a SOURCES main.cc)
postern_add_domain(app a SOURCES alice.cc SPACE shared)

# wrong no_word: SPACE '': it takes the word own, or is left out
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS a SOURCES main.cc)
postern_add_domain(app a SPACE)

# wrong data_domain: d is a data domain, which runs nothing
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS a DATA d SOURCES main.cc)
postern_add_domain(app d SPACE own)

# wrong sixty_five: 65 domains have SPACE own (postern_add_domain); there are numbers for 64
# shows wrong_declaration_is_one_line
set(many d0 d1 d2 d3 d4 d5 d6 d7 d8 d9 d10 d11 d12 d13 d14 d15 d16 d17 d18 d19 d20 d21 d22 d23 d24 d25 d26 d27 d28 d29 d30 d31 d32 d33 d34 d35 d36 d37 d38 d39 d40 d41 d42 d43 d44 d45 d46 d47 d48 d49 d50 d51 d52 d53 d54 d55 d56 d57 d58 d59 d60 d61 d62 d63 d64)
postern_add_app(app DOMAINS ${many} SOURCES main.cc STACK 4096)
foreach(domain IN LISTS many)
  postern_add_domain(app ${domain} SPACE own)
endforeach()

# wrong key_0: a domain with SPACE own has no key: WRITES_KEY_0 in postern_add_app does not go with it
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS a SOURCES main.cc WRITES_KEY_0 a)
postern_add_domain(app a SPACE own)

# wrong no_isolation: a domain with SPACE own never runs in the monitor's process: ALLOW_NO_ISOLATION in postern_add_app does not go with it
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS a SOURCES main.cc ALLOW_NO_ISOLATION)
postern_add_domain(app a SPACE own)

# wrong trusted: TRUSTED saves what gates of keys wipe, and a domain with SPACE own has no such gate: leave TRUSTED out
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS a SOURCES main.cc)
postern_add_domain(app a SPACE own TRUSTED)

# wrong trusted_before: TRUSTED saves what gates of keys wipe
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS a SOURCES main.cc)
postern_add_domain(app a TRUSTED)
postern_add_domain(app a SPACE own)

# wrong a_domain_without_keys_is_left: 14 domains, but there are keys for 13; SPACE own in postern_add_domain gives a domain an address space instead of a key
# shows wrong_declaration_is_one_line
postern_add_app(app DOMAINS a b c d e f g h i j k l m n o SOURCES main.cc)
postern_add_domain(app o SPACE own)
