/// What does the seccomp filter cost each call of the monitor, and how many of its steps run?
#include "rt/syscall/filter.h"
#include "bench/interposition/child.h"
#include "bench/interposition/rows.h"
#include "bench/payload/dispatch.h"
#include "bench/payload/numbers.h"
#include "rt/syscall/interpreter.h"

namespace bench {

namespace {

using rt::syscall::Program;

constexpr rt::syscall::Sites sites{POSTERN_BASE + 0x1000, POSTERN_BASE + 0x2000};
constexpr Program filter = rt::syscall::strict_filter(sites); // its word is 0

/// The steps of a call from the permitted site with all arguments zero, which passes.
template <int number>
constexpr size_t steps_of() {
    constexpr auto site = number == number::rt_sigreturn ? sites.restorer : sites.call;
    constexpr auto run = rt::syscall::run_of(filter, {number, AUDIT_ARCH_X86_64, site, {}});
    static_assert(run.answer == SECCOMP_RET_ALLOW);
    return run.steps;
}

/// A line of text that the compiler builds.
class Text {
public:
    constexpr Text &operator<<(const char *part) {
        while (*part != '\0') {
            text_[length_++] = *part++;
        }
        return *this;
    }
    constexpr Text &operator<<(size_t number) {
        if (number >= 10) {
            *this << number / 10;
        }
        text_[length_++] = static_cast<char>('0' + number % 10);
        return *this;
    }
    constexpr const char *text() const { return text_; }

private:
    char text_[256]{};
    size_t length_ = 0;
};

constexpr Text question =
    Text() << "What does the filter cost a call? Of its " << filter.count << " steps getppid runs "
           << steps_of<number::getppid>() << ", read " << steps_of<number::read>() << ", openat2 "
           << steps_of<number::openat2>() << ", mmap " << steps_of<number::mmap>()
           << ", rt_sigreturn " << steps_of<number::rt_sigreturn>();

constexpr Timed call = repeated<getppid_by_monitor>;

constexpr Row row(const char *name, Timed run) {
    return {name, Kind::loop, question.text(), run, plain_getppid, getppid_name};
}

constexpr Row table[] = {
    row("call_neither", disarmed<call>),
    row("call_dispatch", call),
    row("call_filter", behind<call, Interposition::filter>),
    row("call_dispatch_and_filter", behind<call, Interposition::dispatch_and_filter>),
};

} // namespace

constinit const Rows filter_rows = rows_of(table);

} // namespace bench
