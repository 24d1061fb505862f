/// How test cases ended, and which skips are stated: results and tests/README.md as data.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "tests/tree/tool.h"

namespace tree {

/// How a test case ended.
enum class Ending { passed, failed, skipped };

/// One per test; a test that ran several times counts by its worst run, a skip least of all.
struct Ran {
    std::size_t line;
    Ending ending;
};
using Results = std::map<std::string, Ran>;

/// Whether a name begins with a kind of test: `unit`, `run` ... (tests/README.md).
bool is_kind(std::string_view name);

/// The bullets "- `name`: reason" under `## Skips`, by name. Findings for other bullets.
std::map<std::string, std::size_t> read_skips(const SourceFile &readme, Outcome &outcome);

/// `passed NAME`, `failed NAME`, `skipped NAME: reason`, one per line. Findings for other lines.
Results read_results(const SourceFile &results, Outcome &outcome);

} // namespace tree
