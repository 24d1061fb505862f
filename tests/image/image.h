/// The verifier's images, checks and sites, under the names that these tests use.
#pragma once

#include "linker/verify/checks.h"

namespace image {

using namespace linker::verify;

} // namespace image
