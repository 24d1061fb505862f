/// Plants for the checks of the alternatives.
#include <algorithm>

#include "tests/image/alternatives.h"
#include "tests/image/planting.h"

namespace image {
namespace {

using rt::patch::Feature;
using Row = rt::patch::Alternative;

/// The offset in the file of the first row with `feature`.
std::size_t row_for(const Image &image, Feature feature) {
    const auto rows = alternatives_of(image);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].feature == feature) {
            return image.offset_of(image.symbol("__alternatives_start")) + i * sizeof(Row);
        }
    }
    throw Unreadable("no row for " + name_of(feature));
}

/// Changes that row.
template <class Change>
void change_row(const Image &good, Bytes &bytes, Feature feature, Change change) {
    const std::size_t at = row_for(good, feature);
    auto row = good.read<Row>(at);
    change(row);
    put(bytes, at, row);
}

} // namespace

std::vector<Plant> patching_plants() {
    constexpr const char *table = "alternatives.table";
    constexpr const char *sites = "alternatives.key_instructions_are_sites";
    return {
        // image.planted.site_in_text shows alternatives_are_verified, image_checks_can_fail
        {"site_in_text", table, "is in none of memory functions, gates and trap entry",
         [](const Image &good, Bytes &bytes) {
             change_row(good, bytes, Feature::no_keys,
                        [](Row &row) { row.site_distance -= 0x2000; });
         }},
        // image.planted.site_out_of_order shows alternatives_are_verified, image_checks_can_fail
        {"site_out_of_order", table, "comes before a site at a lower address",
         [](const Image &good, Bytes &bytes) {
             const auto rows = alternatives_of(good);
             const auto first = std::find_if(rows.begin(), rows.end(), [](const auto &row) {
                 return row.feature == Feature::no_keys;
             });
             change_row(good, bytes, Feature::no_keys, [&](Row &row) {
                 row.site_distance += static_cast<int32_t>(rows.back().site - first->site);
             });
         }},
        // image.planted.site_that_reaches_far shows alternatives_are_verified,
        // image_checks_can_fail
        {"site_that_reaches_far", table, "reaches into the next site",
         [](const Image &good, Bytes &bytes) {
             // The gate's jump after the wipe of AVX is 87 bytes after the question before it.
             change_row(good, bytes, Feature::wipe_avx512, [](Row &row) { row.length = 88; });
         }},
        // image.planted.empty_site shows alternatives_are_verified, image_checks_can_fail
        {"empty_site", table, "has 0 bytes for a site of 0",
         [](const Image &good, Bytes &bytes) {
             change_row(good, bytes, Feature::no_keys, [](Row &row) { row.length = 0; });
         }},
        // image.planted.bytes_that_do_not_fit shows alternatives_are_verified,
        // image_checks_can_fail
        {"bytes_that_do_not_fit", table, "has 200 bytes for a site of",
         [](const Image &good, Bytes &bytes) {
             change_row(good, bytes, Feature::wipe_sse, [](Row &row) { row.count = 200; });
         }},
        // image.planted.unknown_feature shows alternatives_are_verified, image_checks_can_fail
        {"unknown_feature", table, "is for a feature that is not known",
         [](const Image &good, Bytes &bytes) {
             change_row(good, bytes, Feature::no_keys,
                        [](Row &row) { row.feature = static_cast<Feature>(99); });
         }},
        // image.planted.bytes_from_the_text shows alternatives_are_verified, image_checks_can_fail
        {"bytes_from_the_text", table, "from elsewhere than .alternatives.bytes",
         [](const Image &good, Bytes &bytes) {
             change_row(good, bytes, Feature::wipe_sse,
                        [](Row &row) { row.bytes_distance = row.site_distance; });
         }},
        // image.planted.replacement_that_is_no_jump shows alternatives_are_verified
        {"replacement_that_is_no_jump", table, "is replaced by something else than a jump",
         [](const Image &good, Bytes &bytes) {
             change_row(good, bytes, Feature::wipe_sse, [](Row &row) { row.count = 4; });
         }},
        // image.planted.replacement_that_jumps_far shows alternatives_are_verified
        {"replacement_that_jumps_far", table, "becomes a jump out of the gates",
         [](const Image &good, Bytes &bytes) {
             for (const auto &row : alternatives_of(good)) {
                 if (row.feature == Feature::wipe_sse) {
                     const uint64_t to = good.symbol("__text_start");
                     const auto distance = static_cast<int32_t>(to - (row.site + row.count));
                     put(bytes, good.offset_of(row.bytes, row.count) + 1, distance);
                 }
             }
         }},
        // image.planted.two_rows_for_one_machine shows alternatives_are_verified,
        // image_checks_can_fail
        {"two_rows_for_one_machine", table, "has two rows that may both hold",
         [](const Image &good, Bytes &bytes) {
             change_row(good, bytes, Feature::wipe_avx512,
                        [](Row &row) { row.feature = Feature::wipe_avx; });
         }},
        // image.planted.two_lengths shows alternatives_are_verified, image_checks_can_fail
        {"two_lengths", table, "has two lengths",
         [](const Image &good, Bytes &bytes) {
             change_row(good, bytes, Feature::wipe_avx, [](Row &row) { row.length -= 1; });
         }},
        // image.planted.half_a_row shows alternatives_are_verified, image_checks_can_fail
        {"half_a_row", table, "not made of whole rows",
         [](const Image &good, Bytes &bytes) {
             move_symbol(good, bytes, "__alternatives_end", good.symbol("__alternatives_end") - 4);
         }},
        {"wrpkru_without_a_row", sites, "is no site of no_keys",
         [](const Image &good, Bytes &bytes) {
             change_row(good, bytes, Feature::no_keys,
                        [](Row &row) { row.feature = Feature::fsrm; });
         }},
        {"site_beside_its_wrpkru", sites, "wrpkru at rt_",
         [](const Image &good, Bytes &bytes) {
             change_row(good, bytes, Feature::no_keys, [](Row &row) { row.site_distance += 1; });
         }},
        {"site_longer_than_its_wrpkru", sites, "wrpkru at rt_",
         [](const Image &good, Bytes &bytes) {
             change_row(good, bytes, Feature::no_keys, [](Row &row) { row.length = 8; });
         }},
        {"replacement_with_a_syscall", "alternatives.patched_text",
         "patched for wipe_sse: another syscall at",
         [](const Image &good, Bytes &bytes) {
             const auto rows = alternatives_of(good);
             const std::vector<unsigned char> syscall{0x0f, 0x05};
             for (const auto &row : rows) {
                 if (row.feature == Feature::wipe_sse) {
                     put_code(good, bytes, row.bytes, syscall);
                 }
             }
         }},
        {"row_that_takes_a_compare_away", "alternatives.patched_text", "without its compares",
         [](const Image &good, Bytes &bytes) {
             const uint64_t compare = behind(good, "rt_gate_leave", {0x0f, 0x01, 0xef});
             const auto rows = alternatives_of(good);
             for (std::size_t i = 0; i < rows.size(); ++i) {
                 if (rows[i].feature == Feature::wipe_avx) {
                     const std::size_t at =
                         good.offset_of(good.symbol("__alternatives_start")) + i * sizeof(Row);
                     auto row = good.read<Row>(at);
                     row.site_distance += static_cast<int32_t>(compare - rows[i].site);
                     put(bytes, at, row);
                     return;
                 }
             }
         }},
        {"patcher_among_the_gates", "alternatives.patcher_outside",
         "crt_memcpy lies in the patched pages",
         [](const Image &good, Bytes &bytes) {
             move_symbol(good, bytes, "crt_memcpy", good.symbol("__gate_end"));
         }},
    };
}

} // namespace image
