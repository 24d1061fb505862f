/// Requests that were once good, and what became of them.
#include "tests/hosted/signer_fuzz_requests.h"

#include <algorithm>

namespace hosted {

namespace {

/// Where an attacker would look first: what is closed to the parser, what is open, and the borders.
std::vector<std::uint64_t> addresses_of(const Image &image) {
    std::vector<std::uint64_t> addresses = {0, 8, 4095, 4096, ~0ull, 1ull << 47, 1ull << 63};
    for (const char *region :
         {"vault", "vault_stack", "monitor", "monitor_stack", "arguments", "arena", "parser",
          "parser_stack", "pristine", "rodata", "text", "gate", "trap"}) {
        const Range range = image.range(region);
        for (const std::uint64_t address :
             {range.begin, range.begin + 64, range.end - 8, range.end - 1, range.end}) {
            addresses.push_back(address);
        }
    }
    const std::uint64_t key = image.symbol("_ZN6signer5vault3keyE");
    for (std::uint64_t offset = 0; offset < 32; ++offset) {
        addresses.push_back(key + offset);
    }
    return addresses;
}

} // namespace

RequestMutator::RequestMutator(const Image &image, std::vector<std::string> files,
                               std::uint64_t seed)
    : files_(std::move(files)), addresses_(addresses_of(image)), random_(seed) {}

std::string RequestMutator::digits(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        text += "0123456789abcdefABCDEF"[below(22)];
    }
    return text;
}

std::string RequestMutator::good() {
    return below(2) == 0 ? "sign " + one_of(files_) : "verify " + digits(64) + " " + one_of(files_);
}

/// The same file by a longer name.
std::string RequestMutator::with_another_path() {
    std::string path = one_of(files_);
    for (std::uint64_t i = 0; i <= below(6); ++i) {
        path.insert(0, one_of<std::string>({"./", ".//", "folder/../", "././", ".///./"}));
    }
    return below(2) == 0 ? "sign " + path : "verify " + digits(64) + " " + path;
}

/// More digits than there is room for: a pointer to the path, now and then its length and the verb.
std::string RequestMutator::with_an_overflow() {
    std::string line = "verify " + digits(64) + as_digits(one_of(addresses_) + below(3));
    if (below(4) == 0) {
        line += as_digits(below(2) == 0 ? below(70'000) : 1ull << below(64));
        line += below(2) == 0 ? as_digits(below(6)) : "";
    } else if (below(8) == 0) {
        line += digits(2 * below(200));
    }
    return line + " " + one_of(files_);
}

/// Bytes changed, taken out, put in, doubled; the end cut off; another request's end put on.
std::string RequestMutator::with_other_bytes() {
    std::string line = below(3) == 0 ? with_an_overflow() : good();
    for (std::uint64_t i = 0; i <= below(4); ++i) {
        const std::size_t at = below(line.size() + 1);
        switch (below(6)) {
        case 0:
            line.insert(at, 1, static_cast<char>(below(256)));
            break;
        case 1:
            line.erase(at, below(4));
            break;
        case 2:
            line.insert(at, line.substr(at / 2, below(300)));
            break;
        case 3:
            line = line.substr(0, at) + good().substr(below(8));
            break;
        case 4:
            line.insert(at, below(20) == 0 ? 5000 : below(40), static_cast<char>(below(256)));
            break;
        default:
            if (at < line.size()) {
                line[at] = static_cast<char>(line[at] ^ 1 << below(8));
            }
        }
    }
    return line;
}

std::string RequestMutator::next() {
    const std::uint64_t kind = below(100);
    std::string line = kind < 40   ? with_another_path()
                       : kind < 65 ? with_an_overflow()
                                   : with_other_bytes();
    std::replace(line.begin(), line.end(), '\n', ' ');
    return line;
}

} // namespace hosted
