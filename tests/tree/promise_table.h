/// tests/README.md and the root README.md as data: promises, skips, guarantees.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/tree/tool.h"

namespace tree {

/// A line that names tests.
struct Promise {
    std::size_t line;
    std::string text;
    std::vector<std::string> tests;
};

/// How a test case ended.
enum class Ending { passed, failed, skipped };

/// One per test; a test that ran several times counts by its worst run, a skip least of all.
struct Ran {
    std::size_t line;
    Ending ending;
};
using Results = std::map<std::string, Ran>;

/// `unit`, `run` ... as the house style has them.
bool is_kind(std::string_view name);

/// The rows of the only table, `| promise | source | tests |`. Findings for what is no such row.
std::vector<Promise> read_promises(const SourceFile &readme, Outcome &outcome);

/// The bullets "- `name`: reason" under `## Skips`, by name. Findings for other bullets.
std::map<std::string, std::size_t> read_skips(const SourceFile &readme, Outcome &outcome);

/// The bullets under `## Guarantees`, each with the lines that it goes on over; nothing where there
/// is no such section.
std::optional<std::vector<Promise>> read_guarantees(const SourceFile &readme);

/// `passed NAME`, `failed NAME`, `skipped NAME: reason`, one per line. Findings for other lines.
Results read_results(const SourceFile &results, Outcome &outcome);

} // namespace tree
