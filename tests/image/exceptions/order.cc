/// Rows that arrive in the wrong order are found all the same: the linker has sorted them.
#include "rt/sys/memory.h"
#include "rt/uaccess/exception_table.h"
#include "tests/harness/harness.h"

extern "C" {
uint64_t rt_uaccess_order_first(uintptr_t from);
uint64_t rt_uaccess_order_second(uintptr_t from);
extern const char rt_uaccess_order_first_access[], rt_uaccess_order_first_fault[];
extern const char rt_uaccess_order_second_access[], rt_uaccess_order_second_fault[];
}

namespace {

POSTERN_BSS(owner) alignas(POSTERN_PAGE) char page[POSTERN_PAGE];

uintptr_t address_of(const void *code) {
    return reinterpret_cast<uintptr_t>(code);
}

/// The row of the table that an instruction has, from 0; the number of rows if it has none.
size_t row_of(const void *instruction) {
    const auto count = static_cast<size_t>(__stop___ex_table - __start___ex_table);
    for (size_t i = 0; i < count; ++i) {
        if (__start___ex_table[i].instruction_address() == address_of(instruction)) {
            return i;
        }
    }
    return count;
}

void protect(rt::sys::Protection protection) {
    const auto region =
        rt::base::Region::from_raw(address_of(page), address_of(page) + sizeof page);
    const int key =
        rt::key::has_keys() ? static_cast<int>(rt::key::key_of(Domain::owner).raw()) : -1;
    EXPECT(bool(rt::sys::pkey_mprotect(rt::domain::seen(region), protection, key)));
}

uint64_t in_window(uint64_t load(uintptr_t)) {
    const rt::UserAccess window(Domain::owner);
    return load(rt::domain::seen(address_of(page)));
}

} // namespace

POSTERN_TEST("run.exception_table.rows_are_sorted_by_their_code", SHOWS(exception_table_is_sound)) {
    EXPECT(address_of(rt_uaccess_order_first_access) < address_of(rt_uaccess_order_second_access));
    EXPECT_EQUAL(row_of(rt_uaccess_order_second_access), row_of(rt_uaccess_order_first_access) + 1);
    const auto count = static_cast<size_t>(__stop___ex_table - __start___ex_table);
    for (size_t i = 1; i < count; ++i) {
        EXPECT(__start___ex_table[i - 1].instruction_address() <
               __start___ex_table[i].instruction_address());
    }
}

POSTERN_TEST("run.exception_table.every_row_is_found", SHOWS(exception_table_is_sound)) {
    const auto count = static_cast<size_t>(__stop___ex_table - __start___ex_table);
    for (size_t i = 0; i < count; ++i) {
        const auto &row = __start___ex_table[i];
        EXPECT_EQUAL(rt::uaccess::fixup_of(row.instruction_address()), row.fixup_address());
        EXPECT_EQUAL(rt::uaccess::fixup_of(row.instruction_address() + 1), 0);
        EXPECT_EQUAL(rt::uaccess::fixup_of(row.instruction_address() - 1), 0);
    }
    EXPECT_EQUAL(rt::uaccess::fixup_of(address_of(rt_uaccess_order_first_access)),
                 address_of(rt_uaccess_order_first_fault));
    EXPECT_EQUAL(rt::uaccess::fixup_of(address_of(rt_uaccess_order_second_access)),
                 address_of(rt_uaccess_order_second_fault));
    EXPECT_EQUAL(rt::uaccess::fixup_of(0), 0);
    EXPECT_EQUAL(rt::uaccess::fixup_of(~uintptr_t{0}), 0);
}

POSTERN_TEST("deny.exception_table.each_row_leads_to_its_own_fixup",
             SHOWS(exception_table_is_sound)) {
    EXPECT_EQUAL(in_window(rt_uaccess_order_first), 0);
    EXPECT_EQUAL(in_window(rt_uaccess_order_second), 0);
    protect(rt::sys::Protection::none);
    EXPECT_EQUAL(in_window(rt_uaccess_order_first), 1);
    EXPECT_EQUAL(in_window(rt_uaccess_order_second), 1);
    protect(rt::sys::Protection::read_write);
    EXPECT_EQUAL(in_window(rt_uaccess_order_first), 0);
}
