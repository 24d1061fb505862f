/// The domains' views in the image.
#pragma once

namespace rt::start {

/// Ends the program where a domain's view in the image is another than the one that C++ computes.
/// Warns of each domain that may write key 0.
void check_views();

} // namespace rt::start
