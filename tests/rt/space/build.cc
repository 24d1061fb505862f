/// The builder: a zygote that is forked, and the children that it makes.
#include <asm/signal.h>
#include <asm/unistd.h>
#include <linux/sched.h>

#include "linker/symbols.h"
#include "rt/base/panic.h"
#include "rt/sys/call.h"
#include "rt/sys/futex.h"
#include "rt/sys/process.h"
#include "rt/sys/shared_file.h"
#include "tests/harness/harness.h"
#include "tests/rt/space/child.h"
#include "tests/rt/space/probes.h"

namespace {

using probes::Registers;
using rt::base::must;
using space_test::address_of;
using space_test::Event;
using space_test::Happened;
using space_test::Mailbox;
using space_test::Order;

constexpr size_t count = 3; // the zygote's mailbox, and those of two children
constexpr uintptr_t boxes_begin = 0x6e0000000000;
constexpr size_t orders_bytes = RT_MAILBOX_ORDERS_BYTES, answers_bytes = RT_MAILBOX_ANSWERS_BYTES;

Mailbox &box(size_t index) {
    return reinterpret_cast<Mailbox *>(boxes_begin)[index];
}

/// Ends with the test: the zygote's death is its children's.
class Zygote {
public:
    /// With `parent` as its monitor's process id.
    explicit Zygote(int parent) {
        using rt::sys::Protection;
        orders_ = must(rt::sys::make_shared_file("orders", count * orders_bytes), "a file");
        answers_ = must(rt::sys::make_shared_file("answers", count * answers_bytes), "a file");
        for (size_t i = 0; i < count; ++i) {
            const auto at = address_of(&box(i));
            space_test::map_file(at, orders_bytes, Protection::read_write, orders_,
                                 i * orders_bytes);
            space_test::map_file(at + orders_bytes, answers_bytes, Protection::read_write, answers_,
                                 i * answers_bytes);
        }
        must(rt::sys::seal_file(orders_, rt::sys::FileSeals::no_new_writers), "their seal");
        const auto own = address_of(__mailbox_start);
        space_test::map_file(own, orders_bytes, Protection::read, orders_, 0);
        space_test::map_file(own + orders_bytes, answers_bytes, Protection::read_write, answers_,
                             0);
        space_test::shared_field();
        auto &orders = box(0).orders;
        orders.sequence = 1;
        orders.parent = static_cast<uint64_t>(parent);
        planned_ = space_test::add_signals(box(0), 0, space_test::own_page());
        fork();
    }
    ~Zygote() {
        static_cast<void>(rt::sys::send(process_, rt::sys::Signal::kill));
        static_cast<void>(rt::sys::wait_for(process_));
        static_cast<void>(rt::sys::close(orders_));
        static_cast<void>(rt::sys::close(answers_));
    }
    Zygote(const Zygote &) = delete;
    Zygote &operator=(const Zygote &) = delete;

    rt::sys::Process process() const { return process_; }
    size_t planned() const { return planned_; }

    /// A SPAWN for mailbox `index`, with the list that its orders have.
    Happened spawn(size_t index, int orders_file_or = -1) {
        auto &orders = box(index).orders;
        orders.sequence = 1;
        orders.parent = box(0).orders.parent;
        orders.stack = space_test::shared_field().stack_top();
        const auto number = [](auto file) { return static_cast<uint64_t>(static_cast<int>(file)); };
        return space_test::give(box(0), Order::spawn,
                                {orders_file_or == -1 ? number(orders_) : number(orders_file_or),
                                 index * orders_bytes, number(answers_), index * answers_bytes,
                                 CLONE_PARENT});
    }

private:
    /// With marks in vector registers that the compiler has no use for here.
    void fork() {
        asm volatile("pcmpeqd %%xmm9, %%xmm9\n\tpcmpeqd %%xmm15, %%xmm15" : : : "xmm9", "xmm15");
        const long child = rt::sys::call_raw(__NR_clone, SIGCHLD);
        if (child == 0) {
            reinterpret_cast<void (*)()>(address_of(rt_space_build_zygote))();
        }
        process_ = static_cast<rt::sys::Process>(child);
    }

    rt::sys::Descriptor orders_{}, answers_{};
    rt::sys::Process process_{};
    size_t planned_ = 0;
};

Happened call(size_t index, const void *function, uint64_t a0 = 0, uint64_t a1 = 0,
              uint64_t a2 = 0) {
    return space_test::give(box(index), Order::call, {address_of(function), a0, a1, a2});
}

void kill(const Happened &spawned) {
    const auto process = static_cast<rt::sys::Process>(spawned.words[0]);
    static_cast<void>(rt::sys::send(process, rt::sys::Signal::kill));
    static_cast<void>(rt::sys::wait_for(process));
}

} // namespace

