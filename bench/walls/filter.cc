/// What does the filter cost each call that the monitor makes, and how many of its steps run?
#include "rt/policy/filter.h"
#include "bench/payload/dispatch.h"
#include "bench/payload/numbers.h"
#include "bench/walls/child.h"
#include "bench/walls/rows.h"
#include "rt/policy/interpreter.h"

namespace bench {

namespace {

using rt::policy::Program;

constexpr rt::policy::Sites sites{POSTERN_BASE + 0x1000, POSTERN_BASE + 0x2000};
constexpr Program filter = rt::policy::strict_filter(sites); // its word is 0

/// With all arguments zero, from its site: a call that passes.
template <int number>
constexpr size_t steps_of() {
    constexpr auto site = number == number::rt_sigreturn ? sites.restorer : sites.call;
    constexpr auto run = rt::policy::run_of(filter, {number, AUDIT_ARCH_X86_64, site, {}});
    static_assert(run.answer == SECCOMP_RET_ALLOW);
    return run.steps;
}

/// A line put together by the compiler.
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
    row("call_no_wall", disarmed<call>),
    row("call_dispatch", call),
    row("call_filter", behind<call, Walls::filter>),
    row("call_dispatch_and_filter", behind<call, Walls::dispatch_and_filter>),
};

} // namespace

constinit const Rows filter_rows = rows_of(table);

} // namespace bench
