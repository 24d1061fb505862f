/// Forged frames that a genuine fault has put on an alternate stack, for a sweep of all of them.
#include "tests/attack/planted.h"

#include "tests/attack/forgery.h"

extern "C" {
/// tests/attack/zmm.S, runs in alice.
uint64_t attack_plant_zmm();
extern const char attack_zmm_words[];
}

namespace attack {

namespace {

constexpr int signals[] = {31, 4, 5, 7, 8, 11, 14, 64};
constexpr State states[] = {State::none, State::wrong, State::genuine};
constexpr size_t signal_count = sizeof signals / sizeof signals[0];
constexpr size_t state_count = sizeof states / sizeof states[0];
constexpr Route by_zmm = {"zmm", 1, sizeof(rt::trap::Frame) / 8, nullptr};

void plant_by_zmm() {
    static_cast<void>(attack_plant_zmm());
}
constexpr rt::Entry<Domain::alice, plant_by_zmm> plant_by_zmm_entry;

/// The register sets of this machine, in the order of the table; all of zmm last.
size_t route_total() {
    return route_count - (has_ymm() ? 0 : 1) + (has_zmm() ? 1 : 0);
}
Route route_of(size_t row) {
    return row < route_count ? route(row) : by_zmm;
}

RegisterFile plant_by(const Route &way, const FrameImage &image) {
    RegisterFile file = hostile_file();
    if (way.pack == nullptr) {
        EXPECT(bool(rt::copy_to_domain(Domain::alice, rt::Claimed::of(attack_zmm_words),
                                       image.words, sizeof image.words)));
        EXPECT(!rt::call<Domain::alice>(plant_by_zmm_entry));
    } else {
        pack_plant(file, image, way);
        EXPECT(!strike(file).returned);
    }
    file.rax = views.monitor;
    file.rcx = file.rdx = 0;
    file.rsp = find_planted(image, way);
    return file;
}

} // namespace

size_t plant_count() {
    return route_total() * 2 * state_count * signal_count;
}

RegisterFile plant(size_t row) {
    FrameImage image;
    forge(image, signals[row % signal_count], states[row / signal_count % state_count]);
    const size_t rest = row / signal_count / state_count;
    RegisterFile file = plant_by(route_of(rest / 2), image);
    file.loads_gs = rest % 2;
    return file;
}

} // namespace attack
