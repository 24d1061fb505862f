/// The driver's command line.
#include "bench/driver/options.h"

#include <map>
#include <regex>

#include "bench/driver/process.h"

namespace driver {

namespace {

constexpr const char *usage =
    "usage: bench_driver --alternative PROGRAM [--payload IMAGE --emulate TOOL]\n"
    "                    [--interposition IMAGE] [--stand-in PROGRAM] --out FILE [--quick | "
    "--smoke]\n"
    "                    [--filter REGEX] [--with-stand-in] [--natively]";

} // namespace

Options read_options(int count, char **arguments) {
    Options options;
    const std::map<std::string, std::string *> values{
        {"--filter", &options.filter},
        {"--out", &options.out},
        {"--alternative", &options.alternative},
        {"--stand-in", &options.stand_in},
        {"--payload", &options.payload},
        {"--emulate", &options.emulate},
        {"--interposition", &options.interposition},
    };
    for (int index = 1; index < count; ++index) {
        const std::string word = arguments[index];
        if (const auto value = values.find(word); value != values.end()) {
            if (++index == count) {
                throw Stop{word + ": its value is missing", wrong_use};
            }
            *value->second = arguments[index];
        } else if (word == "--quick" || word == "--smoke") {
            options.mode = word == "--quick" ? Mode::quick : Mode::smoke;
        } else if (word == "--natively") {
            options.natively = true;
        } else if (word == "--with-stand-in") {
            options.with_stand_in = true;
        } else {
            throw Stop{word + ": no such option\n" + usage, wrong_use};
        }
    }
    if (options.alternative.empty() || options.out.empty()) {
        throw Stop{std::string{"--alternative and --out are needed\n"} + usage, wrong_use};
    }
    try {
        std::regex{options.filter};
    } catch (const std::regex_error &) {
        throw Stop{"--filter " + options.filter + ": not a regular expression", wrong_use};
    }
    return options;
}

} // namespace driver
