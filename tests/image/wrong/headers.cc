/// Headers of the hosted world, and the C headers of domains, cannot be included by an app's trusted
/// code; the compiler's own and the kernel's can.
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

// wrong stdlib_h: 'stdlib.h' file not found
// shows libc_is_out_of_reach
#include <stdlib.h>

// wrong ctype_h: 'ctype.h' file not found
// shows libc_is_out_of_reach
#include <ctype.h>

// wrong errno_h: 'errno.h' file not found
// shows libc_is_out_of_reach
#include <errno.h>

// wrong assert_h: 'assert.h' file not found
// shows libc_is_out_of_reach
#include <assert.h>

// wrong setjmp_h: 'setjmp.h' file not found
// shows libc_is_out_of_reach
#include <setjmp.h>

// wrong strings_h: 'strings.h' file not found
// shows libc_is_out_of_reach
#include <strings.h>

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
