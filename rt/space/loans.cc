/// The copies of data domains that borrowers in children work on.
#include "rt/space/loans.h"

#include "linker/symbols.h"
#include "rt/base/panic.h"
#include "rt/domain/table.h"
#include "rt/domain/tag.h"
#include "rt/seal/seal.h"
#include "rt/sys/shared_file.h"

namespace rt::space {

using base::must;
using base::Region;

namespace {

POSTERN_SETTLED auto file = static_cast<sys::Descriptor>(-1);

/// Bytes of the data domains before `record`; of all of them for the table's end.
size_t bytes_before(const linker::RegionRecord *record) {
    size_t bytes = 0;
    for (const auto &other : domain::Table()) {
        const bool is_before = &other < record && other.kind == linker::Kind::data_domain;
        bytes += is_before ? other.end - other.begin : 0;
    }
    return bytes;
}

size_t bytes_of_borrower() {
    return bytes_before(domain::Table().end());
}

} // namespace

void make_loans() {
    const size_t bytes = key::domain_places * bytes_of_borrower();
    if (bytes == 0) {
        return;
    }
    file = must(sys::make_shared_file("postern: loans", bytes), "making the file of loans");
    const Region here = Region::from_raw(POSTERN_LOANS, POSTERN_LOANS + bytes);
    must(sys::reserve(here), "reserving the loans' place");
    must(sys::map_file(here, sys::Protection::read_write, file, 0), "mapping the loans");
    must(sys::seal_file(file, sys::FileSeals::size), "sealing the size of the loans");
    domain::tag_outside(here, "tagging the loans");
    seal::add("loans", here, "copies of data domains for the calls that they are lent to");
}

sys::Descriptor loans_file() {
    return file;
}

uint64_t loan_in_file(Domain borrower, const linker::RegionRecord &record) {
    return key::index_of(borrower) * bytes_of_borrower() + bytes_before(&record);
}

Region loan_of(Domain borrower, const linker::RegionRecord &record) {
    const uintptr_t begin = POSTERN_LOANS + loan_in_file(borrower, record);
    return Region::from_raw(begin, begin + (record.end - record.begin));
}

} // namespace rt::space
