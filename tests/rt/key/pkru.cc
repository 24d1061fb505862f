/// PKRU values, rights and views: pure values.
#include "rt/key/pkru.h"
#include "rt/key/view.h"
#include "tests/harness/harness.h"

using rt::key::Pkey;
using rt::key::Pkru;
using rt::key::Rights;

namespace {

constexpr Rights all_rights[] = {Rights::full, Rights::none, Rights::read_only};

} // namespace

POSTERN_TEST("unit.pkru.the_source_documents_value") {
    // WD0, key 1 open, all others closed: what the question runs its user under.
    const Pkru user =
        Pkru().with(rt::key::shared_key, Rights::read_only).with(Pkey::from_raw(1), Rights::full);
    EXPECT_EQUAL(user.raw(), 0x55555552);
    EXPECT(user.rights(rt::key::shared_key) == Rights::read_only);
    EXPECT(user.rights(Pkey::from_raw(1)) == Rights::full);
    for (unsigned key = 2; key < Pkey::count; ++key) {
        EXPECT(user.rights(Pkey::from_raw(key)) == Rights::none);
    }
}

POSTERN_TEST("unit.pkru.closed_until_opened") {
    EXPECT_EQUAL(Pkru().raw(), 0x55555555);
    for (unsigned key = 0; key < Pkey::count; ++key) {
        EXPECT(Pkru().rights(Pkey::from_raw(key)) == Rights::none);
    }
}

POSTERN_TEST("unit.pkru.rights_of_one_key_leave_the_others_alone") {
    for (unsigned key = 0; key < Pkey::count; ++key) {
        for (const Rights rights : all_rights) {
            const Pkru one = Pkru::from_raw(0xa5a5a5a5).with(Pkey::from_raw(key), rights);
            EXPECT(one.rights(Pkey::from_raw(key)) == rights);
            EXPECT_EQUAL(one.raw() & ~(3u << (2 * key)), 0xa5a5a5a5 & ~(3u << (2 * key)));
        }
    }
}

POSTERN_TEST("unit.pkru.access_disable_includes_writing") {
    // Both bits set: reading is refused too. [sdm-3 4.6.2]
    EXPECT(Pkru::from_raw(3).rights(Pkey::from_raw(0)) == Rights::none);
    EXPECT(Pkru::from_raw(2).rights(Pkey::from_raw(0)) == Rights::read_only);
    EXPECT(Pkru::from_raw(0).rights(Pkey::from_raw(0)) == Rights::full);
}

POSTERN_TEST("unit.view.a_domain_opens_its_own_key_and_the_frame_key_alone") {
    for (unsigned own = POSTERN_KEY_FIRST_DOMAIN; own <= POSTERN_KEY_LAST_DOMAIN; ++own) {
        const Pkru view = rt::key::domain_view(Pkey::from_raw(own));
        for (unsigned key = 0; key < Pkey::count; ++key) {
            const bool open = key == own || key == POSTERN_KEY_FRAME;
            const Rights wanted = key == POSTERN_KEY_SHARED ? Rights::read_only
                                  : open                    ? Rights::full
                                                            : Rights::none;
            EXPECT(view.rights(Pkey::from_raw(key)) == wanted);
        }
        EXPECT(rt::key::owner_of(view) == Pkey::from_raw(own));
    }
}

// Data domains have keys above all domains' keys: whatever of them is open, the lowest open key is
// the owner's.
POSTERN_TEST("unit.view.the_owner_is_the_lowest_open_key", SHOWS(shared_data_has_its_own_key)) {
    for (unsigned own = POSTERN_KEY_FIRST_DOMAIN; own <= POSTERN_KEY_LAST_DOMAIN; ++own) {
        Pkru view = rt::key::domain_view(Pkey::from_raw(own));
        for (unsigned data = POSTERN_KEY_LAST_DOMAIN; data > own; --data) {
            const Rights rights = data % 2 == 0 ? Rights::read_only : Rights::full;
            view = view.with(Pkey::from_raw(data), rights);
            EXPECT(rt::key::owner_of(view) == Pkey::from_raw(own));
        }
        EXPECT(rt::key::owner_of(view.with(rt::key::shared_key, Rights::full)) ==
               Pkey::from_raw(own));
    }
}

POSTERN_TEST("unit.view.the_monitor_has_every_domain_closed") {
    for (unsigned key = POSTERN_KEY_FIRST_DOMAIN; key <= POSTERN_KEY_LAST_DOMAIN; ++key) {
        EXPECT(rt::key::monitor_view.rights(Pkey::from_raw(key)) == Rights::none);
    }
    EXPECT(rt::key::monitor_view.rights(rt::key::shared_key) == Rights::full);
    EXPECT(rt::key::monitor_view.rights(rt::key::monitor_key) == Rights::full);
    EXPECT(rt::key::owner_of(rt::key::monitor_view) == rt::key::monitor_key);
}

POSTERN_TEST("run.view.main_runs_under_the_monitors") {
    EXPECT_EQUAL(rt::key::read_pkru().raw(), rt::key::monitor_view.raw());
}
