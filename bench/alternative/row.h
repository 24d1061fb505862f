/// One row of the alternatives: a name, its table, and the function that measures it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace alternative {

/// Runs the measured thing so many times, and returns the ticks that passed.
using Measure = std::function<uint64_t(uint64_t loops)>;

struct Row {
    std::string name;
    std::string question;  // the table's title
    std::string yardstick; // the name of the second column
    std::function<Measure()> prepare;
    std::function<Measure()> prepare_yardstick;
};

using Rows = std::vector<Row>;

/// Thrown by `prepare` if this machine lacks something that the row needs.
struct Skip {
    std::string reason;
};

/// Thrown if a step fails that must not: the row ends with this one line.
struct Broken {
    std::string what;
};

/// Throws Broken with `what` and errno's text unless `worked`.
void must(bool worked, const char *what);

/// Plain getppid, the yardstick of all rows that have none of their own.
Measure prepare_getppid();

Rows system_call_rows();
Rows emulation_rows();
Rows tracing_rows();
Rows notification_rows();
Rows ping_pong_rows();
Rows fault_rows();
Rows crash_rows();
Rows start_rows();
Rows memory_rows();
Rows heap_rows();
Rows lives_rows();
Rows inflate_rows();
Rows space_rows();
Rows load_rows();

} // namespace alternative
