# What an app's CMakeLists.txt calls: postern_add_app, postern_add_domain, postern_add_data, postern_add_test.
get_filename_component(POSTERN_ROOT ${CMAKE_CURRENT_LIST_DIR} DIRECTORY)
include(${CMAKE_CURRENT_LIST_DIR}/archive.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/data.cmake)

set(POSTERN_FIRST_DOMAIN_KEY 2)
set(POSTERN_LAST_DOMAIN_KEY 14)
set(POSTERN_DEFAULT_STACK 65536)

# postern_add_app(NAME DOMAINS d... SOURCES file... [DATA d...] [SHARED_MEMORY d...] [STACK bytes]
#                 [WRITES_KEY_0 d...] [REQUIRES_ALL_GUARANTEES] [ALLOW_NO_ISOLATION] [MAY_EXEC]
#                 [KEEPS_DESCRIPTORS n...] [POLICY file] [INIT [FILES PLACE=FILE...]])
#   An image: the administrator's SOURCES, rt, crt, and the domains that postern_add_domain fills.
#   Domains get keys 2, 3, ... in the order given. STACK is the size of each domain's stack.
#   DATA names data domains: memory that domains share on purpose, which runs nothing; postern_add_data says
#   who has each. Their keys follow the domains'; there are 13 for both.
#   SHARED_MEMORY names domains whose data is shared instead of private anonymous memory.
#   WRITES_KEY_0 names domains that may write key 0: for one comparison, it voids every guarantee.
#   REQUIRES_ALL_GUARANTEES: where one is weaker (rt/start/README.md), the program ends at start with a
#   line that says which, and what to do.
#   ALLOW_NO_ISOLATION: on a machine without protection keys, and there alone, POSTERN_ISOLATION=none in the
#   environment runs the program all the same: calls, services and faults work, domains reach all memory.
#   MAY_EXEC: the app executes other programs (rt::sys::spawn). The system call filter, which they inherit,
#   is then the weaker one (rt/policy/README.md), and the report says so.
#   KEEPS_DESCRIPTORS names descriptors, 3 to 62, that the app wants if it is started with them; all others
#   but 0, 1 and 2 are closed at start.
#   INIT also makes NAME.initramfs, beside the image: the image as /init, process 1 of a machine that boots
#   it, and FILES, each at its PLACE (toolchain/initramfs; apps/README.md says what process 1 must know).
#   POLICY: assertions about who may do what, one a line; the build fails where one does not hold.
#   Every image is judged when it is linked (linker/verify), and removed where it is refused. What it can do
#   is told by audit.txt and audit.json in NAME.generated (linker/audit).
function(postern_add_app name)
  cmake_parse_arguments(PARSE_ARGV 1 app "FRAME_FORCIBLE;UNSEALED;REQUIRES_ALL_GUARANTEES;ALLOW_NO_ISOLATION;MAY_EXEC;WITHOUT_FILTER;INIT"
                        "STACK;POLICY"
                        "DOMAINS;DATA;SOURCES;SHARED_MEMORY;WRITES_KEY_0;KEEPS_DESCRIPTORS;ALLOW_SITES;FILES")
  if(app_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "postern_add_app(${name}): unknown words '${app_UNPARSED_ARGUMENTS}'; "
                        "it takes DOMAINS, DATA, SOURCES, SHARED_MEMORY, STACK, WRITES_KEY_0, "
                        "REQUIRES_ALL_GUARANTEES, ALLOW_NO_ISOLATION, MAY_EXEC, KEEPS_DESCRIPTORS, POLICY, INIT and FILES")
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
    message(FATAL_ERROR "postern_add_app(${name}): FILES go into an initramfs, which INIT asks for")
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

  if(app_UNSEALED AND NOT name MATCHES "^test_")
    message(FATAL_ERROR "postern_add_app(${name}): UNSEALED is for images of tests alone (postern_add_test)")
  endif()

  if(app_REQUIRES_ALL_GUARANTEES AND app_MAY_EXEC)
    message(FATAL_ERROR "postern_add_app(${name}): MAY_EXEC leaves a weaker system call filter than "
                        "REQUIRES_ALL_GUARANTEES asks for; leave one of them out")
  endif()
  set(filter STRICT)
  if(app_WITHOUT_FILTER)
    set(filter OMITTED)
  elseif(app_MAY_EXEC)
    set(filter MAY_EXEC)
  endif()

  set(kept 0)
  foreach(number IN LISTS app_KEEPS_DESCRIPTORS)
    if(NOT number MATCHES "^[0-9]+$" OR number LESS 3 OR number GREATER 62)
      message(FATAL_ERROR "postern_add_app(${name}): KEEPS_DESCRIPTORS ${number}: it takes numbers from 3 to 62")
    endif()
    math(EXPR kept "${kept} | (1 << ${number})")
  endforeach()

  if(app_ALLOW_SITES AND NOT (name MATCHES "^(test|bench)_" AND CMAKE_SOURCE_DIR STREQUAL POSTERN_ROOT))
    message(FATAL_ERROR "postern_add_app(${name}): ALLOW_SITES is for Postern's own tests and measurements alone: "
                        "in an app nothing but the runtime's gates changes a view")
  endif()

  add_executable(${name} ${app_SOURCES})
  set_target_properties(${name} PROPERTIES POSTERN_DOMAINS "${app_DOMAINS}"
                                           POSTERN_DATA_DOMAINS "${app_DATA}")
  set_property(GLOBAL APPEND PROPERTY POSTERN_IMAGES ${name}) # tests/image judges them all
  # The whole runtime, and first: nothing that a domain defines can stand in its place.
  target_link_libraries(${name} PRIVATE -Wl,--whole-archive postern_rt postern_crt -Wl,--no-whole-archive
                                        postern_flags)
  postern_generate_domains(${name} "${app_DOMAINS}" "${app_DATA}" "${app_SHARED_MEMORY}" "${app_WRITES_KEY_0}"
                           ${app_STACK})
  postern_generate_script(${name} ${app_FRAME_FORCIBLE} ${app_UNSEALED} ${app_REQUIRES_ALL_GUARANTEES}
                          ${app_ALLOW_NO_ISOLATION} ${filter} ${kept})
  postern_verify_image(${name} "${app_ALLOW_SITES}" "${app_POLICY}")
  if(app_INIT)
    postern_generate_initramfs(${name} "${app_FILES}")
  endif()
