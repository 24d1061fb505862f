/// The memory of domains that have address spaces of their own: one file, which the monitor maps too.
#include "rt/space/memory.h"

#include "rt/base/panic.h"
#include "rt/domain/alias.h"
#include "rt/domain/table.h"
#include "rt/seal/seal.h"
#include "rt/sys/shared_file.h"
#include "rt/sys/signal.h"

namespace rt::space {

using base::Done;
using base::must;
using base::Region;
using base::Result;

namespace {

constinit auto file = static_cast<sys::Descriptor>(-1);

Region all_regions() {
    return Region::from_raw(reinterpret_cast<uintptr_t>(__regions_start),
                            reinterpret_cast<uintptr_t>(__regions_end));
}

} // namespace

void share_memory() {
    const Region all = all_regions();
    must(sys::set_ignored(sys::Signal::file_size), "ignoring SIGXFSZ"); // EFBIG says it
    file = must(sys::make_shared_file("postern: domains", all.bytes()),
                "making the file of the domains' memory (a limit of file sizes, ulimit -f, counts "
                "all of their addresses)");
    domain::alias_distance = POSTERN_ALIAS;
    must(sys::reserve(domain::seen(all)), "reserving the aliases of the domains' memory");
    for (const auto &record : domain::Table()) {
        const Region own = domain::region_of(record);
        if (domain::domain_of(record) != no_domain && !own.empty()) {
            must(sys::map_file(domain::seen(own), sys::Protection::read_write, file,
                               place_in_file(own.begin())),
                 "mapping the domains' memory");
        }
    }
    must(sys::seal_file(file, sys::FileSeals::size), "sealing the size of the domains' memory");
    seal::add("aliases", domain::seen(all),
              "where the monitor sees the memory of domains, and the addresses between");
}

sys::Descriptor memory_file() {
    return file;
}

uint64_t place_in_file(uintptr_t own) {
    return own - all_regions().begin();
}

Result<Done> discard(Region own) {
    return sys::discard_part(file, place_in_file(own.begin()), own.bytes());
}

} // namespace rt::space
