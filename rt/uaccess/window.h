/// The uaccess window: in it, and nowhere else, the monitor reaches a domain's memory.
#pragma once

#include "rt/uaccess/user.h"

namespace rt::uaccess {

/// Opens the key of `domain`, and no other, for this thread; `user_access_end` closes it. Windows
/// do not nest: opening one while another is open ends the program as the monitor's bug. get_user,
/// put_user and the copies open one of their own, so none of them may be called in an open window.
/// A call into a domain in an open window is a bug too. It closes the view, and the first access or
/// window after it, a service's included, ends the program. In a window the monitor's bugs reach
/// that domain's memory: keep it short.
void user_access_begin(Domain domain);

/// Closes the window; without one, does nothing.
void user_access_end();

/// A window for the time of a scope: several accesses at the price of one. Each is checked as
/// get_user and put_user are. An access that faults closes the window, and all later ones are
/// EFAULT.
class UserAccess {
public:
    explicit UserAccess(Domain domain) : domain_(domain) { user_access_begin(domain); }
    ~UserAccess() { user_access_end(); }
    UserAccess(const UserAccess &) = delete;
    UserAccess &operator=(const UserAccess &) = delete;

    template <class T>
    base::Result<T> get(Claimed &&from) const {
        return detail::value_of<T>(detail::load(domain_, from.take(), sizeof(T)));
    }
    template <class T>
    base::Result<base::Done> put(Claimed to, const T &value) const {
        return detail::done_unless(
            detail::store_fails(domain_, to, detail::word_of(value), sizeof(T)));
    }

private:
    Domain domain_;
};

} // namespace rt::uaccess
