/// A sweep of many strikes, which a program outside watches (tests/hosted/sweep_watch.cc).
#pragma once

#include "tests/attack/process_picture.h"
#include "tests/attack/strike.h"

namespace attack {

/// Where in a sweep: a place, which is a byte or a run, and one of the register files for it.
struct Position {
    uint64_t place;
    uint64_t file;
    friend bool operator<(Position a, Position b) {
        return a.place < b.place || (a.place == b.place && a.file < b.file);
    }
};

/// The command line: `IMAGE CASE SLICE SLICES PLACE FILE CAREFUL`. All slices together are the
/// whole; the sweep begins at a position; a careful one says where it is before each of its first
/// strikes.
struct Order {
    uint64_t slice = 0;
    uint64_t slices = 16;
    Position begin{0, 0};
    bool careful = false;
};
Order order();

/// Counts, checks, and says on standard output how far it is: `at PLACE FILE` or, when careful,
/// `try PLACE FILE`, at the end `done 0 FILES`, with their number and then the counts in the order
/// below.
class Sweep {
public:
    struct Counts {
        uint64_t places = 0;   // all of whose strikes are done
        uint64_t left_out = 0; // of the others: this machine cannot show them (left_out.h)
        uint64_t strikes = 0;
        uint64_t cut = 0; // ran until their time was over
        uint64_t escapes = 0;
    };

    /// `stack`: the monitor's stack above this address does not change during the sweep.
    Sweep(const Order &order, uintptr_t stack);

    /// Before the strikes of a place, and after them.
    void begin_place(uint64_t place);
    void end_place(bool is_left_out);

    /// Whether a strike is at or after the position where the sweep begins. A careful sweep
    /// announces it.
    bool begin_strike(Position position);

    /// Strikes, then checks; expensive checks come only now and then. `name` is the register
    /// file's. Ends the program with status 75 where the emulator cannot go on after the strike.
    void strike(const RegisterFile &file, const char *name);

    /// The last check and the last line: there were so many register files, 0 when each strike had
    /// its own. Fails the case unless nothing escaped.
    void finish(uint64_t files);

private:
    void say(const char *word, Position position) const;
    void look(bool all);
    void note_escape(const RegisterFile &file, const char *name, const Outcome &outcome);
    void start_over();

    Order order_;
    uintptr_t stack_;
    Counts counts_{};
    uint64_t begun_ = 0; // places since the last line
    Position position_{0, 0};
    ProcessPicture before_{};
};

} // namespace attack
