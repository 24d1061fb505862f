# Data domains: memory that domains share on purpose, under a key of its own.

# postern_add_data(APP DATA [READERS d...] [WRITERS d...] [BORROWERS d...])
#   Declares which domains have a data domain that postern_add_app's DATA names. READERS may always read it,
#   WRITERS may always read and write it. BORROWERS may use it during a call that lends it to them
#   (rt::call_lending). No other code can access it, not even the monitor's own, which uses checked copies.
#   If it is never declared here, no domain has it and only the monitor copies from and to it. A call may
#   lend it for writing to a domain that is among READERS and BORROWERS. POSTERN_DATA(DATA) and
#   POSTERN_BSS(DATA) place variables there.
function(postern_add_data app data)
  set(who "postern_add_data(${app} ${data})")
  _postern_refuse_words_of_others(postern_add_data "${who}" ${ARGN})
  cmake_parse_arguments(PARSE_ARGV 2 part "" "" "${POSTERN_LISTS_postern_add_data}")
  if(NOT TARGET ${app})
    message(FATAL_ERROR "${who}: there is no app ${app}; call postern_add_app first")
  endif()
  get_target_property(domains ${app} POSTERN_DOMAINS)
  get_target_property(all_data ${app} POSTERN_DATA_DOMAINS)
  if(NOT data IN_LIST all_data)
    message(FATAL_ERROR "${who}: ${app} has no data domain ${data}; its DATA are: ${all_data}")
  endif()
  if(part_UNPARSED_ARGUMENTS OR part_KEYWORDS_MISSING_VALUES
     OR NOT (part_READERS OR part_WRITERS OR part_BORROWERS))
    message(FATAL_ERROR "${who}: expected READERS domain... or WRITERS domain... or BORROWERS domain... or "
                        "several of them, got '${ARGN}'")
  endif()
  get_target_property(known ${app} POSTERN_KNOWN_${data})
  if(known)
    message(FATAL_ERROR "${who}: ${data} is declared twice; name all domains that have it in one call")
  endif()
  set_target_properties(${app} PROPERTIES POSTERN_KNOWN_${data} TRUE)
  foreach(domain IN LISTS part_READERS part_WRITERS part_BORROWERS)
    if(NOT domain IN_LIST domains)
      message(FATAL_ERROR "${who}: ${app} has no domain ${domain}; its DOMAINS are: ${domains}")
    endif()
  endforeach()
  set(all_that_have_it ${part_READERS} ${part_WRITERS} ${part_BORROWERS})
  list(REMOVE_DUPLICATES all_that_have_it)
  foreach(domain IN LISTS all_that_have_it)
    set_property(TARGET ${app} APPEND_STRING PROPERTY POSTERN_PARTS "has ${domain} ${data}\n")
  endforeach()
  foreach(domain IN LISTS part_WRITERS)
    if(domain IN_LIST part_READERS OR domain IN_LIST part_BORROWERS)
      message(FATAL_ERROR "${who}: ${domain} is among WRITERS, which may always read and write; leave it out of "
                          "READERS and BORROWERS")
    endif()
  endforeach()

  _postern_number_of(number ${app} ${data})
  _postern_open_data(${app} ${number} READS "${part_READERS}")
  _postern_open_data(${app} ${number} WRITES "${part_WRITERS}")
  list(REMOVE_DUPLICATES part_BORROWERS)
  foreach(domain IN LISTS part_BORROWERS)
    set_property(TARGET ${app} APPEND_STRING PROPERTY POSTERN_DOMAIN_ROWS "LENDABLE(${data}, ${domain})\n")
  endforeach()
endfunction()

# Opens the data domain with a key in the views of domains: `word` is READS or WRITES.
function(_postern_open_data app key word domains)
  list(REMOVE_DUPLICATES domains)
  foreach(domain IN LISTS domains)
    set_property(TARGET ${app} APPEND_STRING PROPERTY POSTERN_RIGHTS_${domain} " ${word}(${key})")
  endforeach()
endfunction()
