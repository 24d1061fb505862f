/// Bad copies of a good image: what each check must find.
#pragma once

#include <vector>

#include "tests/image/image.h"

namespace image {

/// One change to the bytes of an image.
struct Plant {
    const char *name;    // its test is image.planted.NAME
    const char *check;   // the check that must find it
    const char *finding; // a part of what it must say
    void (*make)(const Image &good, Bytes &bytes);
};

std::vector<Plant> plants();

/// Those for an image that has domains with an address space of their own.
std::vector<Plant> own_plants();

} // namespace image
