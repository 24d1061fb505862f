/// The checks of an image that the linker does not make: each is a test of the tree's own images.
#pragma once

#include "tests/image/image.h"

namespace image {

/// The instructions at sites that start-up patches, and the text after that.
std::vector<Check> patching_checks();
/// The exception table.
std::vector<Check> exception_table_checks();

} // namespace image
