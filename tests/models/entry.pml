/* The trap entry, for a program with two threads.
 *
 * Each thread has a block of words and, on it, an alternate stack. The kernel puts a signal's frame on the armed
 * stack of the thread that it interrupts, which disarms it, or else below the frames that are there. The entry
 * stores the frame's address in the block's token word, changes to the monitor's view, and then has to prove that
 * the thread it runs on is the block's. A hostile domain on either thread loads gs, and jumps to the instruction
 * after the store with the address of the other thread's frame: that address is public.
 *
 * The entry of this model proves the thread by gs. Where gs says nothing, it asks the kernel once more: it loads the
 * block's secret into a register and traps. The kernel puts the second frame on the stack of the thread that asks.
 * The answer counts where the secret in the register is the block's.
 *
 * What is claimed:
 *   1. a thread that goes on as a block's is that block's thread;
 *   2. a thread that the kernel has called goes on, whatever the other thread does meanwhile;
 *   3. a thread asks at most twice in a row.
 *
 * Each broken variant lacks one part, and fails:
 * broken ONE_THREAD: the token is used up first, and gs is taken from the stack pointer: right for one thread alone
 * broken ORDER: the token is used up after the compare of gs, and a lost gs is taken from the stack pointer
 * broken SECRET: the second frame counts as the answer, whatever is in the register
 * broken IN_THE_FRAME: the register is compared with its copy in the frame, which its thread has wiped meanwhile
 *
 * Not in the model: signals that come between the entry's instructions (run.signal.at_every_instruction has them), and
 * store buffers: no proof rests on the order of two stores to words that both threads read.
 */

#define ROUNDS 2         /* how often each thread leaves its domain */
#define NOTHING 2        /* no block: gs is 0, or no secret is in the register */
#define other(thread) (1 - (thread))

/* Where a frame is on a block's alternate stack. */
mtype = { none, outer, inner };

/* What the monitor has in memory. The secret of block b is b. */
mtype token[2] = none;

/* What the kernel has written: a frame of a trap at `ask` or elsewhere, and the register for secrets. */
typedef Frame { bool asks; byte secret = NOTHING };
Frame outer_frame[2], inner_frame[2];

/* What belongs to a kernel thread. */
byte gs[2];
byte secret[2] = NOTHING;
bool is_armed[2] = true;

proctype thread(byte me) {
  byte block;            /* the block that the entry takes the stack pointer for */
  mtype place;           /* where on its stack */
  bool called;           /* by the kernel; else this is a jump */
  bool at_ask;           /* the instruction at which the kernel is called is the trap of `ask` */
  byte asked;            /* how often in a row */
  byte round;

domain:
  if
  :: round == ROUNDS -> goto end
  :: else -> round++
  fi;
  /* So the monitor leaves a thread whenever it enters a domain. */
  atomic { gs[me] = me; secret[me] = NOTHING; is_armed[me] = true; asked = 0; }
  if
  :: gs[me] = NOTHING; at_ask = false   /* loads the register, and faults or is interrupted */
  :: gs[me] = NOTHING; at_ask = true    /* jumps to the trap of `ask`, without a secret */
  :: gs[me] = other(me); at_ask = false /* jumps to the entry's own write of gs: a trap follows it */
  :: at_ask = false
  fi;
  if
  :: goto signal
  :: gs[me] != other(me); called = false; block = me; goto choose_place
  :: gs[me] != other(me); called = false; block = other(me); goto choose_place
  fi;

choose_place:
  if
  :: place = outer
  :: place = inner
  fi;
  goto after_store;

signal:
  atomic {
    called = true;
    block = me;
    if
    :: is_armed[me] ->
       is_armed[me] = false; place = outer;
       outer_frame[me].asks = at_ask; outer_frame[me].secret = secret[me]
    :: else ->
       place = inner;
       inner_frame[me].asks = at_ask; inner_frame[me].secret = secret[me]
    fi
  }
  token[block] = place;                 /* under the view that the kernel gives */

after_store:
  if
  :: token[block] != place -> goto die
  :: else
  fi;

#if defined(ONE_THREAD)
  token[block] = none;
  gs[me] = block;
  goto proved;
#endif

  if
  :: gs[me] == block -> goto take_token
  :: else
  fi;

#if defined(ORDER)
  gs[me] = block;
  goto take_token;
#endif

  /* gs is lost. Is this the answer to `ask`? */
  if
  :: place == outer && !outer_frame[block].asks -> goto ask
  :: place == inner && !inner_frame[block].asks -> goto ask
  :: else
  fi;
#if defined(IN_THE_FRAME)
  if
  :: place == outer && secret[me] != outer_frame[block].secret -> goto ask
  :: place == inner && secret[me] != inner_frame[block].secret -> goto ask
  :: else
  fi;
#elif !defined(SECRET)
  if
  :: secret[me] != block -> goto ask
  :: else
  fi;
#endif
  gs[me] = block;

take_token:
  assert(token[block] == place || block != me); /* nobody else has used it up */
  token[block] = none;

proved:
  assert(block == me);
#if defined(IN_THE_FRAME)
  /* The secret must not stay where the fault's record is made from. */
  if
  :: place == outer -> outer_frame[me].secret = NOTHING
  :: else -> inner_frame[me].secret = NOTHING
  fi;
#endif
  goto domain;

ask:
  asked++;
  assert(asked <= 2);
  secret[me] = block;
  at_ask = true;
  goto signal;

die:
  assert(!called);
  secret[me] = NOTHING;
  at_ask = false;
  goto signal;

end:
  skip
}

init {
  atomic {
    gs[0] = 0; gs[1] = 1;
    run thread(0); run thread(1)
  }
}
