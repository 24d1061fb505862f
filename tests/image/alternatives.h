/// The text as start-up patches it, and the table of its sites in words.
#pragma once

#include <string>
#include <vector>

#include "linker/verify/alternatives.h"
#include "rt/patch/features.h"
#include "tests/image/image.h"

namespace image {

/// The bytes of the image as start-up leaves them where `features` hold.
Bytes patched(const Image &image, rt::patch::Features features);

/// Features by their names, separated by commas; throws Unreadable for an unknown one.
rt::patch::Features features_named(const std::string &names);

/// Prints the table, a row a line: 0xADDRESS FUNCTION+0xOFFSET/0xLENGTH FEATURE
/// nops|FUNCTION+0xOFFSET, the last word being what is jumped to.
void print_sites(const Image &image);

} // namespace image
