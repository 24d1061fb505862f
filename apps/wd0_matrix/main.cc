/// {key 0 writable, WD0} x {no fault, SIGFPE, SIGSEGV}: all six hand control back, again and again.
#include "apps/wd0_matrix/cost.h"
#include "apps/wd0_matrix/user.h"

volatile uint32_t trusted_word = 1;

namespace {

constexpr uint8_t no_fault = 0;
constexpr uint8_t sigfpe = 8;
constexpr uint8_t sigsegv = 11;

template <class... Arguments>
void print(const char *format, const Arguments &...arguments) {
    rt::Line line;
    line.format(format, arguments...).append('\n');
    static_cast<void>(rt::sys::write_all(rt::sys::Descriptor::output, line.text(), line.bytes()));
}

/// The results of the calls of one row.
struct Tally {
    uint64_t as_wanted = 0;
    uint64_t other_pkru = 0; // the number of calls whose PKRU differs from that of the first call
    uint32_t pkru = 0;
};

/// One call. PKRU is that of the signal frame or, without a signal, the one that the user read.
template <Domain domain, auto function>
void call_once(uint8_t signal, Tally &tally) {
    const auto result = rt::call<domain>(rt::Entry<domain, function>{});
    const uint8_t seen = result ? no_fault : result.fault().signal;
    const uint32_t pkru = result ? result.value() : result.fault().pkru;
    if (tally.as_wanted == 0) {
        tally.pkru = pkru;
    }
    tally.other_pkru += pkru != tally.pkru;
    tally.as_wanted += seen == signal;
}

/// One row of the matrix; whether it is correct.
template <Domain domain, auto function>
bool run_row(const char *key_0, const char *ending, uint8_t signal, uint64_t count) {
    Tally tally;
    call_once<domain, function>(signal, tally); // touch their memory: two alternate stacks,
    call_once<domain, function>(signal, tally); // which are used in turn
    tally.as_wanted = 0;
    const Cost before = cost_now();
    for (uint64_t i = 0; i < count; ++i) {
        call_once<domain, function>(signal, tally);
    }
    const Cost after = cost_now();
    print("key 0 {}, {}: {} of {} handed back, PKRU {} ({}); resident {} -> {} KiB, rsp {} -> {}",
          key_0, ending, tally.as_wanted, count, rt::Hex{tally.pkru},
          signal == no_fault ? "its own rdpkru" : "signal frame", before.resident_kib,
          after.resident_kib, rt::Hex{before.stack_pointer}, rt::Hex{after.stack_pointer});
    return tally.as_wanted == count && tally.other_pkru == 0 &&
           after.resident_kib <= before.resident_kib && after.stack_pointer == before.stack_pointer;
}

template <Domain domain>
bool run_half(const char *key_0, uint64_t count) {
    bool good = run_row<domain, user::finish>(key_0, "no fault", no_fault, count);
    good &= run_row<domain, user::divide>(key_0, "SIGFPE", sigfpe, count);
    good &= run_row<domain, user::trespass>(key_0, "SIGSEGV", sigsegv, count);
    return good;
}

/// The number in `text`, or 0.
uint64_t number_in(const char *text) {
    uint64_t number = 0;
    for (; text != nullptr && *text >= '0' && *text <= '9'; ++text) {
        number = number * 10 + static_cast<uint64_t>(*text - '0');
    }
    return text != nullptr && *text == '\0' ? number : 0;
}

/// A million divided by POSTERN_SCALE. Without that variable, by 100 in the emulator and by 1
/// elsewhere.
uint64_t default_count(const rt::Arguments &arguments) {
    const uint64_t usual = arguments.environment("POSTERN_EMULATED") != nullptr ? 100 : 1;
    const uint64_t wanted = number_in(arguments.environment("POSTERN_SCALE"));
    const uint64_t count = 1'000'000 / (wanted != 0 ? wanted : usual);
    return count != 0 ? count : 1;
}

} // namespace

/// `wd0_matrix [COUNT]`: calls per row.
rt::Exit main(rt::Arguments arguments) {
    const uint64_t count =
        arguments.count() > 1 ? number_in(arguments[1]) : default_count(arguments);
    if (count == 0 || arguments.count() > 2) {
        rt::log("usage: wd0_matrix [COUNT]: calls per row, at least 1");
        return rt::Exit::usage;
    }
    bool good = run_half<Domain::key_0_writable>("writable", count);
    good &= run_half<Domain::wd0>("write-disabled", count);
    print(good ? "all six hand control back" : "not all rows are correct: see above");
    return good ? rt::Exit::success : rt::Exit::failure;
}
