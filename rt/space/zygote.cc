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
#include "rt/space/filter.h"
#include "rt/space/list.h"
#include "rt/space/loans.h"
#include "rt/space/memory.h"
#include "rt/space/turn.h"
#include "rt/sys/child.h"
#include "rt/sys/process.h"
#include "rt/sys/shared_file.h"
#include "rt/sys/vdso.h"

namespace rt::space {

using base::must;
using base::Result;
using sys::Descriptor;

namespace {

/// Where this program has the mailboxes: all orders, then all answers.
constexpr uintptr_t orders_place = POSTERN_BOXES,
                    answers_place = POSTERN_BOXES + key::domain_places * sizeof(Orders);

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

/// What items of the zygote's list point to, in its mailbox.
struct Extra {
    Action fault;
    Action stop;
    stack_t stack;
    uint64_t blocked;
    rlimit64 nothing;
    sock_fprog filter;
    sock_filter steps[syscall::Program::capacity];
};
static_assert(sizeof(Extra) <= sizeof(Orders::extra));

constinit Files files{-1, -1, -1, -1, -1};
constinit bool made = false, kernel_seals = false, kernel_dispatches = false;

/// Where an address of the zygote's extra words is for the zygote.
template <class T>
uintptr_t there(const T &field) {
    const auto here = reinterpret_cast<uintptr_t>(child_of(no_domain).orders);
    return mailbox_in_child() + (reinterpret_cast<uintptr_t>(&field) - here);
}

/// A file for the mailboxes of all children, mapped at `place`.
Descriptor make_boxes(const char *name, uintptr_t place, size_t bytes) {
    const auto file = must(sys::make_shared_file(name, bytes), "making a file of mailboxes");
    must(sys::reserve(base::Region::from_raw(place, place + bytes)), "reserving the mailboxes' place");
    must(sys::map_file(base::Region::from_raw(place, place + bytes), sys::Protection::read_write,
                       file, 0),
         "mapping the mailboxes");
    return file;
}

void make_mailboxes() {
    constexpr size_t places = key::domain_places;
    const auto orders = make_boxes("postern: orders", orders_place, places * sizeof(Orders));
    const auto answers =
        make_boxes("postern: answers", answers_place, places * sizeof(Answers));
    // From here on no process gets a writable mapping of orders: children read them for good.
    must(sys::seal_file(orders, sys::FileSeals::no_new_writers), "sealing the orders");
    must(sys::seal_file(answers, sys::FileSeals::size), "sealing the answers");
    files.orders = static_cast<int>(orders);
    files.answers = static_cast<int>(answers);
    for (size_t place = 0; place < places; ++place) {
        Child &child = child_of(static_cast<Domain>(place));
        child.orders = reinterpret_cast<Orders *>(orders_place) + place;
        child.answers =
            reinterpret_cast<Answers *>(answers_place) + place;
    }
}

/// All mailboxes, for seal_all.
void seal_mailboxes() {
    constexpr uintptr_t end = answers_place + key::domain_places * sizeof(Answers);
    seal::add("mailboxes", base::Region::from_raw(orders_place, end),
              "what the monitor and its children tell each other");
}

/// The domains' file, opened anew so that it can only be read; -1 where no domain reads data.
int open_to_read() {
    bool is_read = false;
    for (const auto &data : domain::Table()) {
        for (const auto &owner : domain::Table()) {
            is_read = is_read || (data.kind == linker::Kind::data_domain &&
                                  owner.kind == linker::Kind::domain &&
                                  rights_in(owner.view, data) == key::Rights::read_only);
        }
    }
    if (!is_read) {
        return -1;
    }
    base::Line path;
    path.append("/proc/self/fd/").append(static_cast<uint64_t>(files.domains)).append('\0');
    return static_cast<int>(
        must(sys::open(path.text(), sys::Access::read),
             "opening the domains' memory to be read (/proc must be mounted for an app whose "
             "domains read data domains)"));
}

/// The zygote's own mailbox, where it will look for it.
void map_mailbox() {
    const uintptr_t answers = answers_in_child();
    must(sys::map_file(base::Region::from_raw(mailbox_in_child(), answers), sys::Protection::read,
                       Descriptor{files.orders}, 0),
         "mapping the zygote's orders");
    must(sys::map_file(base::Region::from_raw(answers, mailbox_in_child() + POSTERN_MAILBOX_BYTES),
                       sys::Protection::read_write, Descriptor{files.answers}, 0),
         "mapping the zygote's answers");
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
    const int kept[] = {files.orders, files.answers, files.domains, files.domains_to_read,
                        files.loans};
    constexpr unsigned last = ~0u;
    for (unsigned first = 0;;) {
        unsigned next = last;
        for (const int file : kept) {
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
    if (kernel_seals) {
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
    add_removals(list, handoff, vdso);
    add_privileges(list, extra);
    add_signals(list, extra);
    add_closing(list);
    add_seals(list);
    add_filter(list, extra);
    return list.count();
}

/// Ends the program if the zygote is not ready.
void check(const Child &zygote, const Told &ready, size_t planned) {
    if (ready.event != Event::ready) {
        base::panic("start-up failed: the process that makes domains' address spaces has ended");
    }
    const uint64_t step = ready.words[0];
    if (step != planned) {
        const auto answer = static_cast<int64_t>(zygote.answers->results[step % (RT_MAILBOX_LIST_ITEMS + 1)]);
        base::panic("start-up failed: preparing the process that makes domains' address spaces: "
                    "step {}, system call {}: {}",
                    step, zygote.orders->list[step % (RT_MAILBOX_LIST_ITEMS + 1)].number,
                    static_cast<base::Errno>(-answer));
    }
}

} // namespace

void make_zygote(const crt::Handoff &handoff, seal::Provider provider, seal::Vdso vdso) {
    kernel_seals = provider == seal::Provider::mseal;
    make_mailboxes();
    files.domains = static_cast<int>(memory_file());
    files.domains_to_read = open_to_read();
    make_loans();
    files.loans = static_cast<int>(loans_file());
    seal_mailboxes();
    Child &zygote = child_of(no_domain);
    reset(zygote);
    map_mailbox();
    const size_t planned = write_list(zygote, handoff, vdso);
    const long process = sys::call_raw(__NR_clone, sys::Signal::space);
    if (process == 0) {
        asm volatile("jmp rt_space_build_zygote");
        __builtin_unreachable();
    }
    zygote.orders->process = must(sys::result_of<uint32_t>(process),
                                  "making the process that makes domains' address spaces");
    check(zygote, first_event(zygote), planned);
    must(sys::munmap(base::Region::from_raw(mailbox_in_child(),
                                            mailbox_in_child() + POSTERN_MAILBOX_BYTES)),
         "removing the zygote's mailbox");
    must(sys::close(Descriptor{files.orders}), "closing the file of orders");
    must(sys::close(Descriptor{files.answers}), "closing the file of answers");
    made = true;
}

bool is_made() {
    return made;
}

Result<int> clone_zygote(const Child &child) {
    Child &zygote = child_of(no_domain);
    if (!zygote.has_process()) {
        return base::Errno::no_process;
    }
    const size_t place = place_in_orders(child) / sizeof(Orders);
    uint64_t *words = zygote.orders->words;
    words[0] = static_cast<uint64_t>(files.orders);
    words[1] = place_in_orders(child);
    words[2] = static_cast<uint64_t>(files.answers);
    words[3] = place * sizeof(Answers);
    words[4] = CLONE_PARENT;
    Told told = turn(zygote, Order::spawn, Until::from_now(birth_takes));
    if (told.ended == Ended::late) {
        told = await(zygote, Until::from_now(birth_takes)); // the whole program was frozen
    }
    if (!told.is(Event::spawned)) {
        bury(zygote); // it might go on, and make a process that nobody knows
        return base::Errno::no_process;
    }
    return sys::result_of<int>(static_cast<long>(told.words[0]));
}

bool seals() {
    return kernel_seals;
}

bool dispatches() {
    return kernel_dispatches;
}

void set_dispatches(bool can) {
    kernel_dispatches = can;
}

const Files &files_in_zygote() {
    return files;
}

uint64_t place_in_orders(const Child &child) {
    return reinterpret_cast<uintptr_t>(child.orders) - orders_place;
}

} // namespace rt::space
