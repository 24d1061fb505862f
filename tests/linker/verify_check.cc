/// Tests of linker/verify: a part by its name.
#include "tests/linker/verify_check.h"

#include <cstdlib>
#include <vector>

#include "linker/verify/image.h"

int main(int count, char **arguments) {
    using namespace verify_test;
    const std::vector<std::string> words(arguments + 1, arguments + count);
    try {
        if (words.size() == 2 && words[0] == "tamper") {
            return tamper(words[1]);
        }
        if (words.size() == 2 && words[0] == "damage") {
            return damage(words[1]);
        }
        if (words.size() == 2 && words[0] == "strings") {
            return print_strings(words[1]);
        }
        if (words.size() == 4 && words[0] == "compare") {
            return compare(words[1],
                           static_cast<unsigned>(std::strtoul(words[2].c_str(), nullptr, 10)),
                           words[3]);
        }
    } catch (const linker::verify::Unreadable &reason) {
        std::printf("%s\n", reason.what());
        return 1;
    }
    std::printf("usage: verify_check tamper IMAGE | damage IMAGE | strings FAMILY |\n"
                "       compare FAMILY LLVM_VERSION ANSWERS\n");
    return 2;
}
