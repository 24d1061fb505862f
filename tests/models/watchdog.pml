/* The watchdog's sleep: a thread that cuts calls whose deadlines are over, and sleeps until the earliest one.
 *
 * A caller stores its deadline by an instruction that orders memory (xchg), and then looks at the time of the next wake.
 * If its deadline is earlier it counts a kick and wakes the watchdog. At the call's end it clears the deadline. The
 * watchdog looks at the count of kicks, sets the next wake to never, orders its memory, looks at all deadlines, sets the
 * next wake to the earliest, and sleeps until then, unless the count of kicks has changed.
 *
 * Stores go through a buffer of their thread, first in, first out, and become visible at any later time, as on x86. There
 * is no clock: a sleep with an end may end at any time, and one without an end only by a kick.
 *
 * What is claimed:
 *   1. while a call with a deadline runs, the watchdog does not sleep beyond that deadline, unless a kick is under way;
 *   2. without deadlines the watchdog sleeps, and nothing ends that.
 *
 * Each broken variant lacks one part, and fails:
 * broken STORE: the caller's deadline is a plain store
 * broken ORDER: the watchdog does not order its memory after it has set the next wake
 * broken SCAN_FIRST: the watchdog looks at the deadlines before it sets the next wake to never
 * broken COUNT_LATE: the watchdog looks at the count of kicks after it has looked at the deadlines
 * broken READ_TWICE: the watchdog compares a deadline, and takes what it then reads there
 *
 * Not in the model: the signal that cuts a call. Its handler runs on the thread of the call, and compares the thread's own
 * deadline with the clock, so that a late one cuts nothing.
 */

#define CALLERS 2
#define CALLS 1          /* how many each caller makes */
#define WATCHDOG CALLERS
#define NEVER 3          /* deadlines are 1 or 2 */

mtype = { deadline_word, wake_word };

/* The memory that all see. */
byte deadline[CALLERS] = NEVER;
byte next_wake = NEVER;
byte kicks;

/* What runs: the deadline of each caller's call, and the end of the watchdog's sleep with the kicks that it knows. */
byte running[CALLERS] = NEVER;
bool asleep;
byte until, known;
byte done;

typedef Buffer { chan stores = [3] of { mtype, byte, byte } };
Buffer buffers[CALLERS + 1];

#define store(thread, word, place, value) buffers[thread].stores ! word, place, value

/* For the steps below alone. */
hidden mtype word;
hidden byte place, value;

/* The oldest store of a thread becomes visible. */
inline publish(thread) {
    buffers[thread].stores ? word, place, value;
    if
    :: word == deadline_word -> deadline[place] = value
    :: word == wake_word -> next_wake = value
    fi
}

/* The processors, which publish stores when they like. */
active [CALLERS + 1] proctype processor() {
end:
    do
    :: atomic { nempty(buffers[_pid].stores) -> publish(_pid) }
    od
}

/* Waits until all that the thread has stored is visible. */
#define ordered(thread) empty(buffers[thread].stores)

proctype caller(byte self) {
    byte calls, due;

    do
    :: calls == CALLS -> break
    :: else ->
        calls++;
        if
        :: due = 1
        :: due = 2
        fi;
        store(self, deadline_word, self, due);
#ifndef STORE
        ordered(self);
#endif
        if
        :: due < next_wake ->
            atomic { ordered(self) -> kicks++; asleep = false }            /* futex wake */
        :: else
        fi;
        running[self] = due;
        atomic { running[self] = NEVER; store(self, deadline_word, self, NEVER) }
    od;
    done++
}

/* Looks at the deadlines of all threads, one after the other. */
inline scan() {
    earliest = deadline[0];
    seen = deadline[1];
    if
#ifdef READ_TWICE
    :: seen < earliest -> earliest = deadline[1]
#else
    :: seen < earliest -> earliest = seen
#endif
    :: else
    fi
}

proctype watchdog() {
    byte earliest, seen;

end:
    do
    :: true ->
#ifndef COUNT_LATE
        known = kicks;
#endif
#ifdef SCAN_FIRST
        scan();
#endif
        store(WATCHDOG, wake_word, 0, NEVER);
#ifndef ORDER
        ordered(WATCHDOG);
#endif
#ifndef SCAN_FIRST
        scan();
#endif
#ifdef COUNT_LATE
        known = kicks;
#endif
        store(WATCHDOG, wake_word, 0, earliest);
        /* The kernel compares and sleeps in one step, and orders the thread's memory. */
        atomic {
            ordered(WATCHDOG) ->
            if
            :: kicks == known -> asleep = true; until = earliest
            :: else
            fi
        }
end_asleep:
        if
        :: !asleep
        :: until != NEVER -> asleep = false
        fi
    od
}

/* Looks on at any time. */
active proctype observer() {
    assert(!(asleep && kicks == known && (running[0] < until || running[1] < until)))   /* 1 */
}

init {
    atomic {
        run caller(0);
        run caller(1);
        run watchdog()
    }
    timeout;
    assert(done == CALLERS && asleep && until == NEVER)                    /* 2 */
}
