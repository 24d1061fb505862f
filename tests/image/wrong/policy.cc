/// Tables of a domain's own system calls that must not compile.
#include "rt/rt.h"

using namespace rt::policy;

// right
POSTERN_CALLS(perform(Domain::alice, 39), perform(Domain::bob, 39),
              perform(Domain::alice, 0, descriptor(), bytes_out(2), scalar()),
              answer(Domain::alice, 59, rt::Errno::not_permitted));

// wrong given_up: no call that the program has given up
POSTERN_CALLS(perform(Domain::alice, 59));

// wrong changes_the_memory_map: no call that the program has given up
POSTERN_CALLS(perform(Domain::alice, 11, scalar(), scalar()));

// wrong two_rows: one row per call and domain
POSTERN_CALLS(perform(Domain::alice, 39), answer(Domain::alice, 39, rt::Errno::not_permitted));

// wrong three_copies: at most two copies in a row
POSTERN_CALLS(perform(Domain::alice, 39, record_in(8), record_in(8), record_out(8)));

// wrong long_record: records of at most
POSTERN_CALLS(perform(Domain::alice, 39, record_out(8192)));

// wrong length_without_check: lengths that are scalars of the same row
POSTERN_CALLS(perform(Domain::alice, 39, bytes_in(1)));
