/// Lets the parser try its attacks, and prints the results.
#include "parser.h"
#include "vault.h"

namespace {

volatile uint64_t balance = 100;

/// The gate into the vault, whose key is 3.
const auto gate = reinterpret_cast<uint64_t>(&rt_gate_enter_3);

template <class T>
uint64_t address_of(const T &object) {
    return reinterpret_cast<uint64_t>(&object);
}

/// Whether the attempt ended as a fault, which it logs.
template <class Result>
bool failed(const char *attempt, const Result &result) {
    rt::log("{}", attempt);
    if (result) {
        rt::log("  it worked");
        return false;
    }
    rt::log("  {}", result.fault());
    return true;
}

} // namespace

rt::Exit main(rt::Arguments) {
    constexpr uint64_t millisecond = 1'000'000; // in nanoseconds
    constexpr uint64_t getpid = __NR_getpid;
    bool safe = true;
    safe &=
        failed("reading the vault's key", rt::call<Domain::parser>(read, address_of(vault::key)));
    safe &= failed("writing the balance", rt::call<Domain::parser>(write, address_of(balance)));
    safe &= failed("writing to code", rt::call<Domain::parser>(write, gate));
    safe &= failed("running data", rt::call<Domain::parser>(jump, address_of(balance)));
    safe &= failed("entering the vault by its gate", rt::call<Domain::parser>(jump, gate));
    safe &= failed("a system call", rt::call<Domain::parser>(ask_kernel, getpid));
    safe &= failed("keeping the processor",
                   rt::call_within<Domain::parser>(20 * millisecond, keep_the_processor));

    const auto parsed = rt::call<Domain::parser>(parse, 5ul);
    const auto signature = rt::call<Domain::vault>(sign, 1ul);
    if (!safe || !parsed || !signature || balance != 100) {
        return rt::Exit::failure;
    }
    rt::log("the balance is {}, the parser parses {} bytes, the vault signs", uint64_t{balance},
            parsed.value());
    return rt::Exit::success;
}
