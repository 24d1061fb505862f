/// The zygote: a process that has nothing but the image's text and constants, and makes children.
#include "rt/space/zygote.h"

#include <linux/mman.h>
#include <linux/prctl.h>
#include <linux/resource.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <linux/signal.h>

#include <asm/unistd.h>

#include "linker/symbols.h"
#include "rt/base/panic.h"
#include "rt/domain/table.h"
#include "rt/domain/tag.h"
#include "rt/key/isolation.h"
#include "rt/patch/alternative.h"
#include "rt/patch/nops.h"
#include "rt/space/filter.h"
#include "rt/space/list.h"
#include "rt/space/loans.h"
#include "rt/space/mailboxes.h"
#include "rt/space/memory.h"
#include "rt/space/spin.h"
#include "rt/space/place.h"
#include "rt/space/turn.h"
#include "rt/sys/child.h"
#include "rt/sys/process.h"
#include "rt/sys/vdso.h"

namespace rt::space {

using base::must;
using base::Result;
using sys::Descriptor;

namespace {

constexpr uintptr_t end_of_programs = 0x7ffffffff000; // no mapping is beyond it unless asked for

/// What the runtime asks the kernel to do with signals of the zygote and its children.
/// [linux signal.h v6.12, struct kernel_sigaction]
struct Action {
    const void *handler;
    uint64_t flags;
    const void *restorer;
    uint64_t mask;
};
constexpr uint64_t with_restorer = 0x04000000, on_stack = 0x08000000, nestable = 0x40000000,
                   with_information = 4;

/// For the sites of all enter gates that an image may have, and of service and cross.
constexpr size_t room_for_gates = 0x400;

/// What items of the zygote's list point to, in its mailbox.
struct Extra {
    Action fault;
    Action stop;
    stack_t stack;
    uint64_t blocked;
    rlimit64 nothing;
    sock_fprog filter;
    unsigned char gates[room_for_gates];
    sock_filter steps[syscall::Program::capacity];
};
static_assert(sizeof(Extra) <= sizeof(Orders::extra));

POSTERN_SETTLED bool kernel_dispatches = false;
constinit bool is_ready = false; // the zygote takes orders, since the first birth

/// Where an address of the zygote's extra words is for the zygote.
template <class T>
uintptr_t there(const T &field) {
    const auto here = reinterpret_cast<uintptr_t>(child_of(no_domain).orders);
    return mailbox_in_child() + (reinterpret_cast<uintptr_t>(&field) - here);
}

/// Where other domains have keys, this program's gates are those of keys. Those in children lead to
/// the stub instead, as in a run of address spaces. The zygote takes the bytes from a file, because
/// no code of its own can change others.
void add_gates(List &list, Extra &extra) {
    if (key::isolation() == key::Isolation::spaces) {
        return; // they are so already
    }
    const auto gates = base::Region::from_raw(reinterpret_cast<uintptr_t>(__gate_start),
                                              reinterpret_cast<uintptr_t>(__trap_start));
    const Child &zygote = child_of(no_domain);
    const auto in_file = place_in_orders(zygote) - reinterpret_cast<uintptr_t>(zygote.orders);
    unsigned char *to = extra.gates;
    list.add(__NR_mprotect, gates.begin(), gates.bytes(), PROT_READ | PROT_WRITE);
    for (const patch::Alternative &row : patch::Table()) {
        if (row.feature != patch::Feature::spaces) {
            continue;
        }
        if (extra.gates + sizeof extra.gates - to < row.length) {
            base::panic("start-up failed: the gates of domains' processes: more sites than "
                        "rt/space/zygote.cc knows");
        }
        patch::fill(to, row.length, reinterpret_cast<const uint8_t *>(row.bytes()), row.count);
        list.add(__NR_pread64, orders_file(), row.site(), row.length,
                 in_file + reinterpret_cast<uintptr_t>(to));
        to += row.length;
    }
    list.add(__NR_mprotect, gates.begin(), gates.bytes(), PROT_READ | PROT_EXEC);
}

void add_removal(List &list, uintptr_t begin, uintptr_t end) {
    if (begin < end) {
        list.add(__NR_munmap, begin, end - begin);
    }
}

/// All but text, constants and the mailbox. A vdso that the kernel has sealed stays.
void add_removals(List &list, const crt::Handoff &handoff, seal::Vdso vdso) {
    const auto above = reinterpret_cast<uintptr_t>(__pristine_start);
    add_removal(list, POSTERN_PAGE, POSTERN_BASE);
    if (vdso == seal::Vdso::kept) {
        const base::Region kept = sys::find_vdso(handoff);
        add_removal(list, above, kept.begin() - seal::vvar_room);
        add_removal(list, kept.end(), end_of_programs);
    } else {
        add_removal(list, above, end_of_programs);
    }
}

void add_signals(List &list, Extra &extra) {
    const Action action{rt_space_stub_trap, with_restorer | on_stack | nestable | with_information,
                        rt_space_stub_begin, 0};
    extra.fault = extra.stop = action;
    extra.stop.flags &= ~nestable; // a flood of them would use the stack up
    extra.stack = {};
    extra.stack.ss_sp = reinterpret_cast<void *>(answers_in_child() + offsetof(Answers, signal_stack));
    extra.stack.ss_size = sizeof(Answers::signal_stack);
    extra.blocked = ~sys::synchronous_signals.with(sys::Signal::urgent).bits;
    constexpr size_t set_bytes = 8;
    for (unsigned signal = 1; signal <= sys::signal_count; ++signal) {
        if (sys::synchronous_signals.has(static_cast<sys::Signal>(signal))) {
            list.add(__NR_rt_sigaction, signal, there(extra.fault), 0, set_bytes);
        }
    }
    list.add(__NR_rt_sigaction, sys::Signal::urgent, there(extra.stop), 0, set_bytes);
    list.add(__NR_sigaltstack, there(extra.stack), 0);
    list.add(__NR_rt_sigprocmask, SIG_SETMASK, there(extra.blocked), 0, set_bytes);
}

/// What a process without a filter could still do to others, or leave behind.
void add_privileges(List &list, Extra &extra) {
    list.add(__NR_prctl, PR_SET_PDEATHSIG, sys::Signal::kill);
    list.add(__NR_prctl, PR_SET_DUMPABLE, 0);
    list.add(__NR_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (sys::call_raw(__NR_prctl, sys::pr_get_mdwe, 0, 0, 0, 0) >= 0) {
        list.add(__NR_prctl, sys::pr_set_mdwe, sys::mdwe_refuse_exec_gain, 0, 0, 0);
    }
    list.add(__NR_setpgid, 0, 0); // signals of the terminal go to the program
    constexpr int limits[] = {RLIMIT_CORE, RLIMIT_FSIZE, RLIMIT_MSGQUEUE, RLIMIT_SIGPENDING,
                              RLIMIT_MEMLOCK};
    for (const int limit : limits) {
        list.add(__NR_prlimit64, 0, limit, there(extra.nothing), 0);
    }
}

/// Closes all descriptors but the files.
void add_closing(List &list) {
    const Descriptor kept[] = {orders_file(), answers_file(), memory_file(), memory_file_to_read(),
                               loans_file()};
    constexpr unsigned last = ~0u;
    for (unsigned first = 0;;) {
        unsigned next = last;
        for (const Descriptor file : kept) {
            const auto number = static_cast<unsigned>(file); // -1 is the last one
            next = number >= first && number < next ? number : next;
        }
        if (next == last) {
            list.add(__NR_close_range, first, last, 0);
            return;
        }
        if (next > first) {
            list.add(__NR_close_range, first, next - 1, 0);
        }
        first = next + 1;
    }
}

void add_seals(List &list) {
    const auto seal = [&](const char *begin, const char *end) {
        list.add(sys::mseal_number, begin, static_cast<size_t>(end - begin), 0);
    };
    if (seals()) {
        seal(__text_start, rt_space_build_begin);
        seal(rt_space_stub_begin, __text_end);
        seal(__rodata_start, __pristine_start);
    }
}

Places places() {
    const auto at = [](const auto *symbol) { return reinterpret_cast<uint64_t>(symbol); };
    return {.stub_site = at(rt_space_stub_syscall_end),
            .build_site = at(rt_space_build_syscall_end),
            .builder = at(rt_space_build_begin),
            .orders_sequence = mailbox_in_child() + offsetof(Orders, sequence),
            .answers_sequence = answers_in_child() + offsetof(Answers, sequence),
            .regions_begin = at(__regions_start),
            .regions_end = at(__regions_end)};
}

void add_filter(List &list, Extra &extra) {
    const syscall::Program program = child_filter(places());
    __builtin_memcpy(extra.steps, program.steps, sizeof extra.steps);
    extra.filter.len = program.count;
    extra.filter.filter = reinterpret_cast<sock_filter *>(there(extra.steps));
    list.add(__NR_seccomp, SECCOMP_SET_MODE_FILTER, 0, there(extra.filter));
}

size_t write_list(Child &zygote, const crt::Handoff &handoff, seal::Vdso vdso) {
    auto &extra = *reinterpret_cast<Extra *>(zygote.orders->extra);
    List list(zygote);
    add_gates(list, extra); // before it can gain no code
    add_removals(list, handoff, vdso);
    add_privileges(list, extra);
    add_signals(list, extra);
    add_closing(list);
    add_seals(list);
    add_filter(list, extra);
    return list.count();
}

/// Waits until the zygote has done its list, before its first order. Ends the program if a step of
/// the list has failed. False if the zygote is not ready yet, at a deadline, or does not live.
bool wait_until_ready(Child &zygote) {
    const Told ready = first_event(zygote);
    if (!ready.is(Event::ready)) {
        if (!base::has_deadline_passed()) {
            bury(zygote);
        }
        return false;
    }
    const uint64_t step = ready.words[0];
    if (step != zygote.orders->planned) {
        bury(zygote); // its own death signal may be what it was refused
        const auto answer = static_cast<int64_t>(zygote.answers->results[step % (RT_MAILBOX_LIST_ITEMS + 1)]);
        base::panic("start-up failed: preparing the process that makes domains' address spaces: "
                    "step {}, system call {}: {}",
                    step, zygote.orders->list[step % (RT_MAILBOX_LIST_ITEMS + 1)].number,
                    static_cast<base::Errno>(-answer));
    }
    if (!measure_waiting(zygote)) {
        bury(zygote);
        return false;
    }
    is_ready = true;
    return true;
}

/// The words of an order to make a process for the mailbox of `child`.
void write_order(Child &zygote, const Child &child) {
    uint64_t *words = zygote.orders->words;
    words[0] = static_cast<uint64_t>(orders_file());
    words[1] = place_in_orders(child);
    words[2] = static_cast<uint64_t>(answers_file());
    words[3] = place_in_answers(child);
    words[4] = CLONE_PARENT;
}

/// The process that `told` tells of, after a longer wait for it if the whole program was frozen.
Result<int> process_in(Child &zygote, Told told) {
    if (told.ended == Ended::late) {
        told = await(zygote, Until::from_now(birth_takes));
    }
    if (!told.is(Event::spawned)) {
        bury(zygote); // it might go on, and make a process that nobody knows
        return base::Errno::no_process;
    }
    return sys::result_of<int>(static_cast<long>(told.words[0]));
}

} // namespace

void make_zygote(const crt::Handoff &handoff, seal::Vdso vdso) {
    make_mailboxes();
    open_memory_to_read();
    make_loans();
    prepare_places();
    prepare_turns();
    Child &zygote = child_of(no_domain);
    reset(zygote);
    map_zygotes_mailbox();
    zygote.orders->planned = static_cast<uint32_t>(write_list(zygote, handoff, vdso));
    const long process = sys::call_raw(__NR_clone, sys::Signal::space);
    if (process == 0) {
        asm volatile("jmp rt_space_build_zygote");
        __builtin_unreachable();
    }
    zygote.orders->process = must(sys::result_of<uint32_t>(process),
                                  "making the process that makes domains' address spaces");
    close_mailboxes();
}

Result<int> clone_zygote(const Child &child) {
    Child &zygote = child_of(no_domain);
    if (!zygote.has_process()) {
        return base::Errno::no_process;
    }
    if (!is_ready) {
        if (!wait_until_ready(zygote)) {
            return base::Errno::no_process;
        }
        tell_how_to_wait(child); // that has been measured since
    }
    collect_spare();
    write_order(zygote, child);
    return process_in(zygote, turn(zygote, Order::spawn, Until::from_now(birth_takes)));
}

bool is_zygote_busy() {
    const Child &zygote = child_of(no_domain);
    return zygote.has_process() && zygote.orders->owed != 0 && !has_answered(zygote);
}

void order_spare(const Child &child) {
    Child &zygote = child_of(no_domain);
    collect_spare();
    if (!zygote.has_process() || !is_ready) {
        return;
    }
    place(zygote);
    write_order(zygote, child);
    zygote.orders->owed_to = number_of(child);
    zygote.orders->owed = 1;
    give(zygote, Order::spawn);
}

bool is_owed(const Child &child) {
    const Orders &zygote = *child_of(no_domain).orders;
    return zygote.owed != 0 && zygote.owed_to == number_of(child);
}

void collect_spare() {
    Child &zygote = child_of(no_domain);
    if (zygote.orders->owed == 0) {
        return;
    }
    zygote.orders->owed = 0;
    if (!zygote.has_process()) {
        return;
    }
    const auto process = process_in(zygote, await(zygote, Until::from_now(birth_takes)));
    if (process) {
        orders_of(zygote.orders->owed_to).spare = static_cast<uint32_t>(process.value());
    }
}

bool seals() {
    return seal::provider() == seal::Provider::mseal;
}

bool dispatches() {
    return kernel_dispatches;
}

void set_dispatches(bool can) {
    kernel_dispatches = can;
}

} // namespace rt::space
