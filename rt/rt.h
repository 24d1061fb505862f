/// All that an app sees of the runtime.
#pragma once

#include "rt/base/bytes.h"
#include "rt/base/fault.h"
#include "rt/base/panic.h"
#include "rt/base/result.h"
#include "rt/domain/audit.h"
#include "rt/domain/ledger.h"
#include "rt/domain/table.h"
#include "rt/gate/call.h"
#include "rt/gate/crossing.h"
#include "rt/gate/crossing_table.h"
#include "rt/gate/service.h"
#include "rt/gate/service_table.h"
#include "rt/policy/shapes.h"
#include "rt/policy/grants.h"
#include "rt/seal/seal.h"
#include "rt/start/arguments.h"
#include "rt/start/exit.h"
#include "rt/start/guarantees.h"
#include "rt/sys/child.h"
#include "rt/sys/file.h"
#include "rt/sys/fs_base.h"
#include "rt/sys/log.h"
#include "rt/sys/machine.h"
#include "rt/sys/memory.h"
#include "rt/sys/path.h"
#include "rt/sys/poll.h"
#include "rt/sys/process.h"
#include "rt/sys/terminal.h"
#include "rt/trap/deadline.h"
#include "rt/trap/describe.h"
#include "rt/trap/on_signal.h"
#include "rt/uaccess/claimed.h"
#include "rt/uaccess/copy.h"
#include "rt/uaccess/pkeys.h"
#include "rt/uaccess/user.h"
#include "rt/uaccess/window.h"

#include "postern/domains.h"

namespace rt {

using base::clear_padding;
using base::Done;
using base::Errno;
using base::Fault;
using base::FaultKind;
using base::Hex;
using base::Line;
using base::panic;
using base::Region;
using base::Result;
using base::text_of;
using domain::audit_keys;
using domain::Deviation;
using domain::KeyHolders;
using gate::call;
using gate::call_lending;
using gate::Callers;
using gate::Crossing;
using gate::Entry;
using gate::log_service;
using gate::provide;
using gate::Reading;
using gate::Service;
using gate::Writing;
using key::Pkey;
using key::Rights;
using policy::give;
using policy::given;
using policy::take_back;
using start::Arguments;
using start::Exit;
using start::guarantees;
using start::Mediation;
using sys::log;
using sys::map_anonymous;
using sys::Protection;
using sys::set_fs_base;
using sys::Signal;
using trap::call_within;
using trap::on_signal;
using uaccess::Claimed;
using uaccess::Copied;
using uaccess::copy_from_domain;
using uaccess::copy_to_domain;
using uaccess::get_user;
using uaccess::munmap;
using uaccess::NotFreed;
using uaccess::pkey_alloc;
using uaccess::pkey_free;
using uaccess::pkey_get;
using uaccess::pkey_mprotect;
using uaccess::pkey_set;
using uaccess::put_user;
using uaccess::string_from_domain;
using uaccess::user_access_begin;
using uaccess::user_access_end;
using uaccess::UserAccess;

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
