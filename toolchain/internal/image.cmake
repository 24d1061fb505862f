# Makes an image from the declarations of postern.cmake: generated sources, linker script, verification,
# initramfs.

# The numbers that domains may have, from linker/layout.h: those of keys, and those of address spaces of their own.
file(STRINGS ${POSTERN_ROOT}/linker/layout.h postern_numbers
     REGEX "^#define POSTERN_(KEY_(FIRST|LAST)_DOMAIN|NUMBER_(FIRST|LAST)_OWN) [0-9]+$")
foreach(line IN LISTS postern_numbers)
  string(REGEX MATCH "POSTERN_([A-Z_]+) ([0-9]+)" line "${line}")
  set(POSTERN_${CMAKE_MATCH_1} ${CMAKE_MATCH_2})
endforeach()

# Names that the linker script gives its own places: __NAME_start. The script would give a domain's region the same
# symbol, and the runtime would take that memory for its tables.
file(STRINGS ${POSTERN_ROOT}/linker/image.ld.in lines REGEX "__[a-z0-9_]+_start")
set(POSTERN_NAMES_OF_PLACES "")
foreach(line IN LISTS lines)
  string(REGEX MATCHALL "__[a-z0-9_]+_start" symbols "${line}")
  list(TRANSFORM symbols REPLACE "^__(.*)_start$" "\\1")
  list(APPEND POSTERN_NAMES_OF_PLACES ${symbols})
endforeach()

# Fails if a name cannot be a domain's.
function(_postern_check_domain_names app)
  # Names of regions and owners of the runtime, and words of policies.
  set(taken monitor shared frame arena own_texts runtime app fill and the no but nobody)
  foreach(domain IN LISTS ARGN)
    if(domain MATCHES "^(.+)_(stack|heap|text)$" AND CMAKE_MATCH_1 IN_LIST ARGN)
      message(FATAL_ERROR "postern_add_app(${app}): '${domain}' cannot name a domain beside ${CMAKE_MATCH_1}, whose "
                          "${CMAKE_MATCH_2} has that name")
    endif()
    foreach(place ${domain} ${domain}_stack ${domain}_heap ${domain}_text)
      if(place IN_LIST POSTERN_NAMES_OF_PLACES AND NOT domain IN_LIST taken)
        message(FATAL_ERROR "postern_add_app(${app}): '${domain}' cannot name a domain: the linker script has a place with "
                            "the symbol __${place}_start (linker/image.ld.in)")
      endif()
    endforeach()
    if(NOT domain MATCHES "^[a-z][a-z0-9_]*$" OR domain IN_LIST taken)
      string(JOIN ", " taken ${taken})
      message(FATAL_ERROR "postern_add_app(${app}): '${domain}' cannot name a domain; use lower case "
                          "letters, digits and _, and none of ${taken}")
    endif()
  endforeach()
endfunction()

# Fails if there are more domains and data domains than keys. Those with SPACE own are not among them. The last
# arguments are the first and the last key of a domain.
function(_postern_check_domain_count app domains data first last)
  list(LENGTH domains domain_count)
  set(what "${domain_count} domains")
  if(data)
    list(LENGTH data data_count)
    string(APPEND what " and ${data_count} data domains")
  endif()
  set(all ${domains} ${data})
  list(LENGTH all count)
  set(key ${first})
  set(owners "key 0: shared\n  key 1: monitor\n")
  set(keyless "")
  foreach(domain IN LISTS all)
    if(key GREATER last)
      string(APPEND keyless "  no key left: ${domain}\n")
    else()
      string(APPEND owners "  key ${key}: ${domain}\n")
    endif()
    math(EXPR key "${key} + 1")
  endforeach()
  if(keyless)
    math(EXPR room "${last} - ${first} + 1")
    message(FATAL_ERROR "postern_add_app(${app}): ${what}, but there are keys for ${room}; SPACE own in "
                        "postern_add_domain gives a domain an address space instead of a key:\n"
                        "  ${owners}  key 15: signal frames\n${keyless}")
  endif()
