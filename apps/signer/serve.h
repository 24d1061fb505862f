/// Answering requests until the input ends.
#pragma once

#include "rt/rt.h"

namespace signer {

/// Success when every request was answered, failure when an answer was an error, usage when input
/// could not be read or an answer could not be written.
rt::Exit serve(bool planted_bug);

} // namespace signer
