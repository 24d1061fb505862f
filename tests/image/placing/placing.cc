/// Both ways of placing data: annotated objects, and whole archives.
#include "rt/domain/table.h"
#include "tests/harness/harness.h"
#include "tests/image/placing/archived.h"

/// got.S: whether `address` is what the GOT holds for archived::initialised.
extern "C" uint64_t image_is_in_got(uint64_t address);

namespace {

POSTERN_DATA(bob) uint64_t bobs_number = 70;
POSTERN_DATA(bob) uint64_t *bobs_pointer = &bobs_number;
POSTERN_BSS(bob) uint64_t bobs_zeros[8];
uint64_t monitors_number = 90;

uint64_t count_bob() {
    return ++*bobs_pointer + ++bobs_zeros[5];
}
uint64_t read_archive() {
    return archived::initialised;
}
uint64_t read_album_of_archive() {
    return archived::shared_initialised + archived::shared_zeroed[1];
}

constexpr rt::Entry<Domain::bob, count_bob> count_bob_entry;
constexpr rt::Entry<Domain::bob, read_archive> bob_reads_archive;
constexpr rt::Entry<Domain::bob, read_album_of_archive> bob_reads_album_of_archive;

uint64_t address_of(const volatile void *object) {
    return reinterpret_cast<uint64_t>(object);
}

/// Whether the object is in `domain`'s memory and in no other domain's.
template <class T>
bool lies_in(Domain domain, const T &object) {
    const bool alices = rt::domain::owns(Domain::alice, address_of(&object), sizeof object);
    const bool bobs = rt::domain::owns(Domain::bob, address_of(&object), sizeof object);
    const bool albums = rt::domain::owns(Domain::album, address_of(&object), sizeof object);
    return alices == (domain == Domain::alice) && bobs == (domain == Domain::bob) &&
           albums == (domain == Domain::album);
}

} // namespace

POSTERN_TEST("run.placing.annotated_object", SHOWS(archives_go_into_a_domain)) {
    EXPECT(lies_in(Domain::bob, bobs_number));
    EXPECT(lies_in(Domain::bob, bobs_pointer));
    EXPECT(lies_in(Domain::bob, bobs_zeros));
    EXPECT_EQUAL(rt::call<Domain::bob>(count_bob_entry).value_or(0), 72);
    EXPECT_EQUAL(rt::call<Domain::bob>(count_bob_entry).value_or(0), 74);
    EXPECT(!rt::domain::owns(Domain::alice, address_of(&monitors_number), 8));
    EXPECT(!rt::domain::owns(Domain::bob, address_of(&monitors_number), 8));
    EXPECT_EQUAL(++monitors_number, 91);
}

POSTERN_TEST("run.placing.whole_archive", SHOWS(archives_go_into_a_domain)) {
    EXPECT(lies_in(Domain::alice, archived::initialised));
    EXPECT(lies_in(Domain::alice, archived::zeroed));
    EXPECT_EQUAL(rt::call<Domain::alice>(archived_count).value_or(0), 1012);
    EXPECT_EQUAL(rt::call<Domain::alice>(archived_count).value_or(0), 1023);
    EXPECT(bool(rt::call<Domain::alice>(archived_greet)));
}

POSTERN_TEST("run.placing.annotated_object_in_an_archive", SHOWS(archives_go_into_a_domain)) {
    EXPECT(lies_in(Domain::album, archived::shared_initialised));
    EXPECT(lies_in(Domain::album, archived::shared_zeroed));
    EXPECT_EQUAL(rt::call<Domain::bob>(bob_reads_album_of_archive).value_or(0), 2000);
}

POSTERN_TEST("deny.placing.archive_of_another_domain", SHOWS(archives_go_into_a_domain)) {
    EXPECT(bool(rt::call<Domain::bob>(count_bob_entry)));
    const auto denied = rt::call<Domain::bob>(bob_reads_archive);
    EXPECT(!denied) &&
        EXPECT_FAULT(denied.fault(), .kind = rt::FaultKind::read, .domain = Domain::bob,
                     .signal = 11, .code = 4, .address = address_of(&archived::initialised),
                     .key = static_cast<int>(rt::key::key_of(Domain::alice).raw()));
}

POSTERN_TEST("run.placing.got_at_the_high_base", SHOWS(archives_go_into_a_domain)) {
    EXPECT_EQUAL(image_is_in_got(address_of(&archived::initialised)), 1);
    EXPECT_EQUAL(image_is_in_got(address_of(&archived::initialised) + 8), 0);
    EXPECT(address_of(&archived::initialised) >> 32 != 0);
}
