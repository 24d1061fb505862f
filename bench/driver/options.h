/// The words that the driver was called with.
#pragma once

#include <string>

namespace driver {

enum class Mode { whole, quick, smoke };

struct Options {
    Mode mode = Mode::whole;
    std::string filter;      // an expression that row names are searched for
    std::string out;         // where the JSON goes
    std::string alternative; // paths of the measuring programs
    std::string stand_in;
    std::string payload;
    std::string interposition;
    std::string emulate;        // runs images where they cannot run natively
    bool natively = false;      // the payload runs natively whatever the processor says
    bool with_stand_in = false; // also where the payload runs natively
};

/// Throws Stop.
Options read_options(int count, char **arguments);

} // namespace driver
