# Domains with an address space of their own: the word SPACE of postern_add_domain.

# The part of postern_add_domain that reads it:
#   SPACE own    the domain runs in a process of its own on every machine, beside domains with keys. Its code may hold any
#                instruction, because only that process can execute it; it takes none of the 13 keys; calls cost more
#                (apps/guide/isolation.md). An app may have 64 such domains.
function(_postern_add_space app domain)
  set(who "postern_add_domain(${app} ${domain})")
  cmake_parse_arguments(PARSE_ARGV 2 part "${POSTERN_FLAGS_postern_add_domain}" "${POSTERN_VALUES_postern_add_domain}"
                        "${POSTERN_LISTS_postern_add_domain}")
  get_target_property(own ${app} POSTERN_OWN_DOMAINS)
  if("SPACE" IN_LIST part_KEYWORDS_MISSING_VALUES OR DEFINED part_SPACE)
    if(NOT part_SPACE STREQUAL "own")
      message(FATAL_ERROR "${who}: SPACE '${part_SPACE}': it takes the word own, or is left out")
    endif()
    get_target_property(key_0 ${app} POSTERN_KEY_0_DOMAINS)
    if(domain IN_LIST key_0)
      message(FATAL_ERROR "${who}: a domain with SPACE own has no key: WRITES_KEY_0 in postern_add_app does not go with it")
    endif()
    get_target_property(options ${app} POSTERN_OPTIONS)
    if("ALLOW_NO_ISOLATION=1" IN_LIST options)
      message(FATAL_ERROR "${who}: a domain with SPACE own never runs in the monitor's process: ALLOW_NO_ISOLATION in "
                          "postern_add_app does not go with it")
    endif()
    if(NOT domain IN_LIST own)
      list(APPEND own ${domain})
      set_property(TARGET ${app} PROPERTY POSTERN_OWN_DOMAINS "${own}")
      _postern_number_of(number ${app} ${domain})
      set_property(TARGET ${app} APPEND_STRING PROPERTY POSTERN_DOMAIN_ROWS "OWN_SPACE(${domain}, ${number})\n")
    endif()
  endif()
  get_target_property(rows ${app} POSTERN_DOMAIN_ROWS)
  if(domain IN_LIST own AND (part_TRUSTED OR rows MATCHES "TRUSTED\\(${domain}\\)"))
    message(FATAL_ERROR "${who}: TRUSTED saves what gates of keys wipe, and a domain with SPACE own has no such gate: "
                        "leave TRUSTED out")
  endif()
endfunction()
