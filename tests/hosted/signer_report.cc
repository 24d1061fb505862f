/// Cases of the signer's hosted tests: one line each, a closing line, an exit status.
#include "tests/hosted/signer_report.h"

#include <cstdio>

namespace hosted {

void Report::begin(const std::string &name) {
    running_ = name;
    if (cases_.emplace(name, Case{}).second) {
        order_.push_back(name);
    }
}

bool Report::expect(bool good, const std::string &why) {
    if (!good) {
        cases_[running_].reproaches.push_back(why);
    }
    return good;
}

bool Report::expect_equal(const std::string &seen, const std::string &wanted) {
    return expect(seen == wanted, "seen '" + shown(seen) + "', wanted '" + shown(wanted) + "'");
}

void Report::skip(const std::string &why) {
    cases_[running_].skipped = why;
}

int Report::close() const {
    int passed = 0, failed = 0, skipped = 0;
    for (const auto &name : order_) {
        const Case &one = cases_.at(name);
        if (!one.reproaches.empty()) {
            ++failed;
            for (const auto &why : one.reproaches) {
                std::printf("failed %s: %s\n", name.c_str(), why.c_str());
            }
        } else if (!one.skipped.empty()) {
            ++skipped;
            std::printf("skipped %s: %s\n", name.c_str(), one.skipped.c_str());
        } else {
            ++passed;
            std::printf("passed %s\n", name.c_str());
        }
    }
    std::printf("%d passed, %d failed, %d skipped\n", passed, failed, skipped);
    return failed != 0 || passed + skipped == 0 ? 1 : passed == 0 ? 77 : 0;
}

std::string shown(const std::string &text) {
    constexpr std::size_t most = 600;
    if (text.size() > most) {
        return shown(text.substr(0, most / 2)) + " ... " +
               shown(text.substr(text.size() - most / 2));
    }
    std::string line;
    for (const char byte : text) {
        const auto number = static_cast<unsigned char>(byte);
        char escaped[8];
        std::snprintf(escaped, sizeof escaped, "\\x%02x", number);
        line += byte == '\n' ? "\\n" : number < ' ' || number > '~' ? escaped : std::string{byte};
    }
    return line;
}

} // namespace hosted
