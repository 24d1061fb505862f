/// The refused stubs of one group, WITHOUT_GROUP of without.inc, which the build chooses (CMakeLists.txt).
///
/// Each is weak and in a section of its own: a definition in the domain's SOURCES or LIBRARIES comes first, and the linker
/// keeps those that something refers to. linker/audit finds them in the image by their one instruction.
#include "crt/library/stop.h"
#include "crt/library/without.inc"

#define STUB(name)                                                                                 \
    .section .text.name, "ax", @progbits;                                                          \
    .weak name;                                                                                    \
    .type name, @function;                                                                         \
    name:                                                                                          \
    STOP_IN(.rodata.name, STOP_ABSENT, #name, ": not in this domain");                                               \
    .size name, . - name;

#define NULL_POINTER(name)                                                                         \
    .section .rodata.name, "a", @progbits;                                                         \
    .balign 8;                                                                                     \
    .weak name;                                                                                    \
    .type name, @object;                                                                           \
    name:                                                                                          \
    .quad 0;                                                                                       \
    .size name, 8;

  POSTERN_GROUP(STUB, NULL_POINTER)

  .section .note.GNU-stack, "", @progbits
