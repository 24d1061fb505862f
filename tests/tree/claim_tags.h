/// The tags of the tests: which test shows which claim, read from the sources.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "tests/tree/tool.h"

namespace tree {

/// "This test shows that claim", or tries that attack.
struct Tag {
    std::string test;
    std::string claim;
    bool tries;
    std::string path;
    std::size_t line;
};

/// Where a test is registered.
struct Place {
    std::string path;
    std::size_t line;
};

/// The tags of tests in the sources.
struct Tags {
    std::vector<Tag> tags;
    std::map<std::string, Place> tests; // those whose whole name the sources hold
};

/// Reads the sources below tests, bench, apps and toolchain, without this folder's C++. Tags are
///   POSTERN_TEST("NAME", SHOWS(ID, ...), TRIES(ID, ...)),
///   a comment `shows ID, ... tries ID, ...` below the `wrong CASE: MESSAGE` of tests/image/wrong,
///   and anywhere else a comment `NAME shows ID, ... tries ID, ...`.
Tags read_tags(const Files &files);

} // namespace tree
