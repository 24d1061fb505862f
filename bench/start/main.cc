/// Starts with a domain for each key, and ends: the highest cost of start-up.
#include "rt/rt.h"

rt::Exit main(rt::Arguments) {
    return rt::Exit::success;
}
