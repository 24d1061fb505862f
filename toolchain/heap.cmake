# Heaps of domains: the words HEAP, KEEP, FATAL and POPULATED of postern_add_domain.

# A restart keeps as much at the beginning of a heap if KEEP is not given.
set(POSTERN_DEFAULT_KEPT 262144)
# Below this size the allocator's own tables would be a large part.
set(POSTERN_LEAST_HEAP 65536)

# Sets `result` to the bytes of a size: a number of bytes, or of KiB, MiB or GiB with K, M or G after it.
function(_postern_bytes_of result who word size)
  if(NOT size MATCHES "^([1-9][0-9]?[0-9]?[0-9]?[0-9]?[0-9]?[0-9]?[0-9]?[0-9]?)([KMG]?)$")
    message(FATAL_ERROR "${who}: ${word} '${size}' is no size: it takes a number of bytes, or one with K, M or G after it, "
                        "16M for example")
  endif()
  set(shift_ 0)
  set(shift_K 10)
  set(shift_M 20)
  set(shift_G 30)
  math(EXPR bytes "${CMAKE_MATCH_1} << ${shift_${CMAKE_MATCH_2}}")
  math(EXPR rest "${bytes} % 4096")
  if(NOT rest EQUAL 0)
    message(FATAL_ERROR "${who}: ${word} ${size} is not a multiple of 4096 bytes")
  endif()
  set(${result} ${bytes} PARENT_SCOPE)
endfunction()

# The part of postern_add_domain that reads these words:
#   HEAP size    the domain's own heap, of which malloc and its like give memory to its SOURCES and LIBRARIES
#                (crt/library/heap). The size is the quota: nothing else counts. It is address space, and memory
#                from a page's first use on.
#   KEEP size    how much of it, from its beginning, a restart clears by stores and keeps; the rest goes back to the
#                kernel. ${POSTERN_DEFAULT_KEPT} if not given.
#   FATAL        a request that the heap cannot meet is a Fault, instead of a null pointer
#   POPULATED    start-up touches every page, so that missing memory is found then, and not later
function(_postern_add_heap app domain)
  set(who "postern_add_domain(${app} ${domain})")
  cmake_parse_arguments(PARSE_ARGV 2 part "${POSTERN_FLAGS_postern_add_domain}" "${POSTERN_VALUES_postern_add_domain}"
                        "${POSTERN_LISTS_postern_add_domain}")
  foreach(word HEAP KEEP)
    if(word IN_LIST part_KEYWORDS_MISSING_VALUES)
      message(FATAL_ERROR "${who}: ${word} has no size: write ${word} 16M for example")
    endif()
  endforeach()
  if(NOT DEFINED part_HEAP)
    foreach(word KEEP FATAL POPULATED)
      if(word IN_LIST ARGN)
        message(FATAL_ERROR "${who}: ${word} belongs to a heap: add HEAP size, or leave it out")
      endif()
    endforeach()
    return()
  endif()
  get_target_property(rows ${app} POSTERN_DOMAIN_ROWS)
  if(rows MATCHES "HEAP\\(${domain},")
    message(FATAL_ERROR "${who}: HEAP is given twice: name it in one call")
  endif()
  _postern_bytes_of(bytes "${who}" HEAP "${part_HEAP}")
  if(bytes LESS POSTERN_LEAST_HEAP OR bytes GREATER 4294967295)
    message(FATAL_ERROR "${who}: HEAP ${part_HEAP}: a heap has at least ${POSTERN_LEAST_HEAP} bytes, and the whole image "
                        "less than 4 GiB")
  endif()
  set(kept ${POSTERN_DEFAULT_KEPT})
  if(DEFINED part_KEEP)
    _postern_bytes_of(kept "${who}" KEEP "${part_KEEP}")
    if(kept GREATER bytes)
      message(FATAL_ERROR "${who}: KEEP ${part_KEEP} is more than the heap has: HEAP ${part_HEAP}")
    endif()
  elseif(kept GREATER bytes)
    set(kept ${bytes})
  endif()
  _postern_number_of(number ${app} ${domain})
  foreach(word FATAL POPULATED)
    set(is_${word} 0)
    if(part_${word})
      set(is_${word} 1)
    endif()
  endforeach()
  set_property(TARGET ${app} APPEND_STRING PROPERTY POSTERN_DOMAIN_ROWS
               "HEAP(${domain}, ${number}, ${bytes}, ${kept}, ${is_FATAL}, ${is_POPULATED})\n")
  set_property(TARGET ${app} APPEND_STRING PROPERTY POSTERN_PARTS "heap ${domain}\n")
endfunction()
