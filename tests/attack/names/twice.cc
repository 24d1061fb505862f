/// Two domains and the app have one library, in versions that count by 1, 100 and 10,000;
/// alice also has names of the runtime's and of the app's static library.
#include "tests/attack/names/twice.h"

#include "tests/attack/names/library.h"
#include "tests/harness/harness.h"

/// helper.cc.
extern "C" bool are_equal(const unsigned char *a, const unsigned char *b, unsigned long bytes);
extern "C" uint64_t weigh(uint64_t value);
extern "C" uint64_t keyed_hash(uint64_t value);
uint64_t keyed_hash(uint64_t value) {
    return value * 31;
}

namespace {

#define ENTRIES(function)                                                                          \
    constexpr rt::Entry<Domain::alice, alice::function> alices_##function;                         \
    constexpr rt::Entry<Domain::bob, bob::function> bobs_##function;
ENTRIES(count)
ENTRIES(count_inline)
ENTRIES(count_in_a_template)
ENTRIES(count_by_a_class)
ENTRIES(count_in_common)
ENTRIES(count_on_the_board)
#undef ENTRIES
constexpr rt::Entry<Domain::alice, alice::hold_on> alices_hold_on;

template <class Entry>
uint64_t alices(Entry entry, uint64_t by) {
    return rt::call<Domain::alice>(entry, by).value_or(0);
}
template <class Entry>
uint64_t bobs(Entry entry, uint64_t by) {
    return rt::call<Domain::bob>(entry, by).value_or(0);
}

bool alice_is_linked() {
    return EXPECT_EQUAL(alices(alices_hold_on, 5), 5);
}

volatile unsigned char right[16] = "the right tag";
volatile unsigned char wrong[16] = "another tag";

} // namespace

POSTERN_TEST("run.names.one_library_in_two_domains", SHOWS(names_of_a_domain_are_its_own)) {
    EXPECT_EQUAL(alices(alices_count, 2), 2);
    EXPECT_EQUAL(bobs(bobs_count, 2), 200);
    EXPECT_EQUAL(alices(alices_count, 3), 5);
    EXPECT_EQUAL(bobs(bobs_count, 3), 500);
}

POSTERN_TEST("run.names.one_inline_variable_in_two_domains", SHOWS(names_of_a_domain_are_its_own)) {
    EXPECT_EQUAL(alices(alices_count_inline, 2), 2);
    EXPECT_EQUAL(bobs(bobs_count_inline, 2), 200);
    EXPECT_EQUAL(library::inline_count += STEP, 10'000);
    EXPECT_EQUAL(alices(alices_count_inline, 3), 5);
}

POSTERN_TEST("run.names.one_template_in_two_domains", SHOWS(names_of_a_domain_are_its_own)) {
    EXPECT_EQUAL(alices(alices_count_in_a_template, 1), 2);
    EXPECT_EQUAL(bobs(bobs_count_in_a_template, 1), 101);
    EXPECT_EQUAL(alices(alices_count_in_a_template, 1), 3);
}

POSTERN_TEST("run.names.one_class_in_two_domains", SHOWS(names_of_a_domain_are_its_own)) {
    EXPECT_EQUAL(alices(alices_count_by_a_class, 4), 4);
    EXPECT_EQUAL(bobs(bobs_count_by_a_class, 4), 400);
    EXPECT_EQUAL(alices(alices_count_by_a_class, 4), 8);
}

POSTERN_TEST("run.names.one_common_variable_in_two_domains", SHOWS(names_of_a_domain_are_its_own)) {
    EXPECT_EQUAL(alices(alices_count_in_common, 6), 6);
    EXPECT_EQUAL(bobs(bobs_count_in_common, 6), 600);
    EXPECT_EQUAL(alices(alices_count_in_common, 6), 12);
}

POSTERN_TEST("run.names.a_variable_of_a_data_domain_is_one", SHOWS(names_of_a_domain_are_its_own)) {
    EXPECT_EQUAL(alices(alices_count_on_the_board, 7), 7);
    EXPECT_EQUAL(bobs(bobs_count_on_the_board, 7), 14);
    uint64_t counted = 0;
    EXPECT(bool(rt::copy_from_domain(Domain::board, &counted,
                                     rt::Claimed::of(&library::shared_count), sizeof counted)));
    EXPECT_EQUAL(counted, 14);
}

POSTERN_TEST("attack.names.functions_of_the_apps_library", SHOWS(names_of_a_domain_are_its_own),
             TRIES(attack_102)) {
    EXPECT(alice_is_linked());
    EXPECT_EQUAL(weigh(41), 42);
    EXPECT_EQUAL(keyed_hash(2), 62);
}

// Of a comparison with zero clang makes another function than the source names.
POSTERN_TEST("attack.names.functions_that_clang_calls_on_its_own",
             SHOWS(names_of_a_domain_are_its_own), TRIES(attack_102)) {
    EXPECT(alice_is_linked());
    EXPECT(!are_equal(const_cast<unsigned char *>(right), const_cast<unsigned char *>(wrong),
                      sizeof right));
    EXPECT(are_equal(const_cast<unsigned char *>(right), const_cast<unsigned char *>(right),
                     sizeof right));
}

// The process would not have come so far with her crt_begin or prepare.
POSTERN_TEST("attack.names.functions_of_the_runtime", SHOWS(names_of_a_domain_are_its_own),
             TRIES(attack_102)) {
    EXPECT(alice_is_linked());
    unsigned char copy[16] = {};
    size_t bytes = sizeof copy;
    asm("" : "+r"(bytes));
    __builtin_memcpy(copy, const_cast<unsigned char *>(right), bytes);
    EXPECT_EQUAL(copy[0], 't');
}
