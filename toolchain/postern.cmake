# The functions that an app's CMakeLists.txt calls: postern_add_app and postern_add_domain. data.cmake has
# postern_add_data, heap.cmake the words for heaps, space.cmake SPACE own, harness.cmake postern_add_test, native.cmake postern_add_native_test.
get_filename_component(POSTERN_ROOT ${CMAKE_CURRENT_LIST_DIR} DIRECTORY)
include(${CMAKE_CURRENT_LIST_DIR}/internal/words.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/data.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/heap.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/space.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/internal/image.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/native.cmake)

set(POSTERN_DEFAULT_STACK 65536)
set(POSTERN_DEFAULT_LOG_BYTES_PER_SECOND 16384)

# postern_add_app(NAME DOMAINS d... SOURCES file... [DATA d...] [SHARED_MEMORY d...] [STACK bytes]
#                 [WRITES_KEY_0 d...] [REQUIRES_ALL_GUARANTEES] [REQUIRES_KEYS] [ALLOW_NO_ISOLATION] [MAY_EXEC]
#                 [WAITING spin] [KEEPS_DESCRIPTORS n...] [POLICY file] [INIT [FILES PLACE=FILE...]])
#   An image of the app's SOURCES, rt, crt, and the domains that postern_add_domain fills. Domains get keys 2,
#   3, ... in the order given, except those with SPACE own, which need none. STACK is the size of each domain's stack. 1 MiB below and above each stack is
#   inaccessible; an overflow is a Fault whose line names STACK. DATA names data domains: memory that domains
#   share on purpose, and that has no code. postern_add_data declares the domains that have each. Their keys
#   follow those of the domains; there are 13 keys for both. SHARED_MEMORY names domains whose data is shared
#   instead of private anonymous memory. WRITES_KEY_0 names domains that may write key 0. It exists for one
#   comparison and voids every guarantee. REQUIRES_ALL_GUARANTEES, REQUIRES_KEYS, ALLOW_NO_ISOLATION, MAY_EXEC,
#   WAITING, KEEPS_DESCRIPTORS: linker/options.inc says what each does, and `cmake -P toolchain/internal/words.cmake`
#   prints it. INIT also makes NAME.initramfs beside the image. It holds the image as /init, process 1 of a
#   machine that boots it, and FILES, each at its PLACE (toolchain/initramfs). apps/README.md says what
#   process 1 must do. POLICY names a file of assertions about the image's authority, one a line. The build
#   fails if one does not hold. Every image is verified when it is linked (linker/verify), and removed if it
#   is refused. audit.txt and audit.json in NAME.generated describe its authority (linker/audit).
function(postern_add_app name)
  _postern_refuse_words_of_others(postern_add_app "postern_add_app(${name})" ${ARGN})
  cmake_parse_arguments(PARSE_ARGV 1 app "${POSTERN_FLAGS_postern_add_app}" "${POSTERN_VALUES_postern_add_app}"
                        "${POSTERN_LISTS_postern_add_app}")
  if(app_UNPARSED_ARGUMENTS)
    _postern_words_of(words postern_add_app)
    list(REMOVE_ITEM words ${POSTERN_TEST_OPTIONS} ALLOW_SITES)
    string(JOIN ", " words ${words})
    message(FATAL_ERROR "postern_add_app(${name}): unknown words '${app_UNPARSED_ARGUMENTS}'; it takes ${words}")
  endif()
  if("POLICY" IN_LIST app_KEYWORDS_MISSING_VALUES OR (DEFINED app_POLICY AND app_POLICY STREQUAL ""))
    message(FATAL_ERROR "postern_add_app(${name}): POLICY names no file: is the variable empty?")
  endif()
  if(NOT app_SOURCES)
    message(FATAL_ERROR "postern_add_app(${name}): no SOURCES; name the file that defines main")
  endif()
  if(NOT app_STACK)
    set(app_STACK ${POSTERN_DEFAULT_STACK})
  endif()
  math(EXPR stack_remainder "${app_STACK} % 4096")
  if(NOT stack_remainder EQUAL 0)
    message(FATAL_ERROR "postern_add_app(${name}): STACK ${app_STACK} is not a multiple of 4096")
  endif()
  if(app_FILES AND NOT app_INIT)
    message(FATAL_ERROR "postern_add_app(${name}): FILES go into an initramfs; add INIT, which makes one")
  endif()
  foreach(domain IN LISTS app_SHARED_MEMORY app_WRITES_KEY_0)
    if(NOT domain IN_LIST app_DOMAINS AND NOT (domain IN_LIST app_DATA AND NOT domain IN_LIST app_WRITES_KEY_0))
      message(FATAL_ERROR "postern_add_app(${name}): DOMAINS does not name ${domain}, which "
                          "SHARED_MEMORY or WRITES_KEY_0 does")
    endif()
  endforeach()
  if(app_REQUIRES_ALL_GUARANTEES AND app_WRITES_KEY_0)
    message(FATAL_ERROR "postern_add_app(${name}): WRITES_KEY_0 voids what REQUIRES_ALL_GUARANTEES asks for; "
                        "leave one of them out")
  endif()
  if(app_REQUIRES_ALL_GUARANTEES AND app_ALLOW_NO_ISOLATION)
    message(FATAL_ERROR "postern_add_app(${name}): ALLOW_NO_ISOLATION allows what REQUIRES_ALL_GUARANTEES "
                        "forbids; leave one of them out")
  endif()
  if(app_REQUIRES_KEYS AND app_ALLOW_NO_ISOLATION)
    message(FATAL_ERROR "postern_add_app(${name}): ALLOW_NO_ISOLATION allows what REQUIRES_KEYS forbids; leave one of "
                        "them out")
  endif()

  foreach(word IN LISTS POSTERN_TEST_OPTIONS)
    if(app_${word} AND NOT name MATCHES "^(test|bench)_")
      message(FATAL_ERROR "postern_add_app(${name}): ${word} is for images of tests alone (postern_add_test)")
    endif()
  endforeach()

  if(app_REQUIRES_ALL_GUARANTEES AND app_MAY_EXEC)
    message(FATAL_ERROR "postern_add_app(${name}): MAY_EXEC leaves a weaker system call filter than "
                        "REQUIRES_ALL_GUARANTEES asks for; leave one of them out")
  endif()
  set(options "")
  foreach(word IN LISTS POSTERN_OPTIONS)
    if(app_${word})
      list(APPEND options ${word}=1)
    else()
      list(APPEND options ${word}=0)
    endif()
  endforeach()
  foreach(word IN LISTS POSTERN_CHOICES)
    if(NOT DEFINED app_${word} AND NOT word IN_LIST app_KEYWORDS_MISSING_VALUES)
      list(APPEND options ${word}=0)
    elseif(app_${word} STREQUAL POSTERN_CHOICE_${word})
      list(APPEND options ${word}=1)
    else()
      message(FATAL_ERROR "postern_add_app(${name}): ${word} '${app_${word}}': it takes ${POSTERN_CHOICE_${word}}, or "
                          "leave ${word} out")
    endif()
  endforeach()
  foreach(word IN LISTS POSTERN_NUMBERS)
    set(bits 0)
    foreach(number IN LISTS app_${word})
      if(NOT number MATCHES "^[0-9]+$" OR number LESS POSTERN_FIRST_${word} OR number GREATER POSTERN_LAST_${word})
        message(FATAL_ERROR "postern_add_app(${name}): ${word} ${number}: it takes numbers from "
                            "${POSTERN_FIRST_${word}} to ${POSTERN_LAST_${word}}")
      endif()
      math(EXPR bits "${bits} | (1 << ${number})")
    endforeach()
    list(APPEND options ${word}=${bits})
  endforeach()

  if(app_ALLOW_SITES AND NOT (name MATCHES "^(test|bench)_" AND CMAKE_SOURCE_DIR STREQUAL POSTERN_ROOT))
    message(FATAL_ERROR "postern_add_app(${name}): ALLOW_SITES is for Postern's own tests and measurements alone: "
                        "in an app only the runtime's gates change a view")
  endif()

  add_executable(${name} ${app_SOURCES})
  set_target_properties(${name} PROPERTIES POSTERN_DOMAINS "${app_DOMAINS}"
                                           POSTERN_DATA_DOMAINS "${app_DATA}"
                                           POSTERN_OWN_DOMAINS ""
                                           POSTERN_KEY_0_DOMAINS "${app_WRITES_KEY_0}"
                                           POSTERN_OPTIONS "${options}")
  set_property(GLOBAL APPEND PROPERTY POSTERN_IMAGES ${name}) # tests/image verifies them all
  # The whole runtime, and first, so that no definition in the app's libraries can replace one of
  # the runtime.
  target_link_libraries(${name} PRIVATE -Wl,--whole-archive postern_rt postern_crt -Wl,--no-whole-archive
                                        postern_flags)
  _postern_generate_domains(${name} "${app_DOMAINS}" "${app_DATA}" "${app_SHARED_MEMORY}" "${app_WRITES_KEY_0}"
                           ${app_STACK})
  _postern_generate_script(${name})
  _postern_verify_image(${name} "${app_ALLOW_SITES}" "${app_POLICY}")
  if(app_INIT)
    _postern_generate_initramfs(${name} "${app_FILES}")
  endif()
