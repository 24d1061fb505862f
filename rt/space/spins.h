/// Whether the two sides of a mailbox run on two cores, and spin before they sleep.
#pragma once

#include "rt/space/back_off.h"

namespace rt::space {

/// Two sides that spin on two cores hand over for a twentieth of what a yield costs on one. Where
/// one of them sleeps, or where other processes use the cores, it takes ten times as long as on one
/// core. So a turn for which a side has slept is a miss, and misses bring the child to its caller's
/// core for a while.
class Spins {
public:
    /// In an app without WAITING spin: never.
    constexpr Spins() = default;

    /// With it, on a machine with two cores.
    static constexpr Spins allowed() {
        Spins spins;
        spins.is_allowed_ = true;
        return spins;
    }

    constexpr bool are_apart() const { return is_allowed_ && back_off_.is_on(); }

    /// A turn begins. True if the sides run apart from this one on.
    constexpr bool begin_turn() { return is_allowed_ && back_off_.begin_turn(); }

    /// The child has been moved to other cores: the turn in which it wakes there is not judged.
    constexpr void note_move() { is_moving_ = true; }

    /// A turn on two cores has ended. True if the child runs on its caller's core from now on.
    constexpr bool judge(bool is_missed) {
        if (is_moving_) {
            is_moving_ = false;
            return false;
        }
        return back_off_.judge(is_missed) && !back_off_.is_on();
    }

private:
    BackOff back_off_;
    bool is_allowed_ = false;
    bool is_moving_ = false;
};

/// How often a side looks before it sleeps. A side that has spun for as long as a hand-over asleep
/// takes, and then sleeps, takes twice as long as the better of the two at most. Both in cycles: the
/// hand-over that has been measured, within bounds in case the machine was busy, and one look.
constexpr uint32_t looks_for(uint64_t hand_over, uint64_t look) {
    constexpr uint64_t shortest = 20'000, longest = 400'000;
    const uint64_t spun = hand_over < shortest ? shortest : hand_over > longest ? longest : hand_over;
    return static_cast<uint32_t>(spun / (look == 0 ? 1 : look));
}

} // namespace rt::space
