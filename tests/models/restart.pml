/* Restart while other threads may be inside: the words `inside` and `closed` of each thread's block, for one domain.
 *
 * A caller enters: it sets its inside word, and then tests its closed word. If that is set it takes inside back, and
 * sleeps until the domain is opened. A restarter closes: it sets each closed word, has the kernel order the memory of
 * all threads (membarrier), and then looks at the inside words. If a caller is inside it waits or gives up; otherwise it
 * resets the domain's memory. Then it opens: it clears the closed words, counts the opening and wakes who sleeps.
 *
 * Stores go through a buffer of their thread, first in, first out, and become visible at any later time, as on x86. A
 * gate has no fence.
 *
 * What is claimed:
 *   1. while a caller is inside, the domain's memory is not reset;
 *   2. no store of an earlier life of the domain comes to its memory after the reset;
 *   3. each call is made: no caller sleeps for ever.
 *
 * Each broken variant lacks one part, and fails:
 * broken BARRIER: the restarter orders its own memory alone
 * broken BARRIER_FIRST: the kernel orders all memory before the closed words are set
 * broken TEST_FIRST: a caller tests closed, and then sets inside
 * broken OPEN_FIRST: the domain is opened before its memory is reset
 * broken LEAVE_FIRST: a caller takes inside back before the domain's last store
 * broken LOOK_LATE: a caller looks at the count of openings after it has tested closed
 *
 * Not in the model: nested calls and several domains (each has a bit of its own, which its own thread alone sets in
 * inside), and cancelling who is inside.
 */

#define CALLERS 2
#define CALLS 1          /* how many each caller makes */
#define RESTARTS 2
#define RESTARTER CALLERS

mtype = { inside_word, closed_word, data_word, reset_word, openings_word };

/* The memory that all see. */
bool inside[CALLERS], closed[CALLERS];
byte openings;

/* Which life the domain's memory is of. */
byte life;

bool asleep[CALLERS];
byte done;

typedef Buffer { chan stores = [CALLERS + 3] of { mtype, byte, byte } };
Buffer buffers[CALLERS + 1];

#define store(thread, word, place, value) buffers[thread].stores ! word, place, value

/* For the steps below alone. */
hidden mtype word;
hidden byte place, value;

/* The oldest store of a thread becomes visible. */
inline publish(thread) {
    buffers[thread].stores ? word, place, value;
    if
    :: word == inside_word -> inside[place] = value
    :: word == closed_word -> closed[place] = value
    :: word == openings_word -> openings = value
    :: word == reset_word -> life = value
    :: word == data_word -> assert(value == life)                          /* 2 */
    fi
}

inline order(thread) {
    do
    :: nempty(buffers[thread].stores) -> publish(thread)
    :: empty(buffers[thread].stores) -> break
    od
}

/* The processors, which publish stores when they like. */
active [CALLERS + 1] proctype processor() {
end:
    do
    :: atomic { nempty(buffers[_pid].stores) -> publish(_pid) }
    od
}

proctype caller(byte self) {
    byte calls, seen, entered;

    do
    :: calls == CALLS -> break
    :: else ->
        seen = openings;
#ifdef TEST_FIRST
        if
        :: closed[self] -> goto refused
        :: else
        fi;
        store(self, inside_word, self, true);
#else
        store(self, inside_word, self, true);
        if
        :: closed[self] -> goto refused
        :: else
        fi;
#endif
        entered = life;
        assert(life == entered);
#ifdef LEAVE_FIRST
        store(self, inside_word, self, false);
        store(self, data_word, 0, entered);
#else
        store(self, data_word, 0, entered);
        assert(life == entered);                                           /* 1 */
        store(self, inside_word, self, false);
#endif
        calls++;
        goto again;
refused:
        store(self, inside_word, self, false);
#ifdef LOOK_LATE
        seen = openings;
#endif
        /* The kernel compares and sleeps in one step, and orders the thread's memory. */
        atomic {
            empty(buffers[self].stores) ->
            if
            :: openings == seen -> asleep[self] = true
            :: else
            fi
        }
        !asleep[self];
again:
        skip
    od;
    done++
}

/* What a look at all threads finds. */
inline look() {
    atomic {
        busy = false;
        at = 0;
        do
        :: at < CALLERS -> busy = busy || inside[at]; at++
        :: else -> break
        od;
        skip
    }
}

inline barrier() {
    at = 0;
    do
    :: at < CALLERS -> atomic { order(at); skip }; at++
    :: else -> break
    od;
    atomic { order(RESTARTER); skip }
}

inline set_closed(is_closed) {
    at = 0;
    do
    :: at < CALLERS -> store(RESTARTER, closed_word, at, is_closed); at++
    :: else -> break
    od
}

proctype restarter() {
    byte restarts, at, next = 1, opened;
    bool busy;

    do
    :: restarts == RESTARTS -> break
    :: else ->
        restarts++;
#ifdef BARRIER_FIRST
        barrier();
#endif
        set_closed(true);
        atomic { order(RESTARTER); skip };
#if !defined(BARRIER) && !defined(BARRIER_FIRST)
        barrier();
#endif
        do
        :: true ->
            look();
            if
            :: !busy -> break
            :: busy -> goto open                                           /* gives up */
            :: busy -> skip                                                /* waits */
            fi
        od;
#ifdef OPEN_FIRST
        set_closed(false);
#endif
        store(RESTARTER, reset_word, 0, next);
        next++;
open:
        set_closed(false);
        opened++;
        store(RESTARTER, openings_word, 0, opened);
        atomic {                                                           /* futex wake */
            empty(buffers[RESTARTER].stores) ->
            asleep[0] = false;
            asleep[1] = false
        }
    od;
    done++
}

init {
    atomic {
        run caller(0);
        run caller(1);
        run restarter()
    }
    timeout;
    assert(done == CALLERS + 1)                                            /* 3 */
}
