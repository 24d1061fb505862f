/// Initial contents of a domain's memory.
#include "rt/uaccess/initial_data.h"

#include "rt/domain/table.h"

namespace rt::uaccess {

Copied write_initial_data(const linker::RegionRecord &record) {
    if (record.pristine_bytes == 0) { // its region may be empty: no address is in it
        return Copied(0, 0);
    }
    return copy_to_domain(domain::domain_of(record), Claimed::from_raw(record.begin),
                          reinterpret_cast<const void *>(record.pristine), record.pristine_bytes);
}

Copied clear_rest(const linker::RegionRecord &record) {
    const uintptr_t begin = record.begin + record.pristine_bytes;
    const size_t bytes = record.end - begin;
    return bytes == 0 ? Copied(0, 0)
                      : clear_in_domain(domain::domain_of(record), Claimed::from_raw(begin), bytes);
}

bool touch_pages(const linker::RegionRecord &record) {
    const unsigned char zero = 0;
    for (uintptr_t page = record.begin; page != record.end; page += POSTERN_PAGE) {
        if (!copy_to_domain(domain::domain_of(record), Claimed::from_raw(page), &zero, 1)) {
            return false;
        }
    }
    return true;
}

} // namespace rt::uaccess
