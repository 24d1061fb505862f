/// Images of Postern that rows start.
#include "bench/alternative/image.h"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "bench/alternative/row.h"

namespace alternative {

namespace {

bool has_protection_keys() {
    std::ifstream file{"/proc/cpuinfo"};
    std::stringstream text;
    text << file.rdbuf();
    return text.str().find(" ospke") != std::string::npos;
}

} // namespace

std::string Image::path() const {
    if (has_protection_keys() != with_keys) {
        throw Skip{with_keys ? "needs protection keys" : "this machine has protection keys"};
    }
    const char *folder = std::getenv("POSTERN_BENCH_IMAGES");
    const std::string file = folder == nullptr ? "" : std::string{folder} + "/" + name;
    if (file.empty() || access(file.c_str(), X_OK) != 0) {
        throw Skip{"POSTERN_BENCH_IMAGES names no folder with " + name};
    }
    return file;
}

} // namespace alternative
