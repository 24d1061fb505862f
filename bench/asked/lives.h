/// The two images of calls.cc differ in this alone, and in the heaps of their domains.
#pragma once

namespace bench {

/// In the image with policies: lets each domain fault, so that it is in its second life. In the
/// other one: nothing.
void begin_lives();

} // namespace bench