endfunction()

# postern_add_domain(APP DOMAIN [SOURCES file...] [LIBRARIES library...] [WITHOUT group...] [TRUSTED]
#                    [SPACE own] [LOG_BYTES_PER_SECOND count] [HEAP size [KEEP size] [FATAL] [POPULATED]])
#   The code of one domain, in C or C++. SOURCES may include the C headers of crt/library/include, and code of the
#   domain may call the functions that they declare; the app's own SOURCES have neither. All data of SOURCES and of
#   LIBRARIES (unmodified static libraries) is in the domain's region. All their names are the domain's own, so that
#   two domains may have the same library, or two versions of it. A domain may also run functions of the app's
#   SOURCES; their data is the monitor's unless POSTERN_DATA places it elsewhere. LIBRARIES takes targets, generator
#   expressions such as $<TARGET_FILE:codec>, and files; libraries that these need must be named, too. WITHOUT names
#   groups of C functions that the domain refers to, and that it does not have (crt/library/without.inc): stdio,
#   files, threads and others. A call of one is a Fault{absent} that names it. TRUSTED declares the domain buggy at
#   worst, not hostile: its gate keeps the registers that the ABI keeps, and wipes none. LOG_BYTES_PER_SECOND limits
#   its output on standard error (rt/entry/log.h): 0 for none, ${POSTERN_DEFAULT_LOG_BYTES_PER_SECOND} if not given.
#   HEAP gives it a heap of that size; heap.cmake has its words. SPACE own: on every machine the domain has an address
#   space of its own, and no key (space.cmake).
function(postern_add_domain app domain)
  _postern_refuse_words_of_others(postern_add_domain "postern_add_domain(${app} ${domain})" ${ARGN})
  cmake_parse_arguments(PARSE_ARGV 2 part "${POSTERN_FLAGS_postern_add_domain}" "${POSTERN_VALUES_postern_add_domain}"
                        "${POSTERN_LISTS_postern_add_domain}")
  if(NOT TARGET ${app})
    message(FATAL_ERROR "postern_add_domain(${app} ${domain}): there is no app ${app}; "
                        "call postern_add_app first")
  endif()
  get_target_property(domains ${app} POSTERN_DOMAINS)
  get_target_property(data ${app} POSTERN_DATA_DOMAINS)
  if(domain IN_LIST data)
    message(FATAL_ERROR "postern_add_domain(${app} ${domain}): ${domain} is a data domain, which runs nothing; "
                        "postern_add_data declares the domains that have it, POSTERN_DATA(${domain}) places variables there")
  endif()
  if(NOT domain IN_LIST domains)
    message(FATAL_ERROR "postern_add_domain(${app} ${domain}): ${app} has no domain ${domain}; "
                        "its DOMAINS are: ${domains}")
  endif()
  if(part_UNPARSED_ARGUMENTS OR NOT ARGN)
    message(FATAL_ERROR "postern_add_domain(${app} ${domain}): expected SOURCES file..., LIBRARIES library..., "
                        "WITHOUT group..., TRUSTED, SPACE own, LOG_BYTES_PER_SECOND count or HEAP size, got '${ARGN}'")
  endif()
  foreach(group IN LISTS part_WITHOUT)
    if(NOT group IN_LIST POSTERN_WITHOUT_GROUPS)
      string(JOIN ", " groups ${POSTERN_WITHOUT_GROUPS})
      message(FATAL_ERROR "postern_add_domain(${app} ${domain}): WITHOUT ${group}: there is no such group of functions; "
                          "the groups are ${groups}")
    endif()
    _postern_own_archive(${app} without ${domain} $<TARGET_FILE:postern_without_${group}>)
    add_dependencies(${app} postern_without_${group})
  endforeach()

  if("LOG_BYTES_PER_SECOND" IN_LIST part_KEYWORDS_MISSING_VALUES OR DEFINED part_LOG_BYTES_PER_SECOND)
    if(NOT part_LOG_BYTES_PER_SECOND MATCHES "^(0|[1-9][0-9]?[0-9]?[0-9]?[0-9]?[0-9]?[0-9]?[0-9]?[0-9]?)$")
      message(FATAL_ERROR "postern_add_domain(${app} ${domain}): LOG_BYTES_PER_SECOND '${part_LOG_BYTES_PER_SECOND}': "
                          "it takes a number of bytes below 1000000000")
    endif()
    set_property(TARGET ${app} PROPERTY POSTERN_LOG_BUDGET_${domain} ${part_LOG_BYTES_PER_SECOND})
  endif()
  _postern_add_heap(${app} ${domain} ${ARGN})
  _postern_add_space(${app} ${domain} ${ARGN})
  get_target_property(rows ${app} POSTERN_DOMAIN_ROWS)
  if(part_TRUSTED AND NOT rows MATCHES "TRUSTED\\(${domain}\\)")
    set_property(TARGET ${app} APPEND_STRING PROPERTY POSTERN_DOMAIN_ROWS "TRUSTED(${domain})\n")
  endif()
  if(part_SOURCES)
    get_property(languages GLOBAL PROPERTY ENABLED_LANGUAGES)
    if(part_SOURCES MATCHES "[.]c(;|$)" AND NOT "C" IN_LIST languages)
      message(FATAL_ERROR "postern_add_domain(${app} ${domain}): SOURCES are in C, which this project has not enabled: "
                          "project(... LANGUAGES C CXX ASM)")
    endif()
    set(library ${app}_${domain})
    add_library(${library} STATIC ${part_SOURCES})
    target_link_libraries(${library} PRIVATE postern_flags)
    target_include_directories(${library} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/${app}.generated)
    target_include_directories(${library} SYSTEM PRIVATE ${POSTERN_ROOT}/crt/library/include) # domains alone have C
    _postern_own_archive(${app} library ${domain} $<TARGET_FILE:${library}>)
    add_dependencies(${app} ${library})
  endif()
  foreach(library IN LISTS part_LIBRARIES)
    _postern_add_library(${app} ${domain} ${library})
  endforeach()
