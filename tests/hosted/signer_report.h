/// Cases of the signer's hosted tests: one line each, a closing line, an exit status.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace hosted {

/// Collects what was found out about each case; a case is good when nothing was held against it.
class Report {
public:
    /// Names the case that what follows belongs to.
    void begin(const std::string &name);

    /// Holds `why` against the running case unless `good`; returns `good`.
    bool expect(bool good, const std::string &why);
    bool expect_equal(const std::string &seen, const std::string &wanted);

    /// Ends the running case without a verdict.
    void skip(const std::string &why);

    /// Prints all cases and the closing line; the exit status: 0, 1, or 77 when nothing was tried.
    int close() const;

private:
    struct Case {
        std::vector<std::string> reproaches;
        std::string skipped;
    };
    std::vector<std::string> order_;
    std::map<std::string, Case> cases_;
    std::string running_;
};

/// `text` on one line, for people: control bytes escaped, the middle left out where it is long.
std::string shown(const std::string &text);

} // namespace hosted
