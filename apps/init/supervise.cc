/// The main loop of process 1, from start to end of the machine.
#include "apps/init/supervise.h"

#include "apps/init/line_cutter.h"
#include "apps/init/services.h"

namespace init {

namespace {

using rt::sys::Descriptor;

constexpr uint64_t longest_wait = 3'600'000; // milliseconds

constinit Services services;
constinit bool planted_bug = false;
constinit bool off = false;

/// Handles one line of `source`, "console" for example.
void obey_line(const LineCutter &line, const char *source, size_t number) {
    if (line.too_long()) {
        rt::log("init: {}, line {}: longer than {} bytes", source, number, longest_line);
        return;
    }
    const auto directive = read_directive(line.text(), line.bytes(), planted_bug);
    if (directive) {
        off |= services.obey(*directive.value(), rt::sys::monotonic_nanoseconds());
    } else if (directive.error().reason != nullptr) {
        rt::log("init: {}, line {}: {}", source, number, directive.error().reason);
    }
}

/// Cuts the bytes of one source into lines, which are numbered from 1.
class Source {
public:
    constexpr explicit Source(const char *name) : name_(name) {}

    void take(const char *bytes, size_t count) {
        for (size_t i = 0; i < count; ++i) {
            if (lines_.take(bytes[i])) {
                obey_line(lines_, name_, ++number_);
            }
        }
    }

private:
    const char *name_;
    LineCutter lines_;
    size_t number_ = 0;
};

void read_configuration(const char *path) {
    const auto file = rt::sys::open(path, rt::sys::Access::read);
    if (!file) {
        rt::log("init: {}: {}: there is nothing to start", path, file.error());
        return;
    }
    Source source(path);
    char chunk[512];
    for (;;) {
        const auto got = rt::sys::read(file.value(), chunk, sizeof chunk);
        if (!got) {
            rt::log("init: {}: {}", path, got.error());
        }
        if (!got || got.value() == 0) {
            break;
        }
        source.take(chunk, got.value());
    }
    source.take("\n", 1); // the last line needs no line feed
    static_cast<void>(rt::sys::close(file.value()));
}

/// Obeys typed lines. Returns whether more may follow.
bool read_console() {
    static constinit Source source("console");
    char chunk[512];
    const auto got = rt::sys::read(Descriptor::input, chunk, sizeof chunk);
    if (got && got.value() != 0) {
        source.take(chunk, got.value());
        return true;
    }
    // A read of no bytes means Ctrl-D at a terminal, and the end elsewhere.
    const bool more = got && rt::sys::is_terminal(Descriptor::input);
    if (!more) {
        rt::log("init: the console is closed");
    }
    return more;
}

/// Milliseconds until the next start of a service.
uint32_t time_to_wait(uint64_t now) {
    const uint64_t due = services.next_due();
    const uint64_t milliseconds = due > now ? (due - now) / 1'000'000 + 1 : 0;
    return static_cast<uint32_t>(milliseconds < longest_wait ? milliseconds : longest_wait);
}

} // namespace

void supervise(const char *configuration, bool with_planted_bug) {
    planted_bug = with_planted_bug;
    const auto child_ended = rt::sys::SignalSet{}.with(rt::sys::Signal::child);
    const auto events = rt::sys::open_signals(child_ended);
    if (!events) {
        rt::panic("init: no events of child processes: {}", events.error());
    }
    read_configuration(configuration);
    const Descriptor waited[] = {events.value(), Descriptor::input};
    size_t sources = 2;
    // Processes that end before this are found by collect; later ends are events.
    static_cast<void>(rt::sys::set_blocked(child_ended));
    for (;;) {
        const uint64_t now = rt::sys::monotonic_nanoseconds();
        services.collect(now);
        services.start_due(now);
        if (off || !services.any_alive()) {
            rt::log("init: {}", off ? "asked to switch off" : "no service is left");
            return;
        }
        const auto ready = rt::sys::wait_readable(waited, sources, time_to_wait(now));
        const uint32_t which = ready.value_or(0);
        if ((which & 1) != 0) {
            rt::sys::take_signals(events.value());
        }
        if ((which & 2) != 0 && !read_console()) {
            sources = 1;
        }
    }
}

} // namespace init
