/// Has the calls that a compiler makes on its own lead to crt's memory functions. Included before
/// each file of crt and rt by the compiler's command: no name in a source tells of such a call.
#pragma once

#ifndef __ASSEMBLER__

// The symbols of this object alone; glibc does the same for its own calls [glibc symbol-hacks.h].
asm(".set memcpy, crt_memcpy\n"
    ".set memmove, crt_memmove\n"
    ".set memset, crt_memset\n"
    ".set memcmp, crt_memcmp\n"
    ".set bcmp, crt_bcmp");

#endif
