/// Reads JSON (RFC 8259), as far as a test of what Google Benchmark writes needs it.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace driver {

/// One value; which member counts is told by `kind`.
struct Json {
    enum class Kind { null, boolean, number, string, array, object } kind = Kind::null;
    double number = 0; // and booleans
    std::string string{};
    std::vector<Json> array{};
    std::map<std::string, Json> object{};

    /// A member of an object; null where there is none.
    const Json &at(const std::string &name) const;
};

/// Throws Stop with the place of what is no JSON.
Json parse_json(const std::string &text);

} // namespace driver
