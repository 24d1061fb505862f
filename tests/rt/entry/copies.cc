/// Copies by the back end of a domain that is named, and what a back end must have.
#include "tests/rt/uaccess/places.h"

namespace {

using places::alice_word;
using places::bob_word;
using places::claim;
using rt::entry::IsBackend;

struct Whole : rt::entry::Backend<Domain::alice> {};
struct LeavesAnotherFrame : Whole {
    struct Frame {};
};
struct DoesNotCopyIn : Whole {
    static void copy_from(void *, rt::Claimed &&, size_t);
};
struct DoesNotCopyOut : Whole {
    static void copy_to(rt::Claimed, const void *, size_t);
};
struct LendsNoView : Whole {
    template <class... Loans>
    static void lend();
};
struct CallsNothing : Whole {
    template <class... Loans>
    static void call(const uint64_t *, const void *);
};
static_assert(IsBackend<Whole>);
static_assert(!IsBackend<LeavesAnotherFrame>);
static_assert(!IsBackend<DoesNotCopyIn> && !IsBackend<DoesNotCopyOut>);
static_assert(!IsBackend<LendsNoView> && !IsBackend<CallsNothing>);

} // namespace

POSTERN_TEST("run.uaccess.copies_of_a_named_domain") {
    const uint64_t before = 0x0807060504030201;
    uint64_t word = 0;
    EXPECT(bool(rt::copy_from_domain<Domain::alice>(&word, claim(alice_word), sizeof word)));
    EXPECT_EQUAL(word, before);
    word = 0x5a5a;
    EXPECT(bool(rt::copy_to_domain<Domain::alice>(claim(alice_word), &word, sizeof word)));
    EXPECT_EQUAL(rt::get_user<uint64_t>(Domain::alice, claim(alice_word)).value_or(0), 0x5a5a);
    EXPECT(bool(rt::copy_to_domain<Domain::alice>(claim(alice_word), &before, sizeof before)));
    EXPECT(places::is_closed());
}

POSTERN_TEST("deny.uaccess.copies_of_a_named_domain", SHOWS(copies_check_ranges)) {
    EXPECT(bool(rt::put_user(Domain::bob, claim(bob_word), uint64_t{0x5b0b})));
    uint64_t words[] = {1, 2};
    const auto others =
        rt::copy_from_domain<Domain::alice>(words, claim(bob_word), sizeof bob_word);
    EXPECT(!others && others.error() == rt::Errno::bad_address);
    EXPECT_EQUAL(words[0], 0);
    EXPECT_EQUAL(words[1], 2);
    EXPECT(!rt::copy_to_domain<Domain::alice>(claim(bob_word), words, sizeof bob_word));
    EXPECT_EQUAL(rt::get_user<uint64_t>(Domain::bob, claim(bob_word)).value_or(0), 0x5b0b);

    const auto too_much =
        rt::copy_from_domain<Domain::alice>(words, claim(alice_word), sizeof words + 1);
    EXPECT(!too_much && too_much.copied() == 0);
    EXPECT_EQUAL(words[1], 0);
}
