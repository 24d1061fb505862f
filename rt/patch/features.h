/// Which features hold on this machine: a pure function of the facts about it.
#pragma once

#include "rt/key/isolation.h"
#include "rt/key/processor.h"
#include "rt/patch/alternative.h"

namespace rt::patch {

/// A set of features.
class Features {
public:
    constexpr Features with(Feature feature) const {
        Features more = *this;
        more.bits_ = static_cast<uint16_t>(bits_ | bit(feature));
        return more;
    }
    constexpr bool has(Feature feature) const { return (bits_ & bit(feature)) != 0; }

private:
    static constexpr unsigned bit(Feature feature) { return 1u << static_cast<unsigned>(feature); }
    uint16_t bits_ = 0;
};

constexpr Feature wipe_of(uint64_t vector_depth) {
    switch (vector_depth) {
    case RT_WIPE_AVX512:
        return Feature::wipe_avx512;
    case RT_WIPE_AVX:
        return Feature::wipe_avx;
    default:
        return Feature::wipe_sse;
    }
}

/// The registers of rt/memory. On Intel's processors before those with FSRM, registers of 64 bytes
/// slow the clock.
constexpr Features with_vectors(Features features, const key::Processor &processor) {
    if (!processor.avx2 || processor.vector_depth == RT_WIPE_SSE) {
        return features;
    }
    features = features.with(Feature::avx2);
    return processor.fsrm && processor.vector_depth == RT_WIPE_AVX512
               ? features.with(Feature::avx512)
               : features;
}

/// Of a run in which each domain, or none, has an address space of its own.
constexpr Features features_of(const key::Processor &processor, key::Isolation isolation) {
    Features features = Features().with(wipe_of(processor.vector_depth));
    features = processor.fsrm ? features.with(Feature::fsrm) : features;
    features = with_vectors(features, processor);
    switch (isolation) {
    case key::Isolation::keys:
        return features;
    case key::Isolation::spaces:
        return features.with(Feature::no_keys).with(Feature::spaces).with(Feature::apart);
    case key::Isolation::none:
        return features.with(Feature::no_keys);
    }
    __builtin_unreachable();
}

} // namespace rt::patch
