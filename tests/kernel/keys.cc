/// Taking and giving back keys, what mappings keep of them, what smaps tells. [pkeys(7)]
#include "tests/kernel/answers.h"
#include "tests/kernel/experiment.h"

#include <asm/unistd.h>
#include <linux/mman.h>

#include "rt/sys/call.h"
#include "tests/rt/domain/smaps.h"

using namespace kernel;

namespace {

constexpr int most = 15;

long alloc(long flags, long rights) {
    return rt::sys::call_raw(__NR_pkey_alloc, flags, rights);
}
long give_back(long key) {
    return rt::sys::call_raw(__NR_pkey_free, key);
}
uint32_t pkru() {
    return rt::key::read_pkru().raw();
}

} // namespace

POSTERN_TEST("kernel.keys.fifteen_can_be_taken", SHOWS(kernel_keys_as_documented)) {
    expect_child([] {
        for (long key = 1; key <= most; ++key) {
            CHILD_EQUAL(alloc(0, 0), key); // the lowest free one
        }
        CHILD_EQUAL(alloc(0, 0), enospc);
        CHILD_EQUAL(give_back(9), 0);
        CHILD_EQUAL(give_back(4), 0);
        CHILD_EQUAL(alloc(0, 1), 4);
        CHILD_EQUAL(alloc(0, 2), 9);
        CHILD_EQUAL(alloc(0, 0), enospc);
    });
}

POSTERN_TEST("kernel.keys.rights_go_into_pkru", SHOWS(kernel_keys_as_documented)) {
    expect_child([] {
        CHILD_EQUAL(pkru(), default_pkru);
        CHILD_EQUAL(alloc(0, 0), 1);
        CHILD_EQUAL(pkru(), 0x55555550);
        CHILD_EQUAL(alloc(0, 1), 2);
        CHILD_EQUAL(pkru(), 0x55555550);
        CHILD_EQUAL(alloc(0, 2), 3);
        CHILD_EQUAL(pkru(), 0x55555590);
        CHILD_EQUAL(alloc(0, 3), 4);
        CHILD_EQUAL(pkru(), 0x55555790);
        CHILD_EQUAL(give_back(1), 0); // takes no right away
        CHILD_EQUAL(pkru(), 0x55555790);
    });
}

POSTERN_TEST("kernel.keys.wrong_arguments_are_refused", SHOWS(kernel_keys_as_documented)) {
    expect_child([] {
        CHILD_EQUAL(alloc(1, 0), einval); // flags
        CHILD_EQUAL(alloc(0, 4), einval);
        CHILD_EQUAL(give_back(16), einval);
        CHILD_EQUAL(give_back(-1), einval);
        CHILD_EQUAL(give_back(5), einval); // not allocated
        const Region page = map(POSTERN_PAGE);
        const auto tag = [&](long key) {
            return rt::sys::call_raw(__NR_pkey_mprotect, page.begin(), page.bytes(), 3, key);
        };
        CHILD_EQUAL(tag(5), einval);
        CHILD_EQUAL(tag(16), einval);
        CHILD_EQUAL(tag(0), 0);
        CHILD_EQUAL(tag(-1), 0); // as mprotect
        CHILD_EQUAL(pkru(), default_pkru);
        CHILD_EQUAL(alloc(0, 0), 1); // nothing was taken meanwhile
    });
}

// The manual page warns of this: the next user of the key has the pages, too.
POSTERN_TEST("kernel.keys.a_key_in_use_can_be_given_back", SHOWS(kernel_keys_as_documented)) {
    expect_child([] {
        const int key = take_key();
        const Region page = map(POSTERN_PAGE, Protection::read_write, key);
        CHILD_EQUAL(give_back(key), 0);
        CHILD_EQUAL(smaps::key_at(page.begin()), key);
        CHILD_EQUAL(give_back(key), einval);
        CHILD_EQUAL(take_key(), key);
        CHILD_EQUAL(smaps::key_at(page.begin()), key);
    });
}

POSTERN_TEST("kernel.keys.key_0_can_be_given_back_and_comes_back",
             SHOWS(kernel_keys_as_documented)) {
    expect_child([] {
        CHILD_EQUAL(give_back(0), 0);
        CHILD_EQUAL(alloc(0, 0), 0);
        CHILD_EQUAL(alloc(0, 0), 1);
    });
}

POSTERN_TEST("kernel.keys.smaps_shows_each_mappings_key", SHOWS(kernel_keys_as_documented)) {
    expect_child([] {
        const Region plain = map(POSTERN_PAGE);
        CHILD_EQUAL(smaps::key_at(plain.begin()), 0);
        for (int key = 1; key <= most; ++key) {
            CHILD_EQUAL(take_key(), key);
            const Region pages = map(3 * POSTERN_PAGE, Protection::read_write, key);
            CHILD_EQUAL(smaps::key_at(pages.begin()), key);
            const Region middle =
                Region::from_raw(pages.begin() + POSTERN_PAGE, pages.end() - POSTERN_PAGE);
            CHILD_EXPECT(bool(rt::sys::pkey_mprotect(middle, Protection::read, 0)));
            CHILD_EQUAL(smaps::key_at(middle.begin()), 0);
            CHILD_EQUAL(smaps::key_at(pages.end() - 1), key);
        }
    });
}

POSTERN_TEST("kernel.keys.mprotect_keeps_the_key", SHOWS(kernel_keys_as_documented)) {
    expect_child([] {
        const int key = take_key();
        const Region page = map(POSTERN_PAGE, Protection::read_write, key);
        constexpr long protections[] = {1, 3, 5, 0};
        for (const long protection : protections) {
            CHILD_EQUAL(rt::sys::call_raw(__NR_mprotect, page.begin(), page.bytes(), protection),
                        0);
            CHILD_EQUAL(smaps::key_at(page.begin()), key);
        }
    });
}

// A mapping that may only be executed gets a key that the kernel keeps for itself. [linux pkeys.c
// v6.12]
POSTERN_TEST("kernel.keys.an_exec_only_mapping_takes_one", SHOWS(kernel_keys_as_documented)) {
    expect_child([] {
        kernel_set_pkru(0);
        const long place =
            rt::sys::call_raw(__NR_mmap, 0, POSTERN_PAGE, 4, MAP_PRIVATE | MAP_ANONYMOUS, -1);
        CHILD_EQUAL(smaps::key_at(static_cast<uint64_t>(place)), 1);
        CHILD_EQUAL(pkru(), 0x00000004); // and closes it
        CHILD_EQUAL(alloc(0, 0), 2);
        // A second one shares it; a protection that allows more gives the page back to key 0.
        const Region page = map(POSTERN_PAGE);
        CHILD_EQUAL(rt::sys::call_raw(__NR_mprotect, page.begin(), page.bytes(), 4), 0);
        CHILD_EQUAL(smaps::key_at(page.begin()), 1);
        CHILD_EQUAL(rt::sys::call_raw(__NR_mprotect, page.begin(), page.bytes(), 5), 0);
        CHILD_EQUAL(smaps::key_at(page.begin()), 0);
        // With a key of one's own nothing is taken.
        CHILD_EQUAL(rt::sys::call_raw(__NR_pkey_mprotect, page.begin(), page.bytes(), 4, 2), 0);
        CHILD_EQUAL(smaps::key_at(page.begin()), 2);
    });
}
