/// The memory map of an image from its first byte to its last, without gaps.
#include "linker/audit/strips.h"

#include <algorithm>

namespace linker::audit {
namespace {

/// The parts of a thread's slot. rt/domain/tag.cc makes exactly these accessible.
void add_slot(std::vector<Strip> &all, uint64_t slot) {
    const auto add = [&](uint64_t begin, uint64_t end, unsigned key, const char *name) {
        all.push_back({Strip::Kind::memory, slot + begin, slot + end, key, name});
    };
    add(POSTERN_SLOT_PRIVATE, POSTERN_SLOT_PUBLIC, POSTERN_KEY_MONITOR, "thread's private page");
    add(POSTERN_SLOT_PUBLIC, POSTERN_SLOT_PUBLIC + POSTERN_PAGE, POSTERN_KEY_SHARED,
        "thread's public page");
    add(POSTERN_SLOT_HANDLER, POSTERN_SLOT_HANDLER_END, POSTERN_KEY_MONITOR,
        "stack of signal handlers");
    add(POSTERN_SLOT_STACK, POSTERN_SLOT_SIZE, POSTERN_KEY_MONITOR,
        "alternate stacks (key 15 before Linux 6.12)");
}

/// Whether a range that start-up reserves or maps holds an address.
bool is_reserved(const Facts &facts, uint64_t address) {
    return address >= facts.regions_begin && address < facts.regions_end;
}

} // namespace

std::vector<Strip> strips(const Facts &facts) {
    std::vector<Strip> known;
    for (const auto &range : facts.loaded) {
        const char *rights = range.is_executable ? ", executable" : ", read-only";
        known.push_back(
            {Strip::Kind::memory, range.begin, range.end, range.key, range.name + rights});
    }
    for (const auto &region : facts.regions) {
        const auto &record = region.record;
        if (record.kind == Kind::arena) {
            for (uint64_t slot = record.begin; slot < record.end; slot += POSTERN_SLOT_SIZE) {
                add_slot(known, slot);
            }
        } else if (record.begin != record.end) {
            const char *rights =
                record.kind == Kind::arguments ? ", read-only, as far as used" : "";
            known.push_back(
                {Strip::Kind::memory, record.begin, record.end, record.number, region.name + rights});
        }
    }
    std::sort(known.begin(), known.end(),
              [](const auto &a, const auto &b) { return a.begin < b.begin; });

    std::vector<Strip> all;
    const auto fill = [&](uint64_t begin, uint64_t end) {
        const auto kind = is_reserved(facts, begin) || end - begin == POSTERN_PAGE
                              ? Strip::Kind::inaccessible
                              : Strip::Kind::unmapped;
        if (begin < end) {
            all.push_back({kind, begin, end, 0, ""});
        }
    };
    uint64_t at = known.empty() ? 0 : known.front().begin;
    for (const auto &strip : known) {
        if (at < facts.regions_begin && strip.begin >= facts.regions_begin) {
            fill(at, facts.regions_begin);
            at = facts.regions_begin;
        }
        fill(at, strip.begin);
        all.push_back(strip);
        at = strip.end;
    }
    fill(at, facts.regions_end);
    return all;
}

} // namespace linker::audit