endfunction()

# Sets `result` to the number of a domain or data domain, as a generator expression: all of them are known when all
# calls of postern_add_domain have been read.
function(_postern_number_of result app domain)
  set(${result} "$<TARGET_PROPERTY:${app},POSTERN_NUMBER_${domain}>" PARENT_SCOPE)
endfunction()

# Numbers the domains of an app: first those with keys, in the order of DOMAINS, then data domains. Those with SPACE own
# have numbers above all keys. The arguments after the app are the first and the last number of each kind, because this
# runs at the end of the project, where variables of ours need not be known.
function(_postern_number_domains app first_key last_key first_own last_own)
  get_target_property(domains ${app} POSTERN_DOMAINS)
  get_target_property(data ${app} POSTERN_DATA_DOMAINS)
  get_target_property(own ${app} POSTERN_OWN_DOMAINS)
  set(with_key "${domains}")
  list(REMOVE_ITEM with_key ${own})
  _postern_check_domain_count(${app} "${with_key}" "${data}" ${first_key} ${last_key})
  list(LENGTH own own_count)
  math(EXPR room "${last_own} - ${first_own} + 1")
  if(own_count GREATER room)
    message(FATAL_ERROR "postern_add_app(${app}): ${own_count} domains have SPACE own (postern_add_domain); there are "
                        "numbers for ${room}")
  endif()
  set(parts "")
  set(key ${first_key})
  set(number ${first_own})
  foreach(domain IN LISTS domains data)
    if(domain IN_LIST own)
      set_property(TARGET ${app} PROPERTY POSTERN_NUMBER_${domain} ${number})
      string(APPEND parts "domain ${number} ${domain}\n")
      math(EXPR number "${number} + 1")
    elseif(NOT domain IN_LIST data)
      set_property(TARGET ${app} PROPERTY POSTERN_NUMBER_${domain} ${key})
      string(APPEND parts "domain ${key} ${domain}\n")
      math(EXPR key "${key} + 1")
    else()
      set_property(TARGET ${app} PROPERTY POSTERN_NUMBER_${domain} ${key})
      string(APPEND parts "data ${domain}\n")
      math(EXPR key "${key} + 1")
    endif()
  endforeach()
  set_property(TARGET ${app} PROPERTY POSTERN_DOMAIN_PARTS "${parts}")
endfunction()

# Writes the rows of an app's domains, for the linker script, C++ and linker/link: linker/each.inc has their columns.
# postern_add_domain and postern_add_data complete them by properties.
function(_postern_generate_domains app domains data shared key_0 stack)
  set(all ${domains} ${data})
  _postern_check_domain_names(${app} ${all})
  list(LENGTH all count)
  list(REMOVE_DUPLICATES all)
  list(LENGTH all distinct)
  if(NOT distinct EQUAL count)
    message(FATAL_ERROR "postern_add_app(${app}): a domain is named twice in DOMAINS or DATA")
  endif()
  cmake_language(EVAL CODE "cmake_language(DEFER DIRECTORY [[${CMAKE_SOURCE_DIR}]] CALL _postern_number_domains ${app}
                            ${POSTERN_KEY_FIRST_DOMAIN} ${POSTERN_KEY_LAST_DOMAIN}
                            ${POSTERN_NUMBER_FIRST_OWN} ${POSTERN_NUMBER_LAST_OWN})")
  list(LENGTH domains domain_count)
  set(rows "#define POSTERN_DOMAIN_COUNT ${domain_count}\n#define POSTERN_DOMAIN_STACK ${stack}\n")
  foreach(domain IN LISTS all)
    _postern_number_of(number ${app} ${domain})
    set(sharing private)
    if(domain IN_LIST shared)
      set(sharing shared)
    endif()
    set(writes nothing)
    if(domain IN_LIST key_0)
      set(writes shared)
    endif()
    if(domain IN_LIST data)
      string(APPEND rows "DATA_DOMAIN(${domain}, ${number}, ${sharing})\n")
    else()
      set_property(TARGET ${app} PROPERTY POSTERN_LOG_BUDGET_${domain} ${POSTERN_DEFAULT_LOG_BYTES_PER_SECOND})
      string(APPEND rows "DOMAIN(${domain}, ${number}, ${stack}, ${sharing}, ${writes}, "
                         "$<GENEX_EVAL:$<TARGET_PROPERTY:${app},POSTERN_RIGHTS_${domain}>>, "
                         "$<TARGET_PROPERTY:${app},POSTERN_LOG_BUDGET_${domain}>)\n")
    endif()
  endforeach()
  set(generated ${CMAKE_CURRENT_BINARY_DIR}/${app}.generated)
  file(GENERATE OUTPUT ${generated}/postern/domains.inc
       CONTENT "${rows}$<GENEX_EVAL:$<TARGET_PROPERTY:${app},POSTERN_DOMAIN_ROWS>>")
  target_sources(${app} PRIVATE ${POSTERN_ROOT}/rt/entry/domains.cc)
  target_include_directories(${app} PRIVATE ${generated})
