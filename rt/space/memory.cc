/// The memory of domains that have address spaces of their own: one file, which the monitor maps
/// too.
#include "rt/space/memory.h"

#include "linker/symbols.h"
#include "rt/base/panic.h"
#include "rt/domain/alias.h"
#include "rt/domain/table.h"
#include "rt/domain/tag.h"
#include "rt/seal/seal.h"
#include "rt/space/child.h"
#include "rt/sys/shared_file.h"
#include "rt/sys/signal.h"

namespace rt::space {

using base::Done;
using base::Errno;
using base::must;
using base::Region;
using base::Result;

namespace {

POSTERN_SETTLED auto file = static_cast<sys::Descriptor>(-1),
                     file_to_read = static_cast<sys::Descriptor>(-1);

/// Above every number that an app may keep (KEEPS_DESCRIPTORS), and that its first files have.
constexpr int above_kept = 64;

Region all_regions() {
    return Region::from_raw(reinterpret_cast<uintptr_t>(__regions_start),
                            reinterpret_cast<uintptr_t>(__regions_end));
}

uintptr_t address_of(uint64_t place_in_file) {
    return all_regions().begin() + place_in_file;
}

/// Whether a domain always reads the memory of a data domain, and never writes it.
bool has_readers() {
    for (const auto &data : domain::Table()) {
        for (const auto &reader : domain::Table()) {
            if (data.kind == linker::Kind::data_domain && reader.kind == linker::Kind::domain &&
                rights_in(reader.view, data) == key::Rights::read_only) {
                return true;
            }
        }
    }
    return false;
}

} // namespace

void make_memory() {
    const Region all = all_regions();
    must(sys::set_ignored(sys::Signal::file_size), "ignoring SIGXFSZ"); // EFBIG says it
    const auto made = must(sys::make_shared_file("postern: domains", all.bytes()),
                           "making the file of the domains' memory (ulimit -f, which counts all "
                           "of their addresses, and ulimit -n limit it)");
    file = sys::move_up(made, above_kept);
    must(sys::seal_file(file, sys::FileSeals::size), "sealing the size of the domains' memory");
}

void map_memory() {
    must(sys::reserve(domain::aliases()), "reserving the aliases of the domains' memory");
    for (const auto &record : domain::Table()) {
        const Domain domain = domain::domain_of(record);
        const Region own = domain::region_of(record);
        if (domain::is_shared(record) && !own.empty()) {
            must(sys::map_file(domain::seen(domain, own), sys::Protection::read_write, file,
                               place_in_file(own.begin())),
                 "mapping the domains' memory");
            domain::tag_shared(record);
        }
    }
    seal::add("aliases", domain::aliases(),
              "where the monitor sees the memory of domains, and the addresses between");
}

sys::Descriptor memory_file() {
    return file;
}

void open_memory_to_read() {
    if (!has_readers()) {
        return;
    }
    base::Line path;
    path.append("/proc/self/fd/").append(static_cast<uint64_t>(file)).append('\0');
    file_to_read =
        must(sys::open(path.text(), sys::Access::read),
             "opening the domains' memory to be read (/proc must be mounted for an app whose "
             "domains read data domains)");
}

sys::Descriptor memory_file_to_read() {
    return file_to_read;
}

uint64_t place_in_file(uintptr_t own) {
    return own - all_regions().begin();
}

Result<sys::Search> find_written(Region own, sys::FoundPages *found, size_t most) {
    if (!sys::has_seals(file, sys::FileSeals::size)) {
        return Errno::bad_descriptor;
    }
    sys::Search search{0, own.begin()};
    while (search.found != most && search.next != own.end()) {
        const auto written = sys::next_written(file, place_in_file(search.next));
        const uintptr_t begin = written ? address_of(written.value().begin) : own.end();
        if (begin >= own.end()) {
            search.next = own.end();
            break;
        }
        const uintptr_t end = address_of(written.value().end);
        search.next = end < own.end() ? end : own.end();
        found[search.found++] = {begin, search.next, 0};
    }
    return search;
}

Result<Done> discard(Region own) {
    if (!sys::has_seals(file, sys::FileSeals::size)) {
        return Errno::bad_descriptor;
    }
    return sys::discard_part(file, place_in_file(own.begin()), own.bytes());
}

} // namespace rt::space