endfunction()

# Packs an app as /init, and files beside it, as APP.initramfs.
function(postern_generate_initramfs app files)
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

# postern_add_domain(APP DOMAIN [SOURCES file...] [LIBRARIES archive...] [TRUSTING])
#   The code of one domain. All data of SOURCES and of LIBRARIES (static libraries as they are) lies in
#   the domain's region. TRUSTING declares the domain buggy at worst, not hostile: its gate keeps what
#   the ABI keeps and wipes no registers.
function(postern_add_domain app domain)
  cmake_parse_arguments(PARSE_ARGV 2 part "TRUSTING" "" "SOURCES;LIBRARIES")
  if(NOT TARGET ${app})
    message(FATAL_ERROR "postern_add_domain(${app} ${domain}): there is no app ${app}; "
                        "call postern_add_app first")
  endif()
  get_target_property(domains ${app} POSTERN_DOMAINS)
  get_target_property(data ${app} POSTERN_DATA_DOMAINS)
  if(domain IN_LIST data)
    message(FATAL_ERROR "postern_add_domain(${app} ${domain}): ${domain} is a data domain, which runs nothing; "
                        "postern_add_data says who has it, POSTERN_DATA(${domain}) places variables there")
  endif()
  if(NOT domain IN_LIST domains)
    message(FATAL_ERROR "postern_add_domain(${app} ${domain}): ${app} has no domain ${domain}; "
                        "its DOMAINS are: ${domains}")
  endif()
  if(part_UNPARSED_ARGUMENTS OR NOT (part_SOURCES OR part_LIBRARIES))
    message(FATAL_ERROR "postern_add_domain(${app} ${domain}): expected SOURCES file... or LIBRARIES "
                        "archive... or both [TRUSTING], got '${ARGN}'")
  endif()

  if(part_TRUSTING)
    set_property(TARGET ${app} PROPERTY POSTERN_TRUSTING_${domain} TRUE)
  endif()
  if(part_SOURCES)
    set(library ${app}_${domain})
    add_library(${library} STATIC ${part_SOURCES})
    target_link_libraries(${library} PRIVATE postern_flags)
    target_include_directories(${library} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/${app}.generated)
    postern_claim_archive(${app} ${domain} lib${library}.a $<TARGET_FILE:${library}>)
    target_link_libraries(${app} PRIVATE ${library})
  endif()
  foreach(archive IN LISTS part_LIBRARIES)
    if(NOT EXISTS ${archive})
      message(FATAL_ERROR "postern_add_domain(${app} ${domain}): no such library: ${archive}")
    endif()
    postern_check_archive(${app} ${domain} ${archive})
    get_filename_component(archive_name ${archive} NAME)
    get_filename_component(archive_path ${archive} ABSOLUTE)
    postern_claim_archive(${app} ${domain} ${archive_name} ${archive_path})
  endforeach()
  target_link_libraries(${app} PRIVATE ${part_LIBRARIES})