endfunction()

# Adds one of a domain's LIBRARIES: a target, a generator expression or a file.
function(_postern_add_library app domain library)
  set(who "postern_add_domain(${app} ${domain})")
  set(targets "")
  get_filename_component(file ${library} ABSOLUTE)
  if(TARGET ${library})
    set(targets ${library})
    set(library $<TARGET_FILE:${library}>)
  elseif(library MATCHES "\\$<")
    string(REGEX MATCHALL "\\$<TARGET_FILE:[^>]+>" targets "${library}")
    list(TRANSFORM targets REPLACE "\\$<TARGET_FILE:([^>]+)>" "\\1")
  elseif(EXISTS ${file})
    set(library ${file})
  else()
    message(FATAL_ERROR "${who}: no such library: ${library}; LIBRARIES takes files and targets, and a target's "
                        "add_library comes first")
  endif()
  foreach(target IN LISTS targets)
    get_target_property(type ${target} TYPE)
    if(NOT type MATCHES "^(STATIC|UNKNOWN)_LIBRARY$")
      message(FATAL_ERROR "${who}: ${target} is a target of the type ${type}; LIBRARIES takes static libraries: "
                          "add_library(${target} STATIC ...)")
    endif()
    add_dependencies(${app} ${target})
  endforeach()
  _postern_own_archive(${app} library ${domain} ${library})
endfunction()

# Gives a static library to a domain, for linker/link, and makes the image depend on it. `word` is library, or without:
# the refused stubs of a group.
function(_postern_own_archive app word domain path)
  set_property(TARGET ${app} APPEND_STRING PROPERTY POSTERN_PARTS "${word} ${domain} ${path}\n")
  set_property(TARGET ${app} APPEND PROPERTY LINK_DEPENDS ${path})
endfunction()
