/// The machine of the figures: processor, microcode, kernel, clock, compiler.
#include "bench/driver/machine.h"

#include <sys/resource.h>
#include <sys/utsname.h>
#include <x86intrin.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <thread>

#include "bench/driver/statistics.h"

namespace driver {

namespace {

/// The first processor's paragraph of /proc/cpuinfo.
std::map<std::string, std::string> read_processor() {
    std::map<std::string, std::string> entries;
    std::ifstream file{"/proc/cpuinfo"};
    for (std::string line; std::getline(file, line) && !line.empty();) {
        const auto colon = line.find(':');
        const auto end = line.find_last_not_of(" \t", colon - 1);
        if (colon != std::string::npos && end != std::string::npos) {
            entries[line.substr(0, end + 1)] =
                colon + 2 < line.size() ? line.substr(colon + 2) : "";
        }
    }
    return entries;
}

bool has_flag(const std::string &flags, const std::string &flag) {
    std::istringstream words{flags};
    using Words = std::istream_iterator<std::string>;
    return std::find(Words{words}, Words{}, flag) != Words{};
}

double seconds_now() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC_RAW, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// The frequency of the time stamp counter, by the kernel's clock.
double calibrate() {
    std::vector<double> found;
    for (int turn = 0; turn < 5; ++turn) {
        const double begin = seconds_now();
        const uint64_t first = __rdtsc();
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
        const double end = seconds_now();
        found.push_back(static_cast<double>(__rdtsc() - first) / (end - begin));
    }
    return median(found);
}

} // namespace

Machine read_machine() {
    auto processor = read_processor();
    utsname kernel{};
    uname(&kernel);
    const std::string &flags = processor["flags"];
    const double ticks = calibrate();
    const bool keys = has_flag(flags, "ospke");
    return {
        {
            {"processor", processor["vendor_id"] + ", " + processor["model name"]},
            {"family_model_stepping",
             processor["cpu family"] + " " + processor["model"] + " " + processor["stepping"]},
            {"microcode", processor["microcode"]},
            {"hypervisor", has_flag(flags, "hypervisor") ? "yes" : "no"},
            {"processors", std::to_string(std::thread::hardware_concurrency())},
            {"protection_keys", keys ? "yes" : "no"},
            {"priority", std::to_string(getpriority(PRIO_PROCESS, 0))},
            {"kernel", std::string{kernel.sysname} + " " + kernel.release},
            {"tsc_mhz", std::to_string(static_cast<long>(ticks / 1e6 + 0.5))},
            {"compiler", "clang " __clang_version__},
        },
        ticks,
        keys,
    };
}

} // namespace driver
