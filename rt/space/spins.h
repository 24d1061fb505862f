/// Whether the two sides of a mailbox run on two cores, and spin before they sleep.
#pragma once

#include <stdint.h>

namespace rt::space {

/// Two sides that spin on two cores hand over for a twentieth of what a yield costs on one. Where
/// one of them sleeps, or where other processes use the cores, it takes ten times as long as on one
/// core, or hundreds of times. A turn for which no side has slept saves what a turn on one core
/// takes; any other one loses what it takes more. Where more is lost than saved, the child runs on
/// its caller's core, for so long that the loss is a small part of all.
///
/// Times are cycles of the time stamp counter.
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

    constexpr bool are_apart() const { return is_allowed_ && !is_paused_; }

    /// A turn begins. True if the sides run apart from this one on.
    constexpr bool begin_turn(uint64_t now) {
        if (!is_paused_) {
            return false;
        }
        turns_ -= turns_ != 0 ? 1 : 0;
        if (turns_ != 0 || now - since_ < pause_) {
            return false;
        }
        is_paused_ = false;
        begin_anew();
        return true;
    }

    /// A turn on one core has taken so long. Together they say what one usually takes.
    constexpr void note_together(uint64_t cycles) {
        constexpr uint64_t weight = 64;
        usual_ = usual_ - usual_ / weight + bounded(cycles) / weight;
    }

    /// The child has been moved to other cores: the turn in which it wakes there decides nothing.
    constexpr void note_move() { is_moving_ = true; }

    /// No side has slept in a turn on two cores.
    constexpr void note_seen() {
        is_moving_ = false;
        credit_ = credit_ + usual_ < most_credit ? credit_ + usual_ : most_credit;
        if (credit_ >= first_credit) { // all that was lost is saved
            lost_ = 0;
            missed_ = 0;
        }
    }

    /// A side has slept in one, which took so long. True if the child runs on its caller's core from
    /// now on.
    constexpr bool note_missed(uint64_t cycles, uint64_t now) {
        const uint64_t lost = bounded(cycles > usual_ ? cycles - usual_ : 0);
        lost_ += lost;
        ++missed_;
        if (is_moving_) {
            is_moving_ = false;
            return false;
        }
        if (lost <= credit_) {
            credit_ -= lost;
            return false;
        }
        is_paused_ = true;
        since_ = now;
        pause_ = paused_for * lost_;
        turns_ = paused_for * missed_ > fewest_turns ? paused_for * missed_ : fewest_turns;
        return true;
    }

    static constexpr uint32_t fewest_turns = 64;      // of a pause
    static constexpr uint32_t paused_for = 16;        // times what was lost, turns and cycles
    static constexpr uint64_t first_credit = 1 << 25; // some slices of a core
    static constexpr uint64_t most_credit = 1 << 28;
    static constexpr uint64_t longest = 1 << 27; // longer turns count as this

private:
    static constexpr uint64_t bounded(uint64_t cycles) {
        return cycles < longest ? cycles : longest;
    }
    constexpr void begin_anew() {
        credit_ = first_credit;
        lost_ = 0;
        missed_ = 0;
    }

    uint64_t usual_ = 10'000; // a turn on one core; at first what two hand-overs by yields take
    uint64_t credit_ = first_credit;
    uint64_t lost_ = 0; // since all was saved
    uint32_t missed_ = 0;
    uint32_t turns_ = 0; // of the pause, that are left
    uint64_t since_ = 0; // the pause, and how long it is at least
    uint64_t pause_ = 0;
    bool is_allowed_ = false;
    bool is_paused_ = false;
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
