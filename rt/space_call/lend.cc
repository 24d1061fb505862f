/// Data domains that are lent to a domain in a child. A domain that has no right to the data without
/// the loan gets a copy.
#include "rt/space_call/lend.h"

#include <asm/unistd.h>

#include "rt/base/panic.h"
#include "rt/domain/table.h"
#include "rt/gate/enter.h"
#include "rt/key/view.h"
#include "rt/space/list.h"
#include "rt/space/loans.h"
#include "rt/sys/memory.h"
#include "rt/uaccess/copy.h"

extern "C" {
/// rt/space_call/enter.S.
RtGateEnterLent rt_space_enter_lent;
}

namespace rt::space {

namespace {

using key::Pkru;
using key::Rights;
using uaccess::Claimed;

/// The whole data domain is there, unless the machine has no memory for it.
void demand(uaccess::Copied copied, const linker::RegionRecord &record) {
    if (!copied) {
        base::panic("lending {}: its memory cannot be reached", domain::name_of(domain::domain_of(record)));
    }
}

/// From the data domain to the copy.
void give(const linker::RegionRecord &record, base::Region copied) {
    demand(uaccess::copy_from_domain(domain::domain_of(record),
                                     reinterpret_cast<void *>(copied.begin()),
                                     Claimed::from_raw(record.begin), copied.bytes()),
           record);
}

/// From the copy to the data domain.
void take_back(const linker::RegionRecord &record, base::Region copied) {
    demand(uaccess::copy_to_domain(domain::domain_of(record), Claimed::from_raw(record.begin),
                                   reinterpret_cast<const void *>(copied.begin()), copied.bytes()),
           record);
}

/// Whether a domain without loans has no right to the data: then it borrows a copy.
bool is_copied(Domain borrower, const linker::RegionRecord &record) {
    return record.kind == linker::Kind::data_domain && record.begin != record.end &&
           rights_in(domain::view_of(borrower), record) == Rights::none;
}

/// Calls `function` for each copy that `view` lends: the data domain's record, the copy, the rights.
template <class Function>
void for_loans(Domain borrower, uint32_t view, Function function) {
    for (const auto &record : domain::Table()) {
        if (is_copied(borrower, record) && rights_in(view, record) != Rights::none) {
            function(record, loan_of(borrower, record), rights_in(view, record));
        }
    }
}

/// Whether `view` lends more of the data itself: of a data domain that the borrower always reads.
bool is_more_than_its_own(Domain borrower, uint32_t view) {
    for (const auto &record : domain::Table()) {
        if (record.kind == linker::Kind::data_domain && !is_copied(borrower, record) &&
            rights_in(view, record) != rights_in(domain::view_of(borrower), record)) {
            return true;
        }
    }
    return false;
}

/// Writes what the borrower has written back to the data domain.
void give_back(Domain borrower, uint32_t view) {
    for_loans(borrower, view, [](const auto &record, base::Region copied, Rights rights) {
        if (rights == Rights::full) {
            take_back(record, copied);
        }
    });
}

} // namespace

bool take_view(Child &child, Domain domain, uint32_t view, Told &told) {
    List list(child);
    for (const auto &record : domain::Table()) {
        if (record.kind != linker::Kind::data_domain ||
            rights_in(view, record) == rights_in(child.orders->view, record)) {
            continue;
        }
        if (!is_copied(domain, record)) {
            // No call makes memory that a child reads writable to it: another child takes over.
            bury(child);
            return bool(give_birth(domain, view));
        }
        list.add(__NR_mprotect, record.begin, record.end - record.begin,
                 protection_of(rights_in(view, record)));
    }
    told = turn(child, Order::batch);
    if (!told.is(Event::batched) || told.words[0] != list.count()) {
        return false;
    }
    child.orders->view = view;
    return true;
}

/// Called by the enter stubs of calls that lend: `lent` is the view, and above it the number of a
/// domain without a key. Copies are written back after the call, whether it has returned or faulted,
/// and wiped. Where a call inside this one lends the same again, both have the same copy. A child that
/// had the data itself open ends, because it may run on after the call.
extern "C" RtOutcome rt_space_lend(uint64_t a0, uint64_t a1, uint64_t a2, uint64_t a3, uint64_t a4,
                                   uint64_t a5, const void *function, uint64_t lent) {
    const auto view = static_cast<uint32_t>(lent);
    const Domain borrower =
        key::domain_of_call(Pkru::from_raw(view), static_cast<unsigned>(lent >> 32));
    const Child &child = child_of(borrower); // its mailbox may be another one after the call
    const uint32_t outer = child.orders->lent;
    if (outer != 0) {
        give_back(borrower, outer);
    }
    for_loans(borrower, view, [](const auto &record, base::Region copied, Rights) {
        give(record, copied);
    });
    child.orders->lent = view;
    const RtOutcome outcome = rt_space_enter_lent(a0, a1, a2, a3, a4, a5, function, lent);
    child.orders->lent = outer;
    if (is_more_than_its_own(borrower, view)) {
        bury(child_of(borrower));
    }
    give_back(borrower, view);
    for_loans(borrower, view, [&](const auto &record, base::Region copied, Rights) {
        if (outer == 0 || rights_in(outer, record) == Rights::none) {
            __builtin_memset(reinterpret_cast<void *>(copied.begin()), 0, copied.bytes());
        }
    });
    return outcome;
}

} // namespace rt::space
