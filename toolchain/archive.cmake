# What an archive must be to become part of a domain.

# postern_check_archive(APP DOMAIN ARCHIVE) stops the configuration unless ARCHIVE's members can be linked by
#   themselves. Bitcode the linker would compile only with all of the image's, and the optimiser would move
#   constants across domains. The archive is read member by member: a header of 60 bytes, its size in decimal at 48, then the member, padded to an even size.
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
      message(FATAL_ERROR "${who} holds LLVM bitcode (member ${member}), whose data the linker "
                          "cannot keep apart; compile it with -fno-lto")
    endif()
    math(EXPR offset "${offset} + ${bytes} + ${bytes} % 2")
  endwhile()
endfunction()
