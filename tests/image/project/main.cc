/// The smallest app: what the cases of tests/image/wrong are built around.
#include "rt/rt.h"

rt::Exit main(rt::Arguments) {
    return rt::Exit::success;
}
