/// A measuring program whose figures are known, for the test of the driver.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

constexpr int wrong_use = 2;
constexpr int skipped = 77;

/// The number of runs of this row so far; a file grows by a byte each time.
long runs_before(const std::string &row) {
    const char *folder = std::getenv("POSTERN_BENCH_FAKE");
    if (folder == nullptr) {
        return 0;
    }
    const std::string path = std::string{folder} + "/" + row;
    FILE *file = std::fopen(path.c_str(), "a");
    if (file == nullptr) {
        return 0;
    }
    std::fseek(file, 0, SEEK_END);
    const long before = std::ftell(file);
    std::fputc('x', file);
    std::fclose(file);
    return before;
}

int list() {
    std::puts("steady\tloop\tWhat is steady?\n"
              "noisy\tloop\tWhat is steady?\n"
              "absent\tloop\tWhat is steady?\n"
              "spread\twindow\tHow wide is it?\n"
              "amid\tagainst_plain\tWhat is added?\n"
              "broken\tloop\tWhat breaks?\n"
              "truncated\tloop\tWhat breaks?");
    return EXIT_SUCCESS;
}

/// The rough measurement and the first repetition are quiet. The second repetition is noisy, and
/// again when it is repeated. The third is noisy once.
double noisy_yardstick(long run) {
    return run >= 2 && run <= 4 ? 55 : 50;
}

void print(const std::string &row, long samples, long loops) {
    const long run = runs_before(row);
    std::printf("row %s\n", row.c_str());
    for (long sample = 1; sample <= samples; ++sample) {
        double first = 100;
        double second = 50;
        if (row == "noisy") {
            second = noisy_yardstick(run);
            first = 3 * second;
        } else if (row == "spread") {
            first = static_cast<double>(sample);
        } else if (row == "amid") {
            first = 1100;
            second = 1000;
        }
        const auto all = static_cast<double>(loops);
        std::printf("%.0f %.0f %ld\n", first * all, second * all, loops);
    }
}

} // namespace

int main(int count, char **arguments) {
    if (count == 2 && std::strcmp(arguments[1], "--list") == 0) {
        return list();
    }
    if (count != 4) {
        return wrong_use;
    }
    const std::string row = arguments[1];
    if (row == "absent") {
        std::puts("skipped absent: it has its reasons");
        return skipped;
    }
    if (row == "broken") {
        std::fputs("fake: broken on purpose\n", stderr);
        return EXIT_FAILURE;
    }
    const long samples = std::atol(arguments[2]);
    print(row, row == "truncated" ? samples - 1 : samples, std::atol(arguments[3]));
    return EXIT_SUCCESS;
}
