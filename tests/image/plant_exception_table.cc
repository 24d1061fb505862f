/// Plants for the checks of the exception table.
#include "rt/uaccess/exception_table.h"
#include "tests/image/planting.h"

namespace image {
namespace {

using rt::uaccess::ExceptionEntry;

/// Changes the first two rows; their distances count from each field's own address.
template <class Change>
void change_rows(const Image &good, Bytes &bytes, Change change) {
    const auto at = good.offset_of(good.symbol("__start___ex_table"), 2 * sizeof(ExceptionEntry));
    auto first = good.read<ExceptionEntry>(at);
    auto second = good.read<ExceptionEntry>(at + sizeof first);
    change(first, second);
    put(bytes, at, first);
    put(bytes, at + sizeof first, second);
}

constexpr int32_t row_bytes = sizeof(ExceptionEntry);

} // namespace

std::vector<Plant> exception_table_plants() {
    return {
        // image.planted.rows_in_the_wrong_order shows image_checks_can_fail
        {"rows_in_the_wrong_order", "exception_table.sorted", "stands behind that of",
         [](const Image &good, Bytes &bytes) {
             change_rows(good, bytes, [](auto &first, auto &second) {
                 const ExceptionEntry was = first;
                 first = {second.instruction + row_bytes, second.fixup + row_bytes};
                 second = {was.instruction - row_bytes, was.fixup - row_bytes};
             });
         }},
        {"row_twice", "exception_table.sorted", "stands behind that of",
         [](const Image &good, Bytes &bytes) {
             change_rows(good, bytes, [](auto &first, auto &second) {
                 second = {first.instruction - row_bytes, first.fixup - row_bytes};
             });
         }},
        // image.planted.row_outside_the_gates shows image_checks_can_fail
        {"row_outside_the_gates", "exception_table.inside_the_gates", "outside the gates",
         [](const Image &good, Bytes &bytes) {
             const auto gates =
                 static_cast<int32_t>(good.symbol("__gate_end") - good.symbol("__gate_start"));
             change_rows(good, bytes,
                         [&](auto &first, auto &) { first.instruction -= (gates | 0xfff) + 1; });
         }},
        {"fixup_outside_the_gates", "exception_table.inside_the_gates", "outside the gates",
         [](const Image &good, Bytes &bytes) {
             change_rows(good, bytes, [&](auto &, auto &second) { second.fixup = 0; });
         }},
        {"fixup_of_another_function", "exception_table.fixup_in_the_same_function",
         "goes on in another function, at rt_uaccess_",
         [](const Image &good, Bytes &bytes) {
             const auto there = static_cast<int32_t>(good.symbol("rt_uaccess_string") -
                                                     good.symbol("rt_uaccess_copy"));
             change_rows(good, bytes, [&](auto &first, auto &) { first.fixup += there; });
         }},
        {"half_a_row", "exception_table.sorted", "not made of whole rows",
         [](const Image &good, Bytes &bytes) {
             move_symbol(good, bytes, "__stop___ex_table", good.symbol("__stop___ex_table") - 4);
         }},
        {"row_missing", "exception_table.every_access_has_a_row", "no row for rt_uaccess_",
         [](const Image &good, Bytes &bytes) {
             move_symbol(good, bytes, "__stop___ex_table", good.symbol("__stop___ex_table") - 8);
         }},
    };
}

} // namespace image
