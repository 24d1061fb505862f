/// Giving domains their initial contents.
#pragma once

namespace rt::start {

/// Checks that each domain's view in the image is the one that C++ computes, and copies each
/// domain's pristine data into its region through a uaccess window.
void fill_domains();

} // namespace rt::start
