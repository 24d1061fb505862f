/// The processor that this runs on: what start-up decided is what its leaves say.
#include "rt/key/processor.h"
#include "rt/base/slot.h"
#include "tests/harness/harness.h"

using rt::key::Processor;

namespace {

bool same_text(const char *one, const char *other) {
    while (*one != '\0' && *one == *other) {
        ++one;
        ++other;
    }
    return *one == *other;
}

uint64_t read_gs_base() {
    uint64_t base;
    asm volatile("rdgsbase %0" : "=r"(base));
    return base;
}

} // namespace

POSTERN_TEST("run.processor.start_up_decided_what_the_leaves_say", SHOWS(cpuid_is_read_right)) {
    const Processor processor = rt::key::decode(rt::key::read_all_leaves());
    EXPECT(processor.refusal == nullptr); // this program runs, so it was not refused
    EXPECT_EQUAL(rt::base::slot().wipe_level, processor.vector_depth);
    const Processor at_start = rt::key::decode(rt::key::read_start_leaves());
    EXPECT(at_start.refusal == nullptr);
    EXPECT_EQUAL(at_start.vector_depth, processor.vector_depth);
}

POSTERN_TEST("run.processor.has_what_the_leaves_say", SHOWS(cpuid_is_read_right)) {
    const Processor processor = rt::key::decode(rt::key::read_all_leaves());
    EXPECT(processor.osxsave && processor.pku && processor.ospke && processor.fsgsbase);
    EXPECT_EQUAL(read_gs_base(), reinterpret_cast<uint64_t>(&rt::base::slot()));
    EXPECT_EQUAL(rt::key::pkru_offset(), processor.pkru_offset);
    EXPECT(processor.pkru_offset + sizeof(uint32_t) <= processor.xsave_bytes);
    EXPECT(!same_text(processor.vendor.text, "") && processor.family >= 6);
}
