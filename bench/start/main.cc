/// Starts with as many domains as there are keys, and ends: what start-up costs at most.
#include "rt/rt.h"

rt::Exit main(rt::Arguments) {
    return rt::Exit::success;
}
