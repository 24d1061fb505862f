/// A process that runs the stub alone, and a monitor of a few lines for it.
#pragma once

#include "rt/rt.h"
#include "rt/space/mailbox.h"
#include "rt/sys/child.h"
#include "rt/sys/memory.h"
#include "rt/trap/frame.h"

namespace space_test {

using rt::space::Event;
using rt::space::Mailbox;
using rt::space::Order;

/// Memory that test and child share at one address: what probes keep, and a domain's stack.
struct Field {
    unsigned char kept[0x4000];
    unsigned char stack[0x8000];

    uint64_t stack_top() const { return reinterpret_cast<uint64_t>(stack + sizeof stack) - 64; }
};

/// What became of an order.
struct Happened {
    bool in_time = false;
    Event event{};
    uint64_t words[7]{};

    bool is(Event wanted) const { return in_time && event == wanted; }
};

/// Gives an order, and does not wait.
void start(Mailbox &box, Order order, const uint64_t (&words)[7]);
/// Waits for the event of the last order, for at most five seconds.
Happened wait(Mailbox &box);
/// Both.
Happened give(Mailbox &box, Order order, const uint64_t (&words)[7] = {});

/// Writes into `box` what a list's items for signals point to, and appends these items to the list
/// at `count`; returns the new count. The stub and the mailbox are at `page` in the child.
size_t add_signals(Mailbox &box, size_t count, uintptr_t page);

/// The shared memory of a test; the first call maps it.
Field &shared_field();

/// Where this image has the stub itself.
uintptr_t own_page();

/// Any function by its address, for a CALL.
inline uint64_t address_of(const void *function) {
    return reinterpret_cast<uint64_t>(function);
}

/// The child of a fork, in the stub at `page`, which a copy of the stub and a mailbox are mapped to
/// unless it is the image's own page. `before` runs in it first. It is killed at the end.
class Child {
public:
    explicit Child(uintptr_t page, void (*before)() = nullptr);
    ~Child();
    Child(const Child &) = delete;
    Child &operator=(const Child &) = delete;

    Mailbox &box() const { return *reinterpret_cast<Mailbox *>(page_ + POSTERN_PAGE); }
    Field &field() const;
    rt::sys::Process process() const { return process_; }
    /// Where a place of the stub is in this child.
    uint64_t here(const char *place) const { return page_ + (address_of(place) - own_page()); }

    Happened give(Order order, const uint64_t (&words)[7] = {}) {
        return space_test::give(box(), order, words);
    }
    void start(Order order, const uint64_t (&words)[7]) { space_test::start(box(), order, words); }
    Happened wait() { return space_test::wait(box()); }
    Happened call(const void *function, uint64_t a0 = 0, uint64_t a1 = 0, uint64_t a2 = 0,
                  uint64_t a3 = 0, uint64_t a4 = 0, uint64_t a5 = 0);

    /// The frame of an event `trapped`. The test ends if it is not on the alternate stack.
    rt::trap::Frame &frame_of(const Happened &happened) const;
    /// Goes back to that frame.
    Happened resume(const Happened &trapped);

private:
    uintptr_t page_;
    rt::sys::Process process_{};
};

/// Maps zeros that children share; ends the test where that fails.
void map_shared(uintptr_t address, size_t bytes);

/// As rt::sys::map_file, which is for code that runs before dispatch. Ends the test where it fails.
void map_file(uintptr_t address, size_t bytes, rt::sys::Protection protection,
              rt::sys::Descriptor file, uint64_t offset);

} // namespace space_test
