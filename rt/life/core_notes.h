/// The notes of a core file: registers, signal and program, as debuggers read them.
#pragma once

#include <stddef.h>

#include "rt/base/fault.h"

namespace rt::life {

/// The greatest length of the notes.
inline constexpr size_t most_note_bytes = 1024;

/// Writes the notes of a core file for `fault` to `to`; their length in bytes. [linux elfcore.h
/// v6.12]
size_t put_notes(unsigned char *to, const base::Fault &fault);

} // namespace rt::life
