/// The rules of the notation in assembly, each over all files.
#pragma once

#include <span>
#include <vector>

#include "tests/tree/assembly.h"
#include "tests/tree/macros.h"
#include "tests/tree/notation.h"
#include "tests/tree/tool.h"

namespace tree {

using Assemblies = std::vector<Assembly>;

/// The notation above a label.
Notation notation_of(const Assembly &assembly, const Label &label);

/// Each label has FROM and PKRU, each function its head and its end; no numeric labels.
void check_labels(const Assemblies &assemblies, Outcome &outcome);

/// Each direct jump is declared at both ends, and `fall` where control falls in.
void check_jumps(const Assemblies &assemblies, const Macros &macros, Outcome &outcome);

/// Checks the code after a wrpkru, written as such or by a macro of `headers`, and the code after a
/// call that never returns.
void check_sequences(const Assemblies &assemblies, const Assemblies &headers, const Macros &macros,
                     Outcome &outcome);

/// Good and bad assembly: each rule fires once at least.
std::span<const Sample> atlas_samples();

} // namespace tree
