/// The parts of an image, as postern_add_app and its like were told.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace linker::link {

/// A domain of an app.
struct Domain {
    unsigned number;
    std::string name;
    std::vector<std::string> libraries; // of SOURCES and LIBRARIES, in the order of the calls
    std::vector<std::string> without;   // of refused stubs, after all others
    std::set<std::string> data;         // the data domains that it has, always or lent
    bool has_heap = false;
};

/// Read from FOLDER/parts.txt, which has these lines:
///     folder PATH        the folder in which the linker runs
///     runtime PATH       a static library of the runtime's
///     support PATH       a static library of which each domain takes what it needs
///     data NAME          a data domain
///     domain NUMBER NAME   a domain
///     library NAME PATH  a static library of that domain's
///     without NAME PATH  a static library of refused stubs that it asks for
///     has NAME DATA      that domain has that data domain
///     heap NAME          that domain has a heap
struct Parts {
    std::string folder; // APP.generated
    std::string runs_in;
    std::vector<std::string> runtime;
    std::vector<std::string> support; // after a domain's own libraries, so that those come first
    std::set<std::string> data;
    std::vector<Domain> domains;

    /// Throws verify::Unreadable.
    static Parts from_folder(const std::string &folder);
    const Domain *with_number(unsigned number) const;
    /// The path of the one object that holds all code and data of a domain.
    std::string object_of(const Domain &domain) const;
    /// The path of the linker's map of that object.
    std::string map_of(const Domain &domain) const;
};

/// The end of the names of such objects, and of no other files. The linker script matches it.
constexpr const char *domain_suffix = ".domain";

} // namespace linker::link