endfunction()

# Preprocesses the linker script for an app, with its POSTERN_OPTIONS, and links with it.
function(_postern_generate_script app)
  get_target_property(options ${app} POSTERN_OPTIONS)
  list(TRANSFORM options PREPEND -DPOSTERN_)
  set(generated ${CMAKE_CURRENT_BINARY_DIR}/${app}.generated)
  set(script ${generated}/image.ld)
  set(inputs ${POSTERN_ROOT}/linker/image.ld.in ${POSTERN_ROOT}/linker/layout.h
             ${POSTERN_ROOT}/rt/base/pkru_values.h ${POSTERN_ROOT}/linker/options.inc ${POSTERN_ROOT}/linker/each.inc ${POSTERN_ROOT}/linker/views.inc
             ${generated}/postern/domains.inc)
  add_custom_command(
    OUTPUT ${script}
    COMMAND
      ${CMAKE_ASM_COMPILER} -E -P -undef -nostdinc -x c -I${POSTERN_ROOT} -I${generated}
      ${options} ${POSTERN_ROOT}/linker/image.ld.in -o ${script}
    DEPENDS ${inputs}
    COMMENT "Linker script of ${app}"
    VERBATIM)
  target_sources(${app} PRIVATE ${script})
  set_source_files_properties(${script} PROPERTIES HEADER_FILE_ONLY TRUE)
  set_property(TARGET ${app} APPEND PROPERTY LINK_DEPENDS ${script})
  set(options
      -nostdlib
      -static
      --ld-path=${POSTERN_LINK} # linker/link, which runs lld for each domain, and for the image
      -Wl,--postern-linker=${POSTERN_LLD}
      -Wl,--postern-parts=${generated}
      -T${script}
      -Wl,--no-dependent-libraries # no object says what else is linked
      -Wl,--gc-sections # the linker drops unused gates and functions
      -Wl,--no-relax # lld 14 turns GOT references into absolute immediates that do not fit
      -Wl,--orphan-handling=error # a section that belongs to no part of the image stops the link by name
      -Wl,--no-eh-frame-hdr
      -Wl,--build-id=none
      -Wl,-z,noexecstack
      -Wl,--fatal-warnings
      -Wl,--dependency-file=${generated}/inputs.d # the linker's inputs, for linker/verify
      -Wl,-Map=${generated}/image.map) # the object of every byte, for linker/verify
  # The options are in a file, and our driver runs the compiler, so that a failed link ends with a
  # short command and our line.
  list(TRANSFORM options REPLACE "[\"\\]" "\\\\\\0")
  list(JOIN options "\"\n\"" options)
  file(GENERATE OUTPUT ${generated}/link.options CONTENT "\"${options}\"\n")
  target_link_options(${app} PRIVATE @${generated}/link.options)
  set_property(TARGET ${app} APPEND PROPERTY LINK_DEPENDS ${generated}/link.options)
  set_property(TARGET ${app} PROPERTY RULE_LAUNCH_LINK "\"${POSTERN_LINK}\" --postern-driver")
