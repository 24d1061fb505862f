/// Started by a parent that has new code refused (tests/hosted/under_mdwe): nothing is patched, and
/// all works as the file has it.
#include "rt/patch/alternative.h"
#include "rt/patch/apply.h"
#include "tests/harness/harness.h"
#include "tests/rt/patch/file_text.h"

namespace {

uint64_t add(uint64_t a, uint64_t b) {
    return a + b;
}
uint64_t fault() {
    return *reinterpret_cast<volatile uint64_t *>(uintptr_t{0});
}
constexpr rt::Entry<Domain::alice, add> add_entry;
constexpr rt::Entry<Domain::alice, fault> fault_entry;

} // namespace

POSTERN_TEST("run.alternatives.started_without_new_code", SHOWS(works_where_new_code_is_refused)) {
    EXPECT(rt::patch::applied().refused);
    EXPECT(rt::patch::applied().sites > 0);
    EXPECT_EQUAL(rt::patch::applied().patched, 0);
    EXPECT(rt::guarantees().code_gain == rt::syscall::CodeGain::for_good);
    EXPECT_EQUAL(rt::call<Domain::alice>(add_entry, 2ul, 3ul).value_or(0), 5);
    const auto fault = rt::call<Domain::alice>(fault_entry);
    EXPECT(!fault) && EXPECT(fault.fault().kind == rt::FaultKind::read);
    EXPECT_EQUAL(rt::call<Domain::alice>(add_entry, 4ul, 3ul).value_or(0), 7);
}

POSTERN_TEST("run.alternatives.without_new_code_text_is_as_the_file_has_it",
             SHOWS(works_where_new_code_is_refused)) {
    FileText file;
    uint64_t differing = 0;
    for (const char *at = __text_start; at != __text_end; ++at) {
        differing += static_cast<uint8_t>(*at) != file.at(reinterpret_cast<uintptr_t>(at)) ? 1 : 0;
    }
    EXPECT_EQUAL(differing, 0);
}
