/// The audit of a run of address spaces: the domains' own addresses are closed, and the memory is
/// shared where the monitor sees it.
#include <asm/unistd.h>
#include <linux/mman.h>

#include "rt/domain/alias.h"
#include "rt/domain/audit.h"
#include "rt/sys/call.h"
#include "rt/sys/process.h"
#include "tests/harness/harness.h"

namespace {

using Kind = rt::Deviation::Kind;
using rt::sys::call_raw;

POSTERN_BSS(alice) alignas(POSTERN_PAGE) unsigned char alice_page[POSTERN_PAGE];

uint64_t own_page() {
    return reinterpret_cast<uint64_t>(alice_page);
}
uint64_t seen_page() {
    return rt::domain::seen(own_page());
}

/// What is done to a page, and what the audit must then say.
struct Change {
    long (*change)();
    Kind kind;
    uint64_t (*page)();
    const char *text;
};
constexpr Change changes[] = {
    {[] { return call_raw(__NR_mprotect, own_page(), POSTERN_PAGE, PROT_READ); }, Kind::readable,
     own_page, "readable at {}, alice's data, but the tables say otherwise"},
    {[] { return call_raw(__NR_mprotect, seen_page(), POSTERN_PAGE, PROT_READ); }, Kind::closed,
     seen_page, "closed at {}, alice's data, but the tables say otherwise"},
    {[] { return call_raw(__NR_munmap, seen_page(), POSTERN_PAGE); }, Kind::unmapped, seen_page,
     "nothing mapped at {}, alice's data"},
    {[] {
         const long at = call_raw(__NR_mmap, seen_page(), POSTERN_PAGE, PROT_READ | PROT_WRITE,
                                  MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1);
         return at > 0 ? 0 : at;
     },
     Kind::not_shared, seen_page,
     "not shared with the domain's process at {}, alice's data, but the tables say otherwise"},
    {[] {
         return call_raw(__NR_mprotect, rt::domain::aliases().begin(), POSTERN_PAGE, PROT_READ);
     },
     Kind::readable, [] { return uint64_t{rt::domain::aliases().begin()}; },
     "readable at {}, guard page, but the tables say otherwise"},
};

constinit const Change *tried = nullptr;
constinit uint64_t told = 0;

/// In a child, whose memory is its own to change.
void change_and_audit() {
    rt::base::must(rt::sys::result_of<rt::Done>(tried->change()), "changing the page");
    const auto audit = rt::audit_keys([](const rt::Deviation &) { ++told; });
    const bool good = !audit && told == 1 && audit.error().kind == tried->kind &&
                      audit.error().address == tried->page();
    if (!audit) {
        rt::log("{}", audit.error());
    }
    rt::sys::exit(good ? 0 : 1);
}

} // namespace

POSTERN_TEST("run.audit_spaces.all_mappings_are_as_the_tables_say",
             SHOWS(audit_names_each_deviation)) {
    EXPECT(rt::domain::is_any_apart());
    EXPECT(bool(rt::audit_keys()));
}

POSTERN_TEST("deny.audit_spaces.each_deviation_is_named", SHOWS(audit_names_each_deviation)) {
    for (const Change &change : changes) {
        tried = &change;
        const auto end = harness::in_child(change_and_audit);
        rt::Line wanted;
        wanted.format(change.text, rt::Hex{change.page()});
        wanted.append('\0');
        const bool good = end.exit_status == 0 && end.says(wanted.text());
        if (!EXPECT(good)) {
            rt::log("wanted {}; seen: {}", wanted.text(), end.text);
        }
    }
}