POSTERN_TEST("run.space.zygote_makes_children", SHOWS(child_is_born_with_nothing)) {
    Zygote zygote(rt::sys::getpid());
    const Happened ready = space_test::wait(box(0));
    EXPECT(ready.is(Event::ready) && ready.words[0] == zygote.planned() && ready.words[1] == 0);
    for (size_t index = 1; index < count; ++index) {
        box(index).orders.list[0] = {__NR_prctl, {1, SIGKILL}, 0}; // PR_SET_PDEATHSIG
        box(index).orders.list[1].number = 0;
        const Happened spawned = zygote.spawn(index);
        if (!EXPECT(spawned.is(Event::spawned) && static_cast<int64_t>(spawned.words[0]) > 0)) {
            return;
        }
        const Happened born = space_test::wait(box(index));
        EXPECT(born.is(Event::ready) && born.words[0] == 1 && born.words[1] == 0);
        EXPECT_EQUAL(call(index, probe_add, index, 20, 300).words[0], index + 320);
        // The builder is gone, and the orders stay read-only.
        const Happened builder = call(index, probe_load, address_of(rt_space_build_begin));
        EXPECT(builder.is(Event::trapped) && builder.words[2] == address_of(rt_space_build_begin));
        const Happened store = call(index, probe_store, address_of(__mailbox_start));
        EXPECT(store.is(Event::trapped) && store.words[2] == address_of(__mailbox_start));
        kill(spawned);
    }
}

POSTERN_TEST("attack.space.registers_of_the_monitor_in_a_child", SHOWS(child_is_born_with_nothing),
             TRIES(attack_115)) {
    Zygote zygote(rt::sys::getpid());
    EXPECT(space_test::wait(box(0)).is(Event::ready));
    box(1).orders.list[0].number = 0;
    const Happened spawned = zygote.spawn(1);
    EXPECT(space_test::wait(box(1)).is(Event::ready));
    auto &seen = *reinterpret_cast<Registers *>(space_test::shared_field().kept);
    EXPECT(call(1, probe_look, address_of(&seen)).is(Event::returned));
    for (const auto &vector : seen.vectors) {
        for (unsigned byte = 0; byte < 16; ++byte) {
            EXPECT_EQUAL(vector[byte], 0);
        }
    }
    kill(spawned);
}

POSTERN_TEST("run.space.birth_says_where_its_list_ended", SHOWS(child_is_born_with_nothing)) {
    Zygote zygote(rt::sys::getpid());
    EXPECT(space_test::wait(box(0)).is(Event::ready));
    box(1).orders.list[0] = {__NR_getpid, {}, 0};
    box(1).orders.list[1] = {__NR_close, {~uint64_t{0}}, 0};
    box(1).orders.list[2] = {__NR_getpid, {}, 0};
    box(1).orders.list[3].number = 0;
    const Happened spawned = zygote.spawn(1);
    const Happened born = space_test::wait(box(1));
    EXPECT(born.is(Event::ready) && born.words[0] == 1);
    EXPECT_EQUAL(box(1).answers.results[0], spawned.words[0]);
    EXPECT_EQUAL(box(1).answers.results[1], static_cast<uint64_t>(-9));
    kill(spawned);
}

POSTERN_TEST("run.space.child_without_its_mailbox_ends", SHOWS(child_is_born_with_nothing)) {
    Zygote zygote(rt::sys::getpid());
    EXPECT(space_test::wait(box(0)).is(Event::ready));
    const Happened spawned = zygote.spawn(1, 999);
    if (!EXPECT(spawned.is(Event::spawned) && static_cast<int64_t>(spawned.words[0]) > 0)) {
        return;
    }
    const auto end = rt::sys::wait_for(static_cast<rt::sys::Process>(spawned.words[0]));
    EXPECT(end && end.value().signal() == 0 && end.value().exit_status() == 1);
    // The zygote's mailbox is still its own.
    box(2).orders.list[0].number = 0;
    const Happened next = zygote.spawn(2);
    EXPECT(space_test::wait(box(2)).is(Event::ready));
    kill(next);
}

POSTERN_TEST("attack.space.zygote_of_a_dead_monitor", SHOWS(child_is_born_with_nothing),
             TRIES(attack_116)) {
    Zygote zygote(rt::sys::getpid() + 1);
    const auto end = rt::sys::wait_for(zygote.process());
    EXPECT(end && end.value().exit_status() == 1);
}

// It has asked for its parent's death too late: that one has died before.
POSTERN_TEST("attack.space.child_of_a_dead_monitor", SHOWS(child_is_born_with_nothing),
             TRIES(attack_116)) {
    Zygote zygote(rt::sys::getpid());
    EXPECT(space_test::wait(box(0)).is(Event::ready));
    box(0).orders.parent += 1;
    box(1).orders.list[0].number = 0;
    const Happened spawned = zygote.spawn(1);
    const auto process = static_cast<rt::sys::Process>(spawned.words[0]);
    constexpr uint64_t second = 1'000'000'000;
    const uint64_t end = rt::sys::monotonic_nanoseconds() + 5 * second;
    while (!rt::sys::has_ended(process) && rt::sys::monotonic_nanoseconds() < end &&
           box(1).answers.sequence != box(1).orders.sequence) {
        rt::sys::yield();
    }
    EXPECT(rt::sys::has_ended(process) && box(1).answers.sequence == 0);
    kill(spawned);
}
