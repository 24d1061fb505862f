/// The places at which a signal came, printed so that a script can hold them against the
/// disassembly.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace places {

/// Notes one instruction of the image's text.
void note(const char *place);

/// Prints what was noted since the last time, a line for 64 bytes with anything in them:
/// `met ADDRESS BITS`, the lowest bit for the byte at the address.
void print_met();

/// Prints the sites of gates and trap entry that start-up has patched: `patched ADDRESS BYTES`,
/// and what is known of the machine: `holds FEATURE`.
void print_patched();

} // namespace places
