/// The signal frame of a domain in a child, and how the domain's code is stopped.
#include "rt/space_call/stop.h"

#include "rt/sys/child.h"

namespace rt::space {

namespace {

/// A stop that meets the stub says nothing, and is sent again after that time, in nanoseconds.
constexpr uint64_t again = 1'000'000;
constexpr unsigned rounds = 4;

Told ask_to_stop(Child &child) {
    Told told{};
    for (unsigned round = 0; round < rounds; ++round) {
        static_cast<void>(sys::send(process_of(child), sys::Signal::urgent));
        told = await(child, Until::from_now(again));
        if (told.ended != Ended::late) {
            break;
        }
    }
    return told;
}

/// The kernel blocks the signal until its handler returns, so it returns: to a place of the stub.
bool give_up(Child &child, const Told &told) {
    trap::Frame *frame = frame_of(child, told);
    if (frame == nullptr) {
        return false;
    }
    frame->context.uc_mcontext.rip = reinterpret_cast<uint64_t>(rt_space_stub_idle);
    child.orders->words[0] = told.words[1] + sizeof(uint64_t);
    return turn(child, Order::resume, Until::from_now(again)).is(Event::idle);
}

} // namespace

trap::Frame *frame_of(const Child &child, const Told &told) {
    const uint64_t at = told.words[1] - answers_in_child();
    const bool is_good = at >= offsetof(Answers, signal_stack) &&
                         at <= sizeof(Answers) - sizeof(trap::Frame) &&
                         at % alignof(trap::Frame) == 0;
    return is_good ? reinterpret_cast<trap::Frame *>(reinterpret_cast<char *>(child.answers) + at)
                   : nullptr;
}

bool read_frame(const Child &child, const Told &told, trap::Frame &frame) {
    const trap::Frame *written = frame_of(child, told);
    if (written == nullptr) {
        return false;
    }
    __builtin_memcpy(&frame, written, sizeof frame);
    asm volatile("" : "+m"(frame)); // read once: the child may write it meanwhile
    return frame.info.si_signo == static_cast<int>(told.words[0]);
}

void stop(Child &child, base::Fault &fault) {
    const Told told = ask_to_stop(child);
    trap::Frame frame;
    bool waits = told.ended == Ended::answered;
    if (told.is(Event::trapped) && told.words[0] == RT_SIGNAL_STOP) {
        if (read_frame(child, told, frame)) {
            fault.signal = RT_SIGNAL_STOP;
            fault.registers = trap::registers_of(frame);
        }
        waits = give_up(child, told);
    }
    if (!waits) {
        bury(child);
    }
}

} // namespace rt::space
