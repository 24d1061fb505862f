/// Restarts, births and deaths of a domain's child, beside the kernel's own work.
#include "bench/asked/serve.h"
#include "bench/asked/spaces.h"
#include "bench/payload/must.h"
#include "bench/payload/numbers.h"
#include "linker/symbols.h"
#include "rt/domain/alias.h"
#include "rt/domain/table.h"
#include "rt/space/child.h"
#include "rt/space/turn.h"
#include "rt/space/zygote.h"
#include "rt/sys/call.h"
#include "rt/sys/process.h"

namespace bench {

namespace guest {

constexpr size_t data_bytes = 0x10000;
POSTERN_DATA(box) volatile unsigned char data[data_bytes] = {1};

uint64_t look() {
    return data[0];
}

uint64_t spin() {
    for (;;) {
        __builtin_ia32_pause();
    }
}

} // namespace guest

namespace {

using rt::sys::call_raw;

// [linux wait.h v6.12]
constexpr long wait_all = 0x40000000, wait_exited = 4, wait_later = 0x01000000, wait_pidfd = 3;
constexpr long at_end = 17; // SIGCHLD
constexpr long sigkill = 9;

constexpr rt::Entry<Domain::box, guest::look> look;
constexpr rt::Entry<Domain::box, guest::spin> spin;

rt::space::Child &box() {
    return rt::space::child_of(Domain::box);
}

void call_box() {
    must(rt::call<Domain::box>(look));
}

void restart_box() {
    must(rt::restart(Domain::box));
}

/// What a restart stores, without its checks.
void kill_and_store() {
    const auto process = rt::space::process_of(box());
    call_raw(number::kill, process, sigkill);
    int status = 0;
    call_raw(number::wait4, process, &status, wait_all);
    box().orders->process = 0;
    for (const auto &record : rt::domain::Table()) {
        if (rt::domain::domain_of(record) == Domain::box) {
            auto *to = reinterpret_cast<char *>(rt::domain::seen(record.begin));
            const size_t rest = record.end - record.begin - record.pristine_bytes;
            __builtin_memcpy(to, reinterpret_cast<const char *>(record.pristine),
                             record.pristine_bytes);
            __builtin_memset(to + record.pristine_bytes, 0, rest);
        }
    }
}

void bury_box() {
    rt::space::bury(box());
}

void give_birth() {
    must(rt::space::give_birth(Domain::box, rt::domain::view_of(Domain::box)));
}

/// What the same birth takes if each system call of its list is an order of its own: the orders here
/// ask for nothing, because a child that has been born may no longer make those calls.
void give_birth_by_calls() {
    give_birth();
    rt::space::Item *list = box().orders->list;
    size_t count = 0;
    while (list[count].number != 0) {
        ++count;
    }
    list[0].number = 0;
    for (; count != 0; --count) {
        static_cast<void>(rt::space::turn(box(), rt::space::Order::batch));
    }
}

/// Until the domain has a spare that waits for its first order.
void call_box_and_rest() {
    call_box();
    rt::space::collect_spare();
    while (!rt::space::has_answered(rt::space::spare_of(Domain::box))) {
        rt::sys::sleep(100'000);
    }
}

void restart_and_call() {
    restart_box();
    call_box();
}

/// The ticks of `run` alone; `before` prepares each.
template <void (*before)(), void (*run)()>
uint64_t timed(uint64_t loops) {
    uint64_t ticks = 0;
    for (uint64_t loop = 0; loop < loops; ++loop) {
        before();
        const uint64_t begin = now();
        run();
        ticks += now() - begin;
    }
    return ticks;
}

void nothing() {}

void fork_and_wait() {
    const long process = call_raw(number::clone, at_end);
    if (process == 0) {
        rt::sys::exit(0);
    }
    int status = 0;
    call_raw(number::wait4, process, &status);
}

/// The word in which a killer notes when it has killed: shared memory.
volatile uint64_t &moment() {
    return box().orders->list[RT_MAILBOX_LIST_ITEMS].unused;
}

/// A process that ends the child of the domain in a moment, and notes the time before.
long start_killer() {
    const auto victim = rt::space::process_of(box());
    const long killer = call_raw(number::clone, at_end);
    if (killer == 0) {
        rt::sys::sleep(500'000);
        moment() = now();
        call_raw(number::kill, victim, sigkill);
        rt::sys::exit(0);
    }
    return killer;
}

uint64_t ticks_until_known(long killer) {
    const uint64_t ticks = now() - moment();
    int status = 0;
    call_raw(number::wait4, killer, &status);
    return ticks;
}

} // namespace

uint64_t restarts(uint64_t loops) {
    return timed<call_box, restart_box>(loops);
}

uint64_t restarts_and_calls(uint64_t loops) {
    return timed<call_box, restart_and_call>(loops);
}

uint64_t rested_restarts_and_calls(uint64_t loops) {
    restart_box();
    return timed<call_box_and_rest, restart_and_call>(loops);
}

uint64_t kills_and_stores(uint64_t loops) {
    return timed<call_box, kill_and_store>(loops);
}

uint64_t births(uint64_t loops) {
    return timed<bury_box, give_birth>(loops);
}

uint64_t births_by_calls(uint64_t loops) {
    return timed<bury_box, give_birth_by_calls>(loops);
}

uint64_t forks(uint64_t loops) {
    return timed<nothing, fork_and_wait>(loops);
}

uint64_t deaths(uint64_t loops) {
    uint64_t ticks = 0;
    for (uint64_t loop = 0; loop < loops; ++loop) {
        call_box();
        const long killer = start_killer();
        must_fault(rt::call<Domain::box>(spin), rt::FaultKind::died);
        ticks += ticks_until_known(killer);
    }
    return ticks;
}

uint64_t waited_deaths(uint64_t loops) {
    uint64_t ticks = 0;
    for (uint64_t loop = 0; loop < loops; ++loop) {
        call_box();
        const long file = call_raw(number::pidfd_open, rt::space::process_of(box()), 0);
        const long killer = start_killer();
        box().orders->stack = rt::domain::stack_of(Domain::box).end();
        box().orders->words[0] = reinterpret_cast<uint64_t>(&guest::spin);
        static_cast<void>(rt::space::turn(box(), rt::space::Order::call,
                                          rt::space::Until::from_now(1)));
        char ended[128];
        call_raw(number::waitid, wait_pidfd, file, ended, wait_exited | wait_later | wait_all);
        ticks += ticks_until_known(killer);
        call_raw(number::close, file);
        bury_box();
    }
    return ticks;
}

} // namespace bench
