/// Tables of a domain's own system calls that must not compile.
#include "rt/rt.h"

using namespace rt::syscall;

// right
POSTERN_CALLS(grant(Domain::alice, 39), grant(Domain::bob, 39),
              grant(Domain::alice, 0, descriptor(), bytes_out(2), scalar()),
              answer(Domain::alice, 59, rt::Errno::not_permitted));

// wrong given_up: no call that the program has given up
// shows granted_calls_use_checked_copies
POSTERN_CALLS(grant(Domain::alice, 59));

// wrong changes_the_memory_map: a call that the monitor can make
// shows granted_calls_use_checked_copies
POSTERN_CALLS(grant(Domain::alice, 11, scalar(), scalar()));

// wrong two_rows: one row per call and domain
// shows granted_calls_use_checked_copies
POSTERN_CALLS(grant(Domain::alice, 39), answer(Domain::alice, 39, rt::Errno::not_permitted));

// wrong three_copies: at most two copies in a row
// shows granted_calls_use_checked_copies
POSTERN_CALLS(grant(Domain::alice, 39, record_in(8), record_in(8), record_out(8)));

// wrong long_record: records of at most
// shows granted_calls_use_checked_copies
POSTERN_CALLS(grant(Domain::alice, 39, record_out(8192)));

// wrong length_without_check: lengths that are scalars of the same row
// shows granted_calls_use_checked_copies
POSTERN_CALLS(grant(Domain::alice, 39, bytes_in(1)));

// wrong closes_a_descriptor: a call that the monitor can make
// shows granted_calls_use_checked_copies
POSTERN_CALLS(grant(Domain::alice, 3, descriptor()));

// wrong pointers_in_a_record: a call that the monitor can make
// shows granted_calls_use_checked_copies
POSTERN_CALLS(grant(Domain::alice, 20, descriptor(), record_in(16), scalar(1)));

// wrong number_for_a_pointer: with parameters as the kernel takes them
// shows granted_calls_use_checked_copies
POSTERN_CALLS(grant(Domain::alice, 0, descriptor(), scalar(), scalar()));

// wrong record_of_another_size: with parameters as the kernel takes them
// shows granted_calls_use_checked_copies
POSTERN_CALLS(grant(Domain::alice, 228, scalar(), record_out(8)));

// wrong flags_that_pin_pages: with parameters as the kernel takes them
// shows granted_calls_use_checked_copies
POSTERN_CALLS(grant(Domain::alice, 44, descriptor(), bytes_in(2), scalar(), flags(0x4000000)));

// wrong accepts_the_kernels_number: a call that the monitor can make
// shows granted_calls_use_checked_copies, granted_sockets_are_the_domains
POSTERN_CALLS(grant(Domain::alice, 288, descriptor()));

// wrong accepts_what_exec_keeps: with parameters as the kernel takes them
// shows granted_calls_use_checked_copies, granted_sockets_are_the_domains
POSTERN_CALLS(accept_from(Domain::alice, 0x80000));

// wrong connects: a call that the monitor can make
// shows granted_calls_use_checked_copies, granted_sockets_are_the_domains
POSTERN_CALLS(grant(Domain::alice, 42, descriptor(), bytes_in(2), scalar()));
