/// The emulator's own deaths: a far return of a program's, at whose stack the guest's kernel stops.
#include "tests/hosted/guest_oops.h"

#include <cpuid.h>
#include <sys/klog.h>

#include <cstdio>
#include <cstring>
#include <fstream>
#include <vector>

#include "linker/verify/image.h"

namespace guest_oops {

namespace {

// Actions of syslog(2).
constexpr int read_all = 3, clear = 5;

/// The hypervisor's name, as QEMU's translator gives it.
bool is_emulated() {
    unsigned eax = 0, name[3] = {};
    __cpuid(0x40000000, eax, name[0], name[1], name[2]);
    return std::memcmp(name, "TCGTCGTCGTCG", sizeof name) == 0;
}

/// Where the program was at the last oops: `RIP: 0033:0x...`, its code segment.
std::optional<uint64_t> last_place() {
    std::vector<char> log(1 << 20);
    const int bytes = klogctl(read_all, log.data(), static_cast<int>(log.size()));
    const std::string said(log.data(), bytes < 0 ? 0 : static_cast<size_t>(bytes));
    const std::string mark = "RIP: 0033:0x";
    const size_t at = said.rfind(mark);
    if (said.find("Oops: ") == said.npos || at == said.npos) {
        return {};
    }
    return std::strtoull(said.c_str() + at + mark.size(), nullptr, 16);
}

/// The code from an address on.
std::string code_at(const std::string &path, uint64_t address) {
    try {
        const auto image = linker::verify::Image::from_file(path);
        const auto &bytes = image.bytes();
        return {bytes.begin() + static_cast<std::ptrdiff_t>(image.offset_of(address)), bytes.end()};
    } catch (const linker::verify::Unreadable &) {
        return {};
    }
}

/// [sdm-2 2.1.1, 2.2.1, A.3]
bool is_far_return(const std::string &code) {
    const auto is_prefix = [](unsigned char byte) {
        return (byte & 0xf0) == 0x40 || std::strchr("\x26\x2e\x36\x3e\x64\x65\x66\x67\xf0\xf2\xf3",
                                                    static_cast<char>(byte)) != nullptr;
    };
    size_t at = 0;
    while (at < code.size() && code[at] != 0 && is_prefix(static_cast<unsigned char>(code[at]))) {
        ++at;
    }
    const auto byte = [&](size_t number) {
        return number < code.size() ? static_cast<unsigned char>(code[number]) : 0u;
    };
    const bool is_far_call = byte(at) == 0xff && (byte(at + 1) >> 3 & 7) == 3;
    return byte(at) == 0xca || byte(at) == 0xcb || byte(at) == 0xcf || is_far_call;
}

} // namespace

void survive() {
    if (is_emulated()) {
        std::ofstream("/proc/sys/kernel/panic_on_oops") << "0\n";
    }
}

void forget() {
    if (is_emulated()) {
        klogctl(clear, nullptr, 0);
    }
}

std::optional<uint64_t> far_return(const std::string &image) {
    const auto place = is_emulated() ? last_place() : std::nullopt;
    return place && is_far_return(code_at(image, *place)) ? place : std::nullopt;
}

} // namespace guest_oops
