/// The entries of the domain in the process tests.
#pragma once

#include "rt/rt.h"

namespace process_domain {

uint64_t twice(uint64_t number);
uint64_t ask_the_kernel();

} // namespace process_domain

namespace process {

constexpr rt::Entry<Domain::alice, process_domain::twice> twice;
constexpr rt::Entry<Domain::alice, process_domain::ask_the_kernel> ask_the_kernel;

} // namespace process
