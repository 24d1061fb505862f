/// Headers of the hosted world cannot be included; the compiler's own and the kernel's can.
#include <linux/mman.h>
#include <stddef.h>
#include <stdint.h>

#include "rt/rt.h"

// wrong string_h: 'string.h' file not found
// shows libc_is_out_of_reach
#include <string.h>

// wrong stdio_h: 'stdio.h' file not found
// shows libc_is_out_of_reach
#include <stdio.h>

// wrong unistd_h: 'unistd.h' file not found
// shows libc_is_out_of_reach
#include <unistd.h>

// wrong sys_mman_h: 'sys/mman.h' file not found
// shows libc_is_out_of_reach
#include <sys/mman.h>

// wrong bits_types_h: 'bits/types.h' file not found
// shows libc_is_out_of_reach
#include <bits/types.h>

// wrong cstring: 'cstring' file not found
// shows libc_is_out_of_reach
#include <cstring>

// wrong cstdint: 'cstdint' file not found
// shows libc_is_out_of_reach
#include <cstdint>

// wrong type_traits: 'type_traits' file not found
// shows libc_is_out_of_reach
#include <type_traits>

static_assert(PROT_READ == 1 && sizeof(size_t) == sizeof(uint64_t));