endfunction()

# Judges an image behind its link, by the tool that POSTERN_VERIFY names; a refused one is removed.
function(postern_verify_image app allowed policy)
  if(NOT POSTERN_VERIFY)
    message(FATAL_ERROR "postern_add_app(${app}): POSTERN_VERIFY does not name the judge of images: include "
                        "toolchain/host.cmake, or find_package(Postern)")
  endif()
  set(generated ${CMAKE_CURRENT_BINARY_DIR}/${app}.generated)
  set(runtime "runtime $<TARGET_FILE:postern_rt>\nruntime $<TARGET_FILE:postern_crt>\n")
  set(administrator "administrator $<JOIN:$<TARGET_OBJECTS:${app}>,\nadministrator >\n")
  file(GENERATE OUTPUT ${generated}/archives.txt
       CONTENT "${runtime}${administrator}$<GENEX_EVAL:$<TARGET_PROPERTY:${app},POSTERN_OWNERS>>")
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
  target_link_options(${app} PRIVATE -Wl,-Map=${generated}/image.map) # names the object of every byte
  add_custom_command(TARGET ${app} PRE_LINK COMMAND ${CMAKE_COMMAND} -E rm -f ${generated}/image.map) # an old one lies
  add_custom_command(
    TARGET ${app} POST_BUILD
    COMMAND ${POSTERN_VERIFY} --unlink --map ${generated}/image.map --archives ${generated}/archives.txt ${allowed}
            --audit ${generated} ${asserted} --sources ${POSTERN_ROOT} $<TARGET_FILE:${app}>
    VERBATIM)
  if(TARGET postern_verify)
    add_dependencies(${app} postern_verify)
  endif()
  set_property(TARGET ${app} APPEND PROPERTY LINK_DEPENDS ${POSTERN_VERIFY})
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

