/// The driver's command line.
#pragma once

#include <string>

namespace driver {

enum class Mode { whole, quick, smoke };

struct Options {
    Mode mode = Mode::whole;
    std::string filter;      // an expression that row names must match
    std::string out;         // the file for the JSON
    std::string alternative; // paths of the measuring programs
    std::string stand_in;
    std::string payload;
    std::string interposition;
    std::string emulate;        // the tool that runs images that cannot run natively
    bool natively = false;      // the payload runs natively even without keys
    bool with_stand_in = false; // the stand-in runs even if the payload runs natively
};

/// Throws Stop.
Options read_options(int count, char **arguments);

} // namespace driver
