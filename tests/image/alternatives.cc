/// The table of sites that start-up patches, as the file has it.
#include "tests/image/alternatives.h"

#include <cstdio>

#include "rt/patch/nops.h"

namespace image {

namespace {

using rt::patch::Feature;
using rt::patch::Features;
using Row = rt::patch::Alternative;

struct Named {
    const char *name;
    Feature feature;
};
#define FEATURE(name, number) {#name, Feature::name},
constexpr Named names[] = {RT_FEATURES(FEATURE)};
#undef FEATURE

uint64_t distant(uint64_t from, int32_t distance) {
    return from + static_cast<uint64_t>(static_cast<int64_t>(distance));
}

/// The target of a site's jump, by the four bytes after its opcode.
uint64_t target_of(const Image &image, const Alternative &row) {
    const auto distance = image.read<int32_t>(image.offset_of(row.bytes, row.count) + 1);
    return distant(row.site + row.count, distance);
}

} // namespace

std::vector<Alternative> alternatives_of(const Image &image) {
    const uint64_t begin = image.symbol("__alternatives_start");
    const uint64_t end = image.symbol("__alternatives_end");
    if (end < begin || (end - begin) % sizeof(Row) != 0) {
        throw Unreadable(image.name() + ": the table of alternatives is not made of whole rows");
    }
    std::vector<Alternative> rows;
    for (uint64_t at = begin; at != end; at += sizeof(Row)) {
        const auto row = image.read<Row>(image.offset_of(at, sizeof(Row)));
        rows.push_back({.site = distant(at + offsetof(Row, site_distance), row.site_distance),
                        .bytes = distant(at + offsetof(Row, bytes_distance), row.bytes_distance),
                        .length = row.length,
                        .count = row.count,
                        .feature = row.feature});
    }
    return rows;
}

std::string name_of(Feature feature) {
    for (const auto &named : names) {
        if (named.feature == feature) {
            return named.name;
        }
    }
    return "";
}

Bytes patched(const Image &image, Features features) {
    Bytes bytes = image.bytes();
    for (const auto &row : alternatives_of(image)) {
        if (features.has(row.feature)) {
            rt::patch::fill(bytes.data() + image.offset_of(row.site, row.length), row.length,
                            image.bytes().data() + image.offset_of(row.bytes, row.count),
                            row.count);
        }
    }
    return bytes;
}

Features features_named(const std::string &list) {
    Features features;
    for (std::size_t at = 0; at <= list.size();) {
        const auto comma = std::min(list.find(',', at), list.size());
        const std::string name = list.substr(at, comma - at);
        bool known = false;
        for (const auto &named : names) {
            if (named.name == name) {
                features = features.with(named.feature);
                known = true;
            }
        }
        if (!known) {
            throw Unreadable("'" + name + "': no such feature: see RT_FEATURES");
        }
        at = comma + 1;
    }
    return features;
}

void print_sites(const Image &image) {
    for (const auto &row : alternatives_of(image)) {
        const std::string to = row.count == 0 ? "nops" : image.place(target_of(image, row));
        std::printf("%s %s/%s %s %s\n", hex(row.site).c_str(), image.place(row.site).c_str(),
                    hex(row.length).c_str(), name_of(row.feature).c_str(), to.c_str());
    }
}

} // namespace image
