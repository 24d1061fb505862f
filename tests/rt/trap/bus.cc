/// Bus errors: memory that the kernel cannot supply, and misaligned accesses.
#include <asm/unistd.h>
#include <linux/mman.h>

#include "rt/sys/call.h"
#include "rt/sys/memory.h"
#include "tests/rt/trap/whole.h"

namespace {

using rt::base::must;
using rt::sys::call_raw;
using rt::sys::result_of;

POSTERN_DATA(alice) uint64_t alice_words[2] = {0x0807060504030201, 0x100f0e0d0c0b0a09};

constexpr uint64_t page = POSTERN_PAGE;

/// Two pages of shared memory that has one, with alice's key: the mapping grows, and its file does
/// not.
uint64_t map_beyond_the_end() {
    const auto one = must(result_of<uint64_t>(call_raw(__NR_mmap, 0, page, PROT_READ | PROT_WRITE,
                                                       MAP_SHARED | MAP_ANONYMOUS, -1)),
                          "mapping shared memory");
    const auto begin =
        must(result_of<uint64_t>(call_raw(__NR_mremap, one, page, 2 * page, MREMAP_MAYMOVE)),
             "growing the mapping");
    must(rt::sys::pkey_mprotect(rt::base::Region::from_raw(begin, begin + 2 * page),
                                rt::sys::Protection::read_write, static_cast<int>(rt::key::key_of(Domain::alice).raw())),
         "tagging the mapping");
    return begin;
}

whole::Whole bus_error(const char *rip, uint64_t address, uint64_t error_code) {
    return {{.kind = rt::FaultKind::alignment,
             .domain = Domain::alice,
             .signal = 7,
             .code = 2, // BUS_ADRERR
             .address = address},
            {.cr2 = address, .error_code = error_code, .trap_number = 14},
            whole::registers_at(rip, address, Domain::alice)};
}

} // namespace

POSTERN_TEST("deny.fault.past_the_end_of_a_file", SHOWS(fault_kinds_are_whole),
             NEEDS_KEYS("maps memory into this process, where no domain runs")) {
    const uint64_t begin = map_beyond_the_end();
    EXPECT_EQUAL(rt::call<Domain::alice>(whole::write, begin + page - 1).value_or(0), 1);
    EXPECT_EQUAL(rt::call<Domain::alice>(whole::read, begin + page - 1).value_or(0), 0x5a);

    const uint64_t behind = begin + page;
    const auto read = rt::call<Domain::alice>(whole::read, behind);
    EXPECT(!read) && whole::expect(read.fault(), bus_error(test_read_at, behind, whole::user));
    const auto written = rt::call<Domain::alice>(whole::write, behind);
    EXPECT(!written) && whole::expect(written.fault(), bus_error(test_write_at, behind,
                                                                 whole::user | whole::writing));
    call_raw(__NR_munmap, begin, 2 * page);
}

POSTERN_TEST("deny.fault.misaligned_access", SHOWS(fault_kinds_are_whole)) {
    constexpr rt::Entry<Domain::alice, test_misaligned> misaligned;
    const uint64_t words = whole::address_of(alice_words[0]);
    EXPECT_EQUAL(rt::call<Domain::alice>(misaligned, words).value_or(0), 0x0807060504030201);
    const auto denied = rt::call<Domain::alice>(misaligned, words + 1);
    if (denied && harness::arguments().environment("POSTERN_EMULATED") != nullptr) {
        harness::skip("the emulator does not trap misaligned accesses with AC set");
        return;
    }
    if (!EXPECT(!denied)) {
        return;
    }
    auto wanted = bus_error(test_misaligned_at, 0, 0);
    wanted.fault.code = 1; // BUS_ADRALN, without an address [linux traps.c v6.12]
    wanted.info.trap_number = 17;
    wanted.registers.rdi = words + 1;
    wanted.registers.rflags = 0x40000; // AC, as the domain set it
    whole::expect(denied.fault(), wanted);
    EXPECT_EQUAL(rt::call<Domain::alice>(misaligned, words).value_or(0), 0x0807060504030201);
}
