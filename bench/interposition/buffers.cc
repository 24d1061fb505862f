/// What does a granted system call with bytes cost, beside the monitor's own?
#include "bench/interposition/rows.h"
#include "bench/payload/guest.h"
#include "bench/payload/must.h"
#include "bench/payload/numbers.h"
#include "rt/sys/call.h"

namespace bench {

namespace {

constexpr auto question =
    "What does a call with bytes cost that the monitor makes for a domain, beside the same call "
    "of its own?";
constexpr uint64_t most = rt::syscall::longest_copy;

POSTERN_BSS(untrusted) char theirs[most];
alignas(64) constinit char ours[most]{};

/// A file in memory, which the domain has been given.
struct File {
    rt::sys::Descriptor file;
    uint32_t domains;
};
const File &file() {
    static constinit File opened{};
    static constinit bool is_open = false;
    if (!is_open) {
        opened.file = must(rt::sys::result_of<rt::sys::Descriptor>(
            rt::sys::call_raw(number::memfd_create, "bench", 0)));
        opened.domains = must(rt::grant_descriptor(Domain::untrusted, opened.file));
        must(rt::sys::write_all(opened.file, ours, sizeof ours));
        is_open = true;
    }
    return opened;
}

void expect_all(uint64_t bytes, uint64_t answer) {
    if (answer != bytes) {
        rt::panic("a row's call did not move {} bytes: {}", bytes, static_cast<int64_t>(answer));
    }
}

template <uint64_t number, uint64_t bytes>
uint64_t granted(uint64_t loops) {
    const uint64_t descriptor = file().domains;
    const uint64_t begin = bench_now();
    const uint64_t answer = must(
        rt::call<Domain::untrusted>(Guest<Domain::untrusted>::own_system_calls, number, descriptor,
                                    reinterpret_cast<uint64_t>(theirs), bytes, loops));
    const uint64_t ticks = bench_now() - begin;
    expect_all(bytes, answer);
    return ticks;
}

template <uint64_t number, uint64_t bytes>
uint64_t monitors(uint64_t loops) {
    const auto descriptor = file().file;
    long answer = 0;
    const uint64_t begin = bench_now();
    for (; loops != 0; --loops) {
        answer = rt::sys::call_raw(number, descriptor, ours, bytes, 0);
    }
    const uint64_t ticks = bench_now() - begin;
    expect_all(bytes, static_cast<uint64_t>(answer));
    return ticks;
}

template <uint64_t number, uint64_t bytes>
constexpr Row row(const char *name, const char *yardstick) {
    return {name, Kind::loop, question, granted<number, bytes>, monitors<number, bytes>, yardstick};
}

constexpr Row table[] = {
    row<number::pwrite64, 64>("granted_pwrite_64", "the monitor's pwrite of 64"),
    row<number::pwrite64, 4096>("granted_pwrite_4096", "the monitor's pwrite of 4096"),
    row<number::pread64, 64>("granted_pread_64", "the monitor's pread of 64"),
    row<number::pread64, 4096>("granted_pread_4096", "the monitor's pread of 4096"),
};

} // namespace

constinit const Rows buffer_rows = rows_of(table);

} // namespace bench
