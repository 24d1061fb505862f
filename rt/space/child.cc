/// A child: a process with an address space of its own, in which one domain runs.
#include "rt/space/child.h"

#include <linux/mman.h>
#include <linux/prctl.h>

#include <asm/unistd.h>

#include "rt/base/slot.h"
#include "rt/domain/own_text.h"
#include "rt/domain/table.h"
#include "rt/space/list.h"
#include "rt/space/loans.h"
#include "rt/space/mailboxes.h"
#include "rt/space/memory.h"
#include "rt/space/turn.h"
#include "rt/space/zygote.h"
#include "rt/sys/child.h"

namespace rt::space {

using base::Done;
using base::Errno;
using base::Result;

namespace {

constinit Child children[key::domain_places] = {};

/// All zeros, which need no initial data: a spare takes its domain's ways of waiting over.
constinit union Spares {
    constexpr Spares() : zero(0) {}
    char zero;
    Child each[key::domain_places];
} spares;

/// The words of a thread that its domains read, at the addresses that they have in the monitor. The
/// private words before them are not there: code that jumps into a gate faults at the first one.
void add_public_words(List &list, const Child &child, const linker::RegionRecord &record) {
    unsigned char *words = child.orders->extra;
    const auto own = reinterpret_cast<uintptr_t>(&base::slot()) + RT_SLOT_PUBLIC;
    __builtin_memcpy(words, reinterpret_cast<const void *>(own), sizeof(base::Slot) - RT_SLOT_PUBLIC);
    const bool has_key = !key::is_own_number(record.number);
    const uint64_t view = record.view | (has_key ? 0 : uint64_t{record.number} << 32);
    __builtin_memcpy(words, &view, sizeof view); // the first word of the page, by which heaps are found
    list.add(__NR_mmap, own, POSTERN_PAGE, PROT_READ, MAP_SHARED | MAP_FIXED, orders_file(),
             place_in_orders(child) + offsetof(Orders, extra));
}

/// A data domain: the same memory if the domain may always write or read it. Otherwise a copy, closed
/// until it is lent (rt/space_call/lend.cc). Memory to be read comes from a descriptor that reads
/// alone, so that no call makes it writable.
void add_data(List &list, const linker::RegionRecord &record, Domain domain, uint32_t view) {
    const key::Rights rights = rights_in(view, record);
    const bool is_copy = rights_in(domain::view_of(domain), record) == key::Rights::none;
    const bool is_to_read = !is_copy && rights == key::Rights::read_only;
    if (record.begin != record.end) {
        list.add(__NR_mmap, record.begin, record.end - record.begin, protection_of(rights),
                 MAP_SHARED | MAP_FIXED,
                 is_copy      ? loans_file()
                 : is_to_read ? memory_file_to_read()
                              : memory_file(),
                 is_copy ? loan_in_file(domain, record) : place_in_file(record.begin));
    }
}

void add_memory(List &list, const Child &child, Domain domain) {
    for (const auto &record : domain::Table()) {
        if (record.kind == linker::Kind::data_domain) {
            add_data(list, record, domain, child.orders->view);
        }
        if (domain::domain_of(record) != domain) {
            continue;
        }
        if (record.kind == linker::Kind::domain) {
            add_public_words(list, child, record);
        }
        if (record.begin != record.end) {
            list.add(__NR_mmap, record.begin, record.end - record.begin, PROT_READ | PROT_WRITE,
                     MAP_SHARED | MAP_FIXED, memory_file(), place_in_file(record.begin));
        }
    }
}

/// The code of other domains that have address spaces of their own goes.
void add_texts(List &list, Domain domain) {
    const base::Region all = domain::all_own_texts();
    const base::Region own = domain::own_text_of(domain);
    const auto remove = [&](uintptr_t begin, uintptr_t end) {
        if (begin != end) {
            list.add(__NR_munmap, begin, end - begin);
        }
    };
    remove(all.begin(), own.empty() ? all.end() : own.begin());
    if (!own.empty()) {
        remove(own.end(), all.end());
    }
    if (seals() && !own.empty()) {
        list.add(sys::mseal_number, own.begin(), own.bytes(), 0);
    }
}

/// What the new process does before it waits for orders. Its last step, which it takes by itself,
/// removes the page that has done it.
size_t write_list(Child &child, Domain domain) {
    List list(child);
    list.add(__NR_prctl, PR_SET_PDEATHSIG, sys::Signal::kill);
    add_texts(list, domain);
    add_memory(list, child, domain);
    list.add(__NR_close_range, 0, ~0u, 0);
    if (dispatches()) {
        list.add(__NR_prctl, PR_SET_SYSCALL_USER_DISPATCH, PR_SYS_DISPATCH_ON, rt_space_build_begin,
                 2 * POSTERN_PAGE, mailbox_in_child() + offsetof(Orders, selector));
    }
    if (seals()) {
        list.add(sys::mseal_number, mailbox_in_child(), POSTERN_MAILBOX_BYTES, 0);
    }
    return list.count();
}

/// The kernel's answer to the first step that failed.
Errno error_of(const Child &child, uint64_t step) {
    const volatile Answers &answers = *child.answers;
    const auto answer = static_cast<int64_t>(step <= RT_MAILBOX_LIST_ITEMS ? answers.results[step] : 0);
    return answer < 0 ? static_cast<Errno>(-answer) : Errno::input_output;
}

} // namespace

key::Rights rights_in(uint32_t view, const linker::RegionRecord &record) {
    return key::Pkru::from_raw(view).rights(key::Pkey::from_raw(record.number));
}

sys::Protection protection_of(key::Rights rights) {
    switch (rights) {
    case key::Rights::full:
        return sys::Protection::read_write;
    case key::Rights::read_only:
        return sys::Protection::read;
    case key::Rights::none:
        break;
    }
    return sys::Protection::none;
}

Child &child_of(Domain domain) {
    return children[key::index_of(domain)];
}

Child &spare_of(Domain domain) {
    return spares.each[key::index_of(domain)];
}

void plan_birth(Child &child, Domain domain, uint32_t view) {
    reset(child);
    child.orders->view = view;
    child.orders->planned = static_cast<uint32_t>(write_list(child, domain));
}

Result<Done> finish_birth(Child &child) {
    const Told ready = first_event(child);
    if (ready.is(Event::ready) && ready.words[0] == child.orders->planned && ready.words[1] == 0) {
        return Done{};
    }
    const Errno error =
        ready.event == Event::ready ? error_of(child, ready.words[0]) : Errno::no_process;
    bury(child);
    return error;
}

Result<Done> give_birth(Domain domain, uint32_t view) {
    Child &child = child_of(domain);
    bury(child); // a spare with other rights
    plan_birth(child, domain, view);
    const auto process = clone_zygote(child);
    if (!process) {
        return process.error();
    }
    child.orders->process = static_cast<uint32_t>(process.value());
    return finish_birth(child);
}

void bury(Child &child) {
    if (is_owed(child)) {
        collect_spare();
    }
    if (child.orders->spare != 0) {
        sys::end_child(static_cast<sys::Process>(child.orders->spare));
        child.orders->spare = 0;
    }
    if (child.has_process()) {
        sys::end_child(process_of(child));
        child.orders->process = 0;
    }
}

bool has_ended(const Child &child) {
    return sys::has_ended(process_of(child));
}

} // namespace rt::space
