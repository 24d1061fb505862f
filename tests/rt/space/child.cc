/// A process that runs the stub alone.
#include "tests/rt/space/child.h"

#include <asm/signal.h>
#include <asm/unistd.h>
#include <linux/futex.h>
#include <linux/mman.h>
#include <linux/prctl.h>
#include <linux/time_types.h>

#include "rt/base/options.h"
#include "rt/base/panic.h"
#include "rt/base/slot.h"
#include "rt/sys/call.h"
#include "rt/sys/memory.h"
#include "rt/sys/process.h"
#include "rt/sys/shared_file.h"

namespace space_test {

using rt::sys::call_raw;

namespace {

constexpr uintptr_t field_address = 0x6f0000000000;
constexpr uint64_t synchronous[] = {SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGSEGV, SIGSYS};

/// As the kernel takes it. [rt_sigaction(2)]
struct Action {
    uint64_t handler;
    uint64_t flags;
    uint64_t restorer;
    uint64_t mask;
};

void must(long answer, const char *what) {
    if (answer < 0) {
        rt::log("{}: {}", what, answer);
        rt::sys::exit(1);
    }
}

/// What the arguments of the items point to.
struct Pointed {
    Action fault, stop;
    uint64_t no_signals;
    stack_t stack;
};

/// The child's half of the fork: a zygote's list, call by call.
[[noreturn]] void run_stub(uintptr_t page, Mailbox &box) {
    const size_t count = add_signals(box, 0, page);
    for (size_t i = 0; i < count; ++i) {
        const auto &[number, arguments, unused] = box.orders.list[i];
        must(call_raw(static_cast<long>(number), arguments[0], arguments[1], arguments[2],
                      arguments[3]),
             "a signal of the child");
    }
    const uint64_t post = page + (address_of(rt_space_stub_post) - own_page());
    asm volatile("jmp *%0" : : "r"(post));
    __builtin_unreachable();
}

/// By a file, because this program has given up making memory executable.
void copy_stub(uintptr_t page) {
    using rt::base::must;
    const auto copy = must(rt::sys::make_shared_file("stub", POSTERN_PAGE), "a file");
    must(rt::sys::write_all(copy, rt_space_stub_begin, POSTERN_PAGE), "the stub's copy");
    map_file(page, POSTERN_PAGE, rt::sys::Protection::read_execute, copy, 0);
    static_cast<void>(rt::sys::close(copy));
}

} // namespace

size_t add_signals(Mailbox &box, size_t count, uintptr_t page) {
    const uint64_t flags = SA_SIGINFO | SA_ONSTACK | 0x04000000; // SA_RESTORER
    const uint64_t handler = page + (address_of(rt_space_stub_trap) - own_page());
    auto &pointed = *reinterpret_cast<Pointed *>(box.orders.extra);
    const uint64_t mailbox = page + POSTERN_PAGE;
    pointed.fault = {handler, flags | SA_NODEFER, page, 0};
    pointed.stop = {handler, flags, page, 0};
    pointed.no_signals = 0;
    pointed.stack.ss_sp =
        reinterpret_cast<void *>(mailbox + offsetof(Mailbox, answers.signal_stack));
    pointed.stack.ss_flags = 0;
    pointed.stack.ss_size = sizeof box.answers.signal_stack;
    const uint64_t at = mailbox + offsetof(Mailbox, orders.extra);
    rt::space::Item *item = box.orders.list + count;
    *item++ = {__NR_prctl, {PR_SET_PDEATHSIG, SIGKILL}, 0};
    for (const uint64_t signal : synchronous) {
        *item++ = {__NR_rt_sigaction, {signal, at + offsetof(Pointed, fault), 0, 8}, 0};
    }
    *item++ = {__NR_rt_sigaction, {RT_SIGNAL_STOP, at + offsetof(Pointed, stop), 0, 8}, 0};
    *item++ = {__NR_sigaltstack, {at + offsetof(Pointed, stack), 0}, 0};
    *item++ = {__NR_rt_sigprocmask, {SIG_SETMASK, at + offsetof(Pointed, no_signals), 0, 8}, 0};
    item->number = 0;
    return static_cast<size_t>(item - box.orders.list);
}

Field &shared_field() {
    static bool is_mapped = false;
    if (!is_mapped) {
        map_shared(field_address, sizeof(Field));
        is_mapped = true;
    }
    return *reinterpret_cast<Field *>(field_address);
}

uintptr_t own_page() {
    return reinterpret_cast<uintptr_t>(rt_space_stub_begin);
}

void map_shared(uintptr_t address, size_t bytes) {
    must(call_raw(__NR_mmap, address, bytes, PROT_READ | PROT_WRITE,
                  MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1L),
         "shared memory");
}

void map_file(uintptr_t address, size_t bytes, rt::sys::Protection protection,
              rt::sys::Descriptor file, uint64_t offset) {
    auto &selector = rt::base::slot().selector;
    selector = RT_SELECTOR_ALLOW;
    const auto mapped = rt::sys::map_file(rt::base::Region::from_raw(address, address + bytes),
                                          protection, file, offset);
    selector = RT_SELECTOR_BLOCK;
    rt::base::must(mapped, "mapping a file of the test");
}

Child::Child(uintptr_t page, void (*before)()) : page_(page) {
    if (page != own_page()) {
        copy_stub(page);
    }
    map_shared(page + POSTERN_PAGE, sizeof(Mailbox));
    box().orders.sequence = 1;
    box().orders.stack = field().stack_top();
    box().orders.spin = __option_spins == 1 ? 1000 : 0; // looks before it sleeps
    const long child = call_raw(__NR_clone, SIGCHLD);
    must(child, "fork");
    if (child == 0) {
        if (before != nullptr) {
            before();
        }
        run_stub(page, box());
    }
    process_ = static_cast<rt::sys::Process>(child);
    if (!wait().in_time) {
        rt::log("the child does not answer");
    }
}

Child::~Child() {
    static_cast<void>(rt::sys::send(process_, rt::sys::Signal::kill));
    static_cast<void>(rt::sys::wait_for(process_));
}

Field &Child::field() const {
    return shared_field();
}

void start(Mailbox &box, Order order, const uint64_t (&words)[7]) {
    auto &orders = box.orders;
    __builtin_memcpy(orders.words, words, sizeof words);
    orders.kind = static_cast<uint32_t>(order);
    __atomic_store_n(&orders.sequence, orders.sequence + 1, __ATOMIC_RELEASE);
    if (box.answers.sleeping != 0) {
        call_raw(__NR_futex, &orders.sequence, FUTEX_WAKE, 1);
    }
}

Happened wait(Mailbox &box) {
    auto &orders = box.orders;
    auto &answers = box.answers;
    constexpr int slices = 500;
    const __kernel_timespec slice{0, 10'000'000};
    for (int looks = 2000; looks > 0 && answers.sequence != orders.sequence; --looks) {
        asm volatile("pause");
    }
    orders.waiting = 1;
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    if (answers.sleeping != 0) {
        call_raw(__NR_futex, &orders.sequence, FUTEX_WAKE, 1);
    }
    Happened happened;
    for (int i = 0; i < slices && !happened.in_time; ++i) {
        const uint32_t seen = __atomic_load_n(&answers.sequence, __ATOMIC_ACQUIRE);
        happened.in_time = seen == orders.sequence;
        if (!happened.in_time) {
            call_raw(__NR_futex, &answers.sequence, FUTEX_WAIT, seen, &slice);
        }
    }
    orders.waiting = 0;
    happened.event = static_cast<Event>(answers.kind);
    for (unsigned i = 0; i < 7; ++i) {
        happened.words[i] = answers.words[i];
    }
    return happened;
}

Happened give(Mailbox &box, Order order, const uint64_t (&words)[7]) {
    start(box, order, words);
    return wait(box);
}

Happened Child::call(const void *function, uint64_t a0, uint64_t a1, uint64_t a2, uint64_t a3,
                     uint64_t a4, uint64_t a5) {
    return give(Order::call, {address_of(function), a0, a1, a2, a3, a4, a5});
}

rt::trap::Frame &Child::frame_of(const Happened &happened) const {
    const auto &stack = box().answers.signal_stack;
    const uint64_t at = happened.words[1] - address_of(stack);
    if (!happened.is(Event::trapped) || at > sizeof stack - sizeof(rt::trap::Frame)) {
        rt::log("no frame on the alternate stack");
        rt::sys::exit(1);
    }
    return *reinterpret_cast<rt::trap::Frame *>(happened.words[1]);
}

Happened Child::resume(const Happened &trapped) {
    return give(Order::resume, {trapped.words[1] + 8});
}

} // namespace space_test
