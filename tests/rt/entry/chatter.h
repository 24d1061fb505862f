/// Domains that log more than they may.
#pragma once

#include "rt/rt.h"

namespace chatter {

/// Each line's text, without prefix and newline.
inline constexpr char text[] = "0123456789012345678901234567890123456789012345678901234567890123";

/// In bob, who may log few bytes a second: logs so many lines.
uint64_t chat(uint64_t lines);

/// In carol, who may log nothing: logs one.
uint64_t speak();

} // namespace chatter

constexpr rt::Entry<Domain::bob, chatter::chat> bob_chats;
constexpr rt::Entry<Domain::carol, chatter::speak> carol_speaks;