# Writes what linker, C++ and assembly read about the domains of an app.
function(postern_generate_domains app domains data shared key_0 stack)
  list(LENGTH domains domain_count)
  set(what "${domain_count} domains")
  if(data)
    list(LENGTH data data_count)
    string(APPEND what " and ${data_count} data domains")
  endif()
  set(all ${domains} ${data})
  list(LENGTH all count)
  math(EXPR room "${POSTERN_LAST_DOMAIN_KEY} - ${POSTERN_FIRST_DOMAIN_KEY} + 1")
  set(key ${POSTERN_FIRST_DOMAIN_KEY})
  set(owners "key 0: shared\n  key 1: monitor\n")
  set(keyless "")
  set(inc "")
  set(enumerators "")
  set(levels "")
  # Regions and owners of the runtime's, and words of policies.
  set(taken monitor shared frame arena runtime administrator fill and the no but nobody)
  set(names "")
  set(views "")
  foreach(domain IN LISTS all)
    if(NOT domain MATCHES "^[a-z][a-z0-9_]*$" OR domain IN_LIST taken)
      string(JOIN ", " taken ${taken})
      message(FATAL_ERROR "postern_add_app(${app}): '${domain}' cannot name a domain; use lower case "
                          "letters, digits and _, and none of ${taken}")
    endif()
    set(sharing private)
    if(domain IN_LIST shared)
      set(sharing shared)
    endif()
    set(writes nothing)
    set(on_key_0 read_only)
    if(domain IN_LIST key_0)
      set(writes shared)
      set(on_key_0 full)
    endif()
    if(key GREATER POSTERN_LAST_DOMAIN_KEY)
      string(APPEND keyless "  no key left: ${domain}\n")
    else()
      string(APPEND owners "  key ${key}: ${domain}\n")
    endif()
    string(APPEND enumerators "    ${domain} = ${key},\n")
    string(APPEND names "    \"${domain}\",\n")
    if(domain IN_LIST data)
      string(APPEND inc "DATA_DOMAIN(${domain}, ${key}, ${sharing})\n")
      string(APPEND levels "template <>
inline constexpr bool rt::gate::is_data<rt::Domain::${domain}> = true;
")
      string(APPEND views "    0,\n")
    else()
      string(APPEND inc "DOMAIN_BEGIN(${domain}, ${key}, ${stack}, ${sharing}, ${writes}, "
                        "$<TARGET_PROPERTY:${app},POSTERN_RIGHTS_${domain}>)\n"
                        "$<TARGET_PROPERTY:${app},POSTERN_DATA_${domain}>"
                        "DOMAIN_BETWEEN(${domain})\n"
                        "$<TARGET_PROPERTY:${app},POSTERN_BSS_${domain}>"
                        "DOMAIN_END(${domain}, ${key}, ${stack}, ${sharing})\n")
      string(APPEND levels "template <>
inline constexpr bool rt::gate::is_trusted<rt::Domain::${domain}> =
    $<IF:$<BOOL:$<TARGET_PROPERTY:${app},POSTERN_TRUSTING_${domain}>>,true,false>;
template <>
inline constexpr rt::key::Pkru rt::gate::base_view<rt::Domain::${domain}> =
    rt::key::domain_view(rt::key::Pkey::from_raw(${key}), rt::key::Rights::${on_key_0})"
                            "$<TARGET_PROPERTY:${app},POSTERN_VIEW_${domain}>;
")
      string(APPEND views "    rt::gate::base_view<rt::Domain::${domain}>.raw(),\n")
    endif()
    math(EXPR key "${key} + 1")
  endforeach()
  if(count GREATER room)
    message(FATAL_ERROR "postern_add_app(${app}): ${what}, but there are keys for ${room}:\n"
                        "  ${owners}  key 15: signal frames\n${keyless}")
  endif()
  list(REMOVE_DUPLICATES all)
  list(LENGTH all distinct)
  if(NOT distinct EQUAL count)
    message(FATAL_ERROR "postern_add_app(${app}): a domain is named twice in DOMAINS or DATA")
  endif()
  math(EXPR unnamed "${POSTERN_LAST_DOMAIN_KEY} - ${key} + 1")
  if(unnamed GREATER 0)
    foreach(index RANGE 1 ${unnamed})
      string(APPEND names "    nullptr,\n")
    endforeach()
  endif()

  set(generated ${CMAKE_CURRENT_BINARY_DIR}/${app}.generated)
  file(GENERATE OUTPUT ${generated}/postern/domains.inc CONTENT "${inc}")
  file(GENERATE OUTPUT ${generated}/postern/domains.h
       CONTENT "/// The domains of ${app}; the value is the protection key.
#pragma once
#include \"rt/gate/call.h\"
enum class rt::Domain : uint8_t {
${enumerators}};
using rt::Domain;
${levels}$<TARGET_PROPERTY:${app},POSTERN_LOANS>")
  file(CONFIGURE OUTPUT ${generated}/domain_names.cc @ONLY
       CONTENT "/// The names of ${app}'s keys, for messages; its domains' views, for a check at start.
#include \"postern/domains.h\"
extern \"C\" const char *const rt_domain_names[16];
const char *const rt_domain_names[16] = {
    \"shared\",
    \"monitor\",
${names}    \"frame\",
};
extern \"C\" const uint32_t rt_domain_views[16];
const uint32_t rt_domain_views[16] = {
    0,
    0,
${views}};
")
  target_sources(${app} PRIVATE ${generated}/domain_names.cc)
  target_include_directories(${app} PRIVATE ${generated})
endfunction()

# postern_add_test(SUBJECT SOURCES file... [DOMAINS d...] [SHARED_MEMORY d...] [STACK bytes]
#                  [DATA d...] [WRITES_KEY_0 d...] [TIMEOUT seconds] [ARGUMENTS word...] [FRAME_STRATEGIES]
#                  [ALLOW_NO_ISOLATION] [UNSEALED] [MAY_EXEC | WITHOUT_FILTER] [KEEPS_DESCRIPTORS n...]
#                  [ALLOW_SITES function...])
#   One image of test cases (tests/harness). It runs as ctest SUBJECT, in the emulator where there is no
#   PKU, and, with FRAME_STRATEGIES, a second time as SUBJECT.frame_key with the frame strategy of old
#   kernels forced. UNSEALED leaves the memory map open, for tests that change protections of the image
#   after start. MAY_EXEC as for an app; WITHOUT_FILTER leaves out the system call filter, for tests that
#   ask the kernel for what it refuses. ALLOW_SITES names functions that hold on purpose what linker/verify
#   refuses elsewhere; a final * stands for anything. The image may be filled further by
#   postern_add_domain(test_SUBJECT ...) and postern_add_data(test_SUBJECT ...).
function(postern_add_test subject)
  cmake_parse_arguments(PARSE_ARGV 1 test
                        "FRAME_STRATEGIES;ALLOW_NO_ISOLATION;UNSEALED;MAY_EXEC;WITHOUT_FILTER" "STACK;TIMEOUT"
                        "SOURCES;DOMAINS;DATA;SHARED_MEMORY;WRITES_KEY_0;KEEPS_DESCRIPTORS;ALLOW_SITES;ARGUMENTS")
  if(NOT test_TIMEOUT)
    set(test_TIMEOUT 900)
  endif()
  set(words FRAME_FORCIBLE)
  foreach(word ALLOW_NO_ISOLATION UNSEALED MAY_EXEC WITHOUT_FILTER)
    if(test_${word})
      list(APPEND words ${word})
    endif()
  endforeach()
  postern_add_app(test_${subject} ${words} SOURCES ${test_SOURCES} DOMAINS ${test_DOMAINS}
                  DATA ${test_DATA} SHARED_MEMORY ${test_SHARED_MEMORY} WRITES_KEY_0 ${test_WRITES_KEY_0}
                  KEEPS_DESCRIPTORS ${test_KEEPS_DESCRIPTORS} ALLOW_SITES ${test_ALLOW_SITES} STACK
                  ${test_STACK})
  target_link_libraries(test_${subject} PRIVATE postern_harness)
  set(runs ${subject})
  if(test_FRAME_STRATEGIES)
    list(APPEND runs ${subject}.frame_key)
  endif()
  foreach(run IN LISTS runs)
    add_test(NAME ${run} COMMAND test_${subject} ${test_ARGUMENTS})
    # The words too, because exit statuses are among the things that are tested.
    set_tests_properties(
      ${run} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT ${test_TIMEOUT} ENVIRONMENT POSTERN_STDIN=none
                        FAIL_REGULAR_EXPRESSION ", [1-9][0-9]* failed")
  endforeach()
  if(test_FRAME_STRATEGIES)
    set_property(TEST ${subject}.frame_key APPEND PROPERTY ENVIRONMENT POSTERN_FRAME=frame_key)
  endif()
endfunction()

# Preprocesses the linker script for an app and links with it.
function(postern_generate_script app frame_forcible unsealed requires_all allows_none filter kept)
  set(generated ${CMAKE_CURRENT_BINARY_DIR}/${app}.generated)
  set(script ${generated}/image.ld)
  set(forcible 0)
  if(frame_forcible)
    set(forcible 1)
  endif()
  set(open 0)
  if(unsealed)
    set(open 1)
  endif()
  set(required 0)
  if(requires_all)
    set(required 1)
  endif()
  set(allowed 0)
  if(allows_none)
    set(allowed 1)
  endif()
  set(inputs ${POSTERN_ROOT}/linker/image.ld.in ${POSTERN_ROOT}/linker/layout.h
             ${POSTERN_ROOT}/linker/each.inc ${POSTERN_ROOT}/linker/views.inc
             ${generated}/postern/domains.inc)
  add_custom_command(
    OUTPUT ${script}
    COMMAND
      ${CMAKE_ASM_COMPILER} -E -P -undef -nostdinc -x c -I${POSTERN_ROOT} -I${generated}
      -DPOSTERN_FRAME_FORCIBLE=${forcible} -DPOSTERN_UNSEALED=${open} -DPOSTERN_REQUIRES_ALL_GUARANTEES=${required}
      -DPOSTERN_ALLOW_NO_ISOLATION=${allowed} -DPOSTERN_FILTER=POSTERN_FILTER_${filter}
      -DPOSTERN_KEPT_DESCRIPTORS=${kept} ${POSTERN_ROOT}/linker/image.ld.in -o ${script}
    DEPENDS ${inputs}
    COMMENT "Linker script of ${app}"
    VERBATIM)
  target_sources(${app} PRIVATE ${script})
  set_source_files_properties(${script} PROPERTIES HEADER_FILE_ONLY TRUE)
  set_property(TARGET ${app} APPEND PROPERTY LINK_DEPENDS ${script})
  target_link_options(
    ${app}
    PRIVATE
      -nostdlib
      -static
      -fuse-ld=lld
      -T${script}
      -Wl,--no-dependent-libraries # no object says what else is linked
      -Wl,--gc-sections # unused gates and functions leave the image
      -Wl,--no-relax # lld 14 turns GOT references into absolute immediates that do not fit
      -Wl,--orphan-handling=error # a section that no domain claims stops the link by name
      -Wl,--no-eh-frame-hdr
      -Wl,--build-id=none
      -Wl,-z,noexecstack
      -Wl,--fatal-warnings)
endfunction()
