/// The macros of assembly: which of their parameters they jump to, and which of them write PKRU.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/tree/assembly.h"

namespace tree {

/// A macro, and all that it does by way of macros that it uses.
struct Macro {
    bool in_header;
    std::vector<std::string> parameters;
    std::vector<Statement> body;
    std::set<std::size_t> jumps_to; // indices of parameters
    bool writes_pkru;               // holds a `wrpkru`
    std::optional<bool> falls; // whether control leaves its end; nothing where that is not told
};
using Macros = std::map<std::string, Macro>;

/// The macros that one file defines (a .S or a header that assembly includes), as they are written.
void read_macros(const SourceFile &file, Macros &macros);

/// Adds to each macro what the macros that it uses do. Called once, after the last read_macros.
void resolve_macros(Macros &macros);

/// The arguments of `use` that the macro jumps to, given by position or by name.
std::vector<std::string> jumped_to(const Macro &macro, const Statement &use);

} // namespace tree
