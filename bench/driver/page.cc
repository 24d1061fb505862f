/// bench_targets: prints the table of targets for bench/README.md, or compares that page with it.
#include "tests/hosted/page.h"
#include "bench/driver/target_list.h"

namespace {

std::string table() {
    std::string text = "| what | target |\n|---|---|\n";
    for (const auto &target : driver::targets()) {
        text += std::string{"| "} + target.what + " | " + driver::limit_of(target) + " |\n";
    }
    return text;
}

} // namespace

int main(int count, char **arguments) {
    return hosted::run({"bench_targets", "bench.targets.the_page_has_the_table", table()}, count,
                       arguments);
}
