/// Where the kernel leaves no way out: what a domain can do to end the process, and nothing else.
#pragma once

namespace attack {

/// Whether this kernel writes signal frames under the interrupted view (before 6.12), so that a
/// domain that closes the frame key by a jump to any wrpkru ends the process. Asked by behaviour.
bool frame_key_must_be_open();

} // namespace attack
