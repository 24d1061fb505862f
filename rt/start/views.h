/// The domains' views in the image.
#pragma once

namespace rt::start {

/// Ends the program if a domain's view in the image differs from the view that C++ computes. Warns
/// of each domain that may write key 0.
void check_views();

} // namespace rt::start