endfunction()

# Verifies an image after its link by the tool that POSTERN_VERIFY names. A refused image is
# removed.
function(_postern_verify_image app allowed policy)
  if(NOT POSTERN_VERIFY OR NOT POSTERN_LINK)
    message(FATAL_ERROR "postern_add_app(${app}): POSTERN_LINK and POSTERN_VERIFY do not name the linker and the verifier "
                        "of images: include toolchain/internal/host.cmake, or find_package(Postern)")
  endif()
  set(generated ${CMAKE_CURRENT_BINARY_DIR}/${app}.generated)
  set(folder ${CMAKE_CURRENT_BINARY_DIR})
  if(CMAKE_GENERATOR MATCHES Ninja)
    set(folder ${CMAKE_BINARY_DIR})
  endif()
  set(runtime "runtime $<TARGET_FILE:postern_rt>\nruntime $<TARGET_FILE:postern_crt>\n")
  set(support "support $<TARGET_FILE:postern_c>\n")
  file(GENERATE OUTPUT ${generated}/parts.txt
       CONTENT "folder ${folder}\n${runtime}${support}$<TARGET_PROPERTY:${app},POSTERN_DOMAIN_PARTS>$<GENEX_EVAL:$<TARGET_PROPERTY:${app},POSTERN_PARTS>>")
  list(TRANSFORM allowed PREPEND "--allow;")
  set(asserted "")
  if(policy)
    get_filename_component(policy ${policy} ABSOLUTE)
    if(NOT EXISTS ${policy})
      message(FATAL_ERROR "postern_add_app(${app}): no such POLICY: ${policy}")
    endif()
    set(asserted --policy ${policy})
    set_property(TARGET ${app} APPEND PROPERTY LINK_DEPENDS ${policy})
  endif()
  add_custom_command(
    TARGET ${app} POST_BUILD
    COMMAND ${POSTERN_VERIFY} --unlink --link ${generated} ${allowed} --audit ${generated} ${asserted}
            --sources ${POSTERN_ROOT} $<TARGET_FILE:${app}>
    VERBATIM)
  if(TARGET postern_verify)
    add_dependencies(${app} postern_verify)
  endif()
  add_dependencies(${app} postern_c)
  set_property(TARGET ${app} APPEND PROPERTY LINK_DEPENDS ${POSTERN_LINK} ${POSTERN_VERIFY} ${generated}/parts.txt
                                             $<TARGET_FILE:postern_c>)
endfunction()

# Packs an app as /init, and further files, into APP.initramfs.
function(_postern_generate_initramfs app files)
  set(initramfs ${CMAKE_CURRENT_BINARY_DIR}/${app}.initramfs)
  foreach(item IN LISTS files)
    if(NOT item MATCHES "^/[^=]*=(.+)$")
      message(FATAL_ERROR "postern_add_app(${app}): FILES takes PLACE=FILE, /etc/mine.conf=mine.conf for "
                          "example, not '${item}'")
    endif()
    list(APPEND packed ${CMAKE_MATCH_1})
  endforeach()
  add_custom_command(
    OUTPUT ${initramfs}
    COMMAND ${POSTERN_ROOT}/toolchain/initramfs ${initramfs} /init=$<TARGET_FILE:${app}> ${files}
    DEPENDS ${app} ${packed} ${POSTERN_ROOT}/toolchain/initramfs
    WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}
    COMMENT "Initramfs of ${app}"
    VERBATIM)
  add_custom_target(${app}_initramfs ALL DEPENDS ${initramfs})
endfunction()
