/// All that an app sees of the runtime: each name with one line, grouped by need. Files, processes,
/// sockets and terminals are in namespace rt::sys (rt/sys/file.h, child.h, socket.h, epoll.h, ...).
#pragma once

#include "rt/base/bytes.h"
#include "rt/base/fault.h"
#include "rt/base/fault_text.h"
#include "rt/base/panic.h"
#include "rt/base/result.h"
#include "rt/domain/alias.h"
#include "rt/domain/audit.h"
#include "rt/domain/key_allocator.h"
#include "rt/domain/table.h"
#include "rt/entry/call.h"
#include "rt/entry/copy.h"
#include "rt/entry/cross_call.h"
#include "rt/entry/cross_call_table.h"
#include "rt/entry/domains.h"
#include "rt/entry/service.h"
#include "rt/entry/service_table.h"
#include "rt/life/core.h"
#include "rt/life/of.h"
#include "rt/life/policy.h"
#include "rt/life/restart.h"
#include "rt/life/standing.h"
#include "rt/seal/seal.h"
#include "rt/start/arguments.h"
#include "rt/start/exit.h"
#include "rt/start/guarantees.h"
#include "rt/sync/condition.h"
#include "rt/sync/mutex.h"
#include "rt/sync/once.h"
#include "rt/sync/semaphore.h"
#include "rt/sys/address.h"
#include "rt/sys/child.h"
#include "rt/sys/epoll.h"
#include "rt/sys/file.h"
#include "rt/sys/fs_base.h"
#include "rt/sys/log.h"
#include "rt/sys/machine.h"
#include "rt/sys/memory.h"
#include "rt/sys/path.h"
#include "rt/sys/poll.h"
#include "rt/sys/process.h"
#include "rt/sys/socket.h"
#include "rt/sys/socket_option.h"
#include "rt/sys/terminal.h"
#include "rt/syscall/descriptor_table.h"
#include "rt/syscall/shapes.h"
#include "rt/trap/clean_up.h"
#include "rt/trap/deadline.h"
#include "rt/trap/on_signal.h"
#include "rt/uaccess/claimed.h"
#include "rt/uaccess/copy.h"
#include "rt/uaccess/pkeys.h"
#include "rt/uaccess/user.h"
#include "rt/uaccess/window.h"

