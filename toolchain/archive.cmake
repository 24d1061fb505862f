# What an archive must be to become part of a domain, and how it does.

# postern_check_archive(APP DOMAIN ARCHIVE) stops the configuration unless ARCHIVE's members can be placed.
#   The linker compiles bitcode to objects of its own naming, which no pattern of the linker script finds
#   again, and only after the optimiser has moved constants across domains. The archive is read member by
#   member: a header of 60 bytes, its size in decimal at 48, then the member, padded to an even size.
function(postern_check_archive app domain archive)
  set(who "postern_add_domain(${app} ${domain}): ${archive}")
  file(READ ${archive} magic LIMIT 8 HEX)
  if(NOT magic STREQUAL "213c617263683e0a") # "!<arch>\n"
    message(FATAL_ERROR "${who} is not a regular archive; name a static library that holds its members "
                        "itself (a thin archive or a linker script does not)")
  endif()
  file(SIZE ${archive} end)
  set(offset 8)
  while(offset LESS end)
    file(READ ${archive} header OFFSET ${offset} LIMIT 60)
    if(NOT header MATCHES "^(................)................................([0-9]+) *`")
      message(FATAL_ERROR "${who} is damaged at byte ${offset}; build or fetch it anew")
    endif()
    string(STRIP "${CMAKE_MATCH_1}" member)
    set(bytes ${CMAKE_MATCH_2})
    if(member MATCHES "^#1/|^__.SYMDEF")
      message(FATAL_ERROR "${who} is a BSD archive; pack it again by llvm-ar --format=gnu")
    endif()
    math(EXPR offset "${offset} + 60")
    file(READ ${archive} magic OFFSET ${offset} LIMIT 4 HEX)
    if(magic MATCHES "^(4243c0de|dec0170b)") # bitcode, bare or in its wrapper
      message(FATAL_ERROR "${who} holds LLVM bitcode (member ${member}), whose data the linker script "
                          "cannot place; compile it with -fno-lto")
    endif()
    math(EXPR offset "${offset} + ${bytes} + ${bytes} % 2")
  endwhile()
endfunction()

# Lets the linker script place an archive's data in a domain, by the archive's file name: in a folder or, for
# an app at the root of a build tree, in none.
function(postern_claim_archive app domain archive path)
  if(NOT archive MATCHES "^[A-Za-z0-9_.+-]+[.]a$" OR archive MATCHES "^libpostern_(rt|crt)[.]a$")
    message(FATAL_ERROR "postern_add_domain(${app} ${domain}): ${archive}: the linker script tells archives apart "
                        "by file name: letters, digits and _.+- that end in .a, no name of the runtime's; rename it")
  endif()
  get_target_property(claimed ${app} POSTERN_ARCHIVES)
  if(archive IN_LIST claimed)
    message(FATAL_ERROR "postern_add_domain(${app} ${domain}): two archives named ${archive}; the "
                        "linker script tells archives apart by file name, so rename one")
  endif()
  set_property(TARGET ${app} APPEND PROPERTY POSTERN_ARCHIVES ${archive})
  set_property(TARGET ${app} APPEND_STRING PROPERTY POSTERN_OWNERS "${domain} ${path}\n")
  set_property(TARGET ${app} APPEND_STRING PROPERTY POSTERN_DATA_${domain}
                                                    "DOMAIN_DATA(*/${archive}:*) DOMAIN_DATA(${archive}:*)\n")
  set_property(TARGET ${app} APPEND_STRING PROPERTY POSTERN_BSS_${domain}
                                                    "DOMAIN_BSS(*/${archive}:*) DOMAIN_BSS(${archive}:*)\n")
endfunction()
