/// Reads JSON (RFC 8259), as far as tests of the output of Google Benchmark need it.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace driver {

/// One value; `kind` says which member is valid.
struct Json {
    enum class Kind { null, boolean, number, string, array, object } kind = Kind::null;
    double number = 0; // and booleans
    std::string string{};
    std::vector<Json> array{};
    std::map<std::string, Json> object{};

    /// A member of an object; null if there is none.
    const Json &at(const std::string &name) const;
};

/// Throws Stop with the position of the first error.
Json parse_json(const std::string &text);

} // namespace driver
