/// Headers of the hosted world cannot be included; the compiler's own and the kernel's can.
#include <linux/mman.h>
#include <stddef.h>
#include <stdint.h>

#include "rt/rt.h"

// wrong string_h: 'string.h' file not found
#include <string.h>

// wrong stdio_h: 'stdio.h' file not found
#include <stdio.h>

// wrong unistd_h: 'unistd.h' file not found
#include <unistd.h>

// wrong sys_mman_h: 'sys/mman.h' file not found
#include <sys/mman.h>

// wrong bits_types_h: 'bits/types.h' file not found
#include <bits/types.h>

// wrong cstring: 'cstring' file not found
#include <cstring>

// wrong cstdint: 'cstdint' file not found
#include <cstdint>

// wrong type_traits: 'type_traits' file not found
#include <type_traits>

static_assert(PROT_READ == 1 && sizeof(size_t) == sizeof(uint64_t));
