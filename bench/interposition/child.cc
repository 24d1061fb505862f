/// A child process in which rows run under dispatch and seccomp filter.
#include "bench/interposition/child.h"

#include "bench/payload/must.h"
#include "bench/payload/numbers.h"
#include "rt/base/slot.h"
#include "rt/sys/call.h"
#include "rt/trap/install.h"

namespace bench {

namespace {

using rt::sys::Descriptor;

struct Pipe {
    Descriptor reader, writer;
    Pipe() { must(rt::sys::result_of<rt::Done>(rt::sys::call_raw(number::pipe2, this))); }
};

void interpose(Interposition interposition) {
    if (interposition == Interposition::dispatch_and_filter) {
        must(rt::sys::arm_dispatch(reinterpret_cast<const char *>(&rt::base::slot().selector)));
        if (!rt::trap::dispatches()) {
            rt::panic("a row's child has no dispatch");
        }
    }
    if (interposition != Interposition::none) {
        rt::syscall::install_filter(rt::guarantees().seccomp_mode, rt::guarantees().map);
        if (rt::sys::may_execute()) {
            rt::panic("a row's child has no filter");
        }
    }
}

/// Answers until the parent closes the pipe. It runs on a copy of the monitor's stack.
[[noreturn]] void serve(Timed run, Interposition interposition, Descriptor questions,
                        Descriptor answers) {
    interpose(interposition);
    uint64_t loops = 0;
    while (must(rt::sys::read(questions, &loops, sizeof loops)) == sizeof loops) {
        const uint64_t ticks = run(loops);
        must(rt::sys::write_all(answers, &ticks, sizeof ticks));
    }
    rt::sys::exit(0);
}

} // namespace

void Child::start(Timed run, Interposition interposition) {
    const Pipe there;
    const Pipe back;
    process_ = must(rt::sys::result_of<rt::sys::Process>(
        rt::sys::call_raw(number::clone, rt::sys::Signal::child)));
    if (static_cast<int>(process_) == 0) {
        must(rt::sys::close(there.writer));
        must(rt::sys::close(back.reader));
        serve(run, interposition, there.reader, back.writer);
    }
    must(rt::sys::close(there.reader));
    must(rt::sys::close(back.writer));
    questions_ = there.writer;
    answers_ = back.reader;
    started_ = true;
}

uint64_t Child::ask(uint64_t loops) {
    uint64_t ticks = 0;
    must(rt::sys::write_all(questions_, &loops, sizeof loops));
    if (must(rt::sys::read(answers_, &ticks, sizeof ticks)) != sizeof ticks) {
        rt::panic("a row's child ended before it had answered");
    }
    return ticks;
}

void Child::end() {
    must(rt::sys::close(questions_));
    must(rt::sys::close(answers_));
    if (must(rt::sys::wait_for(process_)).status != 0) {
        rt::panic("a row's child did not end well");
    }
    started_ = false;
}

} // namespace bench
