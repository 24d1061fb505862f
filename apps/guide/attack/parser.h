/// The interface of the parser, and its actions when it is hijacked. You are the attacker.
#pragma once

#include "rt/rt.h"

namespace parser {

/// The length of a line: its honest work.
uint64_t parse(uint64_t bytes);

/// Reads a number at an address.
uint64_t read(uint64_t address);
/// Writes a number at an address.
void write(uint64_t address);
/// Calls the code at an address.
uint64_t jump(uint64_t address);
/// Makes a system call.
uint64_t ask_kernel(uint64_t number);
/// Never returns.
void keep_the_processor();

} // namespace parser

constexpr rt::Entry<Domain::parser, parser::parse> parse;
constexpr rt::Entry<Domain::parser, parser::read> read;
constexpr rt::Entry<Domain::parser, parser::write> write;
constexpr rt::Entry<Domain::parser, parser::jump> jump;
constexpr rt::Entry<Domain::parser, parser::ask_kernel> ask_kernel;
constexpr rt::Entry<Domain::parser, parser::keep_the_processor> keep_the_processor;