namespace rt {

// Calls into a domain.
using entry::call;         // runs an entry in a domain: its value, or the Fault that ended it
using entry::call_lending; // the same, with data domains lent for this call
using entry::Entry;        // a function that a domain offers to its callers
using gate::Reading;       // lends a data domain to be read
using gate::Writing;       // lends a data domain to be read and written
using trap::call_within;   // the same as call, for so many nanoseconds at most

// Faults and results.
using base::Done;      // the value of a success that has no other value
using base::Errno;     // the kernel's error numbers
using base::Fault;     // what a domain did wrong: kind, address, key, registers
using base::FaultKind; // read, write, execute, divide, syscall, deadline, ...
using base::Result;    // a value, or the error or Fault that there is instead
using base::text_of;   // the noun for a kind of fault

// Lives of a domain, and what is done about its faults: POSTERN_ON_FAULT.
using life::ask;             // has a function of the app's decide about each fault of a domain
using life::give_up;         // a domain that faults takes no more calls
using life::keep;            // nothing is done about a domain's faults
using life::life_of;         // the number of this life: 1 from start on
using life::Of;              // a value of one life of a domain: ESTALE in later ones
using life::per_second;      // the time in which restart_at_most counts
using life::restart;         // the memory of a domain is again what it was at start, in a new life
using life::restart_always;  // a domain that faults is restarted
using life::restart_at_most; // the same, with rests where it faults too often
using life::Verdict;         // keep, restart or give up
using life::write_core;      // writes a core file of a domain that faulted, for gdb

// Memory of a domain: checked copies, which refuse a range that is not the domain's. Copies take
// the domain as rt::call does, copy_to_domain<Domain::NAME>(...), or as a value, before the rest.
using base::clear_padding;         // zeroes a struct's padding before it is copied to a domain
using entry::copy_from_domain;     // bytes to the monitor
using entry::copy_to_domain;       // bytes to the domain
using uaccess::Claimed;            // an address that a domain claims to own; read once
using uaccess::clear_in_domain;    // zeros to the domain
using uaccess::Copied;             // how a copy ended: whole, or after so many bytes
using uaccess::get_user;           // one value of 1, 2, 4 or 8 bytes to the monitor
using uaccess::put_user;           // one value to the domain
using uaccess::string_from_domain; // a null-terminated string to the monitor
using uaccess::user_access_begin;  // opens a window, for several accesses at the price of one
using uaccess::user_access_end;    // closes it
using uaccess::UserAccess;         // a window for the time of a scope

// Requests of domains, permitted by tables: POSTERN_SERVICES, POSTERN_CROSS_CALLS, POSTERN_CALLS.
using entry::Callers;             // the domains that may ask
using entry::CrossCall;           // calls an entry of another domain, by number
using entry::log_service;         // the service that every domain has: one line on standard error
using entry::provide;             // the table's row of a service: its handler and its callers
using entry::Service;             // asks the monitor, by number
using syscall::DescriptorUse;     // a file that a domain means, kept for the time of a scope
using syscall::grant_descriptor;  // gives a domain an open file, under a number of the domain's own
using syscall::lookup_descriptor; // the file that a domain means by a number
using syscall::revoke_descriptor; // takes the file from the domain again

// Threads of the monitor that share data. No domain reaches these.
using sync::Condition; // waits until another thread has changed something
using sync::Lock;      // holds a mutex for the time of a scope
using sync::Mutex;     // lets one thread at a time in
using sync::Once;      // something that the first thread does, and the others wait for
using sync::Semaphore; // a count of what there is to take; handlers may add to it

// Messages and ends.
using base::Hex;   // a number that a line prints in hexadecimal
using base::Line;  // one line of text, formatted in place; works in domains, too
using base::panic; // ends the program with a line and status 70
using start::Exit; // how main ends
using sys::log;    // a formatted line on standard error

// The program and the machine.
using start::Arguments;  // command line and environment
using start::guarantees; // what holds on this machine, and how it was found out
using start::Mediation;  // what refuses a domain's system calls here
using sys::set_fs_base;  // points fs at memory of the app's, in place of the random canary
using sys::Signal;       // the signals, by name
using trap::on_signal;   // installs a handler for an asynchronous signal

// Protection keys for memory of the app's own, as pkeys(7) has them.
using base::Region;           // a page-aligned range of addresses
using key::key_of;            // the protection key of a domain that has one
using key::Pkey;              // a protection key
using key::Rights;            // none, read only, or all
using sys::map_anonymous;     // maps memory
using sys::Protection;        // how it may be accessed
using uaccess::munmap;        // unmaps it
using uaccess::NotFreed;      // why a key was not taken back
using uaccess::pkey_alloc;    // a key that no domain has
using uaccess::pkey_free;     // gives it back
using uaccess::pkey_get;      // this thread's rights on pages of a key
using uaccess::pkey_mprotect; // sets protection and key of memory
using uaccess::pkey_set;      // sets this thread's rights on pages of a key

// Audits.
using domain::audit_keys; // compares every mapping of the process with the tables
using domain::Deviation;  // where they differ
using domain::KeyHolders; // prints who has which key

} // namespace rt

/// Places a variable in a domain or data domain, wherever it is defined:
///     POSTERN_DATA(vault) char key[32] = {1};
/// for initialised data, POSTERN_BSS(vault) for what starts as zeros. Constants stay on key 0.
/// The linker would take a mistyped domain for the monitor's, so the name is looked up first.
#define POSTERN_DATA(domain)                                                                       \
    static_assert(sizeof(Domain::domain));                                                         \
    [[gnu::section(".data..postern." #domain)]]
#define POSTERN_BSS(domain)                                                                        \
    static_assert(sizeof(Domain::domain));                                                         \
    [[gnu::section(".bss..postern." #domain)]]
