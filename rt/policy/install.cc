/// Putting the second wall up.
#include "rt/policy/install.h"

#include "rt/base/panic.h"
#include "rt/domain/table.h"
#include "rt/policy/filter.h"
#include "rt/sys/filter.h"

extern "C" {
/// rt/sys/call.S, rt/trap/restore.S: where the two `syscall` instructions end.
extern const char rt_sys_behind_syscall[], rt_trap_behind_sigreturn[];
/// The app's word about it, POSTERN_FILTER_* of linker/layout.h; a word of the linker script.
extern const uint32_t __option_filter;
}

namespace rt::policy {

namespace {

Sites sites() {
    return {reinterpret_cast<uint64_t>(rt_sys_behind_syscall),
            reinterpret_cast<uint64_t>(rt_trap_behind_sigreturn)};
}

base::Result<base::Done> install(const Program &program, bool ends_programs) {
    return sys::install_filter(program.steps, program.count, ends_programs);
}

} // namespace

Wall second_wall() {
    if (__option_filter == POSTERN_FILTER_OMITTED) {
        return Wall::omitted;
    }
    if (!domain::has_domains()) {
        return Wall::nobody;
    }
    if (!sys::has_filters()) {
        return Wall::missing;
    }
    return __option_filter == POSTERN_FILTER_MAY_EXEC ? Wall::may_exec : Wall::strict;
}

void put_up(Wall wall) {
    if (wall == Wall::strict) {
        base::must(install(strict_filter(sites()), true), "installing the system call filter");
    } else if (wall == Wall::may_exec) {
        base::must(install(inherited_filter(), false), "installing the system call filter");
    }
}

base::Result<base::Done> leave_calls_to_sites() {
    return install(site_filter(sites()), true);
}

} // namespace rt::policy
