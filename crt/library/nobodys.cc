/// The function in place of a weak one that nobody defines (linker/link/own_names.cc).
#include "crt/library/library.h"

extern "C" {

[[noreturn]] void postern_nobodys_function();

/// A weak function that is missing has address 0, and code that asks does not call it.
LIBRARY void postern_nobodys_function() {
    STOP(STOP_ABSENT, "a weak function that nobody defines");
}

} // extern "C"
