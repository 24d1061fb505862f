/// The text as start-up patches it, and the table of its sites in words.
#include "tests/image/alternatives.h"

#include <cstdio>

#include "rt/patch/nops.h"

namespace image {

namespace {

using rt::patch::Feature;
using rt::patch::Features;

struct Named {
    const char *name;
    Feature feature;
};
#define FEATURE(name, number) {#name, Feature::name},
constexpr Named names[] = {RT_FEATURES(FEATURE)};
#undef FEATURE

} // namespace

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
