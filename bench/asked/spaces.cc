/// Calls, faults, restarts and births of domains that have processes of their own.
#include "bench/asked/spaces.h"

#include "bench/asked/guest.h"
#include "bench/asked/serve.h"
#include "bench/payload/must.h"
#include "bench/payload/numbers.h"
#include "rt/life/restart.h"
#include "rt/space/child.h"

namespace bench {

namespace guest {

/// About so many cycles: each product waits for the last one, for three of them.
uint64_t work(uint64_t cycles) {
    uint64_t product = cycles;
    for (uint64_t step = 0; step < cycles / 3; ++step) {
        product *= product | 3;
        asm volatile("" : "+r"(product));
    }
    return product;
}

uint64_t write_null() {
    *reinterpret_cast<volatile char *>(uintptr_t{0}) = 0;
    return 0;
}

uint64_t call_kernel(uint64_t number, uint64_t loops) {
    uint64_t answer = 0;
    for (uint64_t loop = 0; loop < loops; ++loop) {
        asm volatile("syscall" : "=a"(answer) : "a"(number) : "rcx", "r11", "cc", "memory");
    }
    return answer;
}

} // namespace guest

namespace {

constexpr rt::Entry<Domain::box, guest::nothing> nothing;
constexpr rt::Entry<Domain::box, guest::ask> ask;
constexpr rt::Entry<Domain::box, guest::cross<Domain::box>> cross;
constexpr rt::Entry<Domain::box, guest::work> work;
constexpr rt::Entry<Domain::box, guest::write_null> write_null;
constexpr rt::Entry<Domain::box, guest::call_kernel> call_kernel;

constexpr uint64_t second = 1'000'000'000;

/// How often each side yields before it sleeps. The child of the domain lives.
void set_yields(Domain domain, uint32_t yields) {
    rt::space::child_of(domain).orders->yield = yields;
}

void call_box() {
    must(rt::call<Domain::box>(nothing));
}

template <uint64_t cycles>
void call_for_work() {
    must(rt::call<Domain::box>(work, cycles));
}

void call_box_within() {
    must(rt::call_within<Domain::box>(second, nothing));
}

void fault() {
    must_fault(rt::call<Domain::box>(write_null), rt::FaultKind::write);
}

/// No row of the table grants it.
void be_refused() {
    must_fault(rt::call<Domain::box>(call_kernel, uint64_t{number::getppid}, uint64_t{1}),
               rt::FaultKind::syscall);
}

template <void (*run)()>
uint64_t repeated(uint64_t loops) {
    call_box();
    const uint64_t begin = now();
    for (uint64_t loop = 0; loop < loops; ++loop) {
        run();
    }
    return now() - begin;
}

uint64_t answered(uint64_t loops) {
    call_box();
    const uint64_t begin = now();
    must(rt::call<Domain::box>(call_kernel, uint64_t{number::getpid}, loops));
    return now() - begin;
}

uint64_t service(uint64_t loops) {
    call_box();
    const uint64_t begin = now();
    must(rt::call<Domain::box>(ask, loops));
    return now() - begin;
}

uint64_t domain_to_domain(uint64_t loops) {
    must(rt::call<Domain::box>(cross, uint64_t{1}));
    const uint64_t begin = now();
    must(rt::call<Domain::box>(cross, loops));
    return now() - begin;
}

/// Both sides sleep, and are woken, at each turn.
template <uint64_t (*run)(uint64_t)>
uint64_t asleep(uint64_t loops) {
    must(rt::call<Domain::box>(cross, uint64_t{1}));
    set_yields(Domain::box, 0);
    set_yields(Domain::peer, 0);
    const uint64_t ticks = run(loops);
    must(rt::restart(Domain::box)); // the next child yields as usual
    must(rt::restart(Domain::peer));
    return ticks;
}

constexpr AskedRow rows[] = {
    {"call", repeated<call_box>},
    {"call_10k", repeated<call_for_work<10'000>>},
    {"call_1M", repeated<call_for_work<1'000'000>>},
    {"call_asleep", asleep<repeated<call_box>>},
    {"call_within", repeated<call_box_within>},
    {"call_within_asleep", asleep<repeated<call_box_within>>},
    {"service", service},
    {"domain_to_domain", domain_to_domain},
    {"fault", repeated<fault>},
    {"refused", repeated<be_refused>},
    {"answered", answered},
    {"update", updates<1>},
    {"update_8", updates<8>},
    {"update_64", updates<64>},
    {"update_asleep", asleep<updates<1>>},
    {"update_8_asleep", asleep<updates<8>>},
    {"update_64_asleep", asleep<updates<64>>},
    {"repaired_faults", repaired_faults},
    {"restart", restarts},
    {"restart_floor", kills_and_stores},
    {"restart_and_call", restarts_and_calls},
    {"rested_restart_and_call", rested_restarts_and_calls},
    {"birth", births},
    {"birth_by_calls", births_by_calls},
    {"birth_floor", forks},
    {"death", deaths},
    {"death_floor", waited_deaths},
};

} // namespace

} // namespace bench

BENCH_GUEST_TABLES(Domain::box);
POSTERN_CALLS(rt::syscall::grant(Domain::box, bench::number::getpid));

rt::Exit main(rt::Arguments arguments) {
    return bench::serve(bench::rows, arguments);
}
