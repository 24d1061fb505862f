/// The benchmark driver: measures the rows of all programs, prints a table for each question,
/// writes JSON.
#include <sys/resource.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "bench/driver/options.h"
#include "bench/driver/process.h"
#include "bench/driver/session.h"
#include "bench/driver/tables.h"
#include "bench/driver/targets.h"

namespace {

int run(int count, char **arguments) {
    const auto options = driver::read_options(count, arguments);
    setenv("POSTERN_STDIN", "none", 1); // the emulator waits for no input
    setpriority(PRIO_PROCESS, 0, -15);  // if it is permitted: other processes are noise
    driver::Session session{options, driver::read_machine()};
    session.prepare();
    session.measure();
    if (options.mode == driver::Mode::smoke) {
        std::cout << "SMOKE: a few loops of each row; no figure below means anything\n";
    }
    print_machine(std::cout, session);
    print_tables(std::cout, session);
    print_targets(std::cout, session);
    print_closing(std::cout, session);
    const auto &rows = session.rows();
    const bool failed = std::any_of(rows.begin(), rows.end(),
                                    [](const auto &measured) { return !measured.failed.empty(); });
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

} // namespace

int main(int count, char **arguments) {
    try {
        return run(count, arguments);
    } catch (const driver::Stop &stop) {
        std::cerr << "bench: " << stop.message << '\n';
        return stop.exit_status;
    }
}
