/// Data domains: a domain's rights on them, always and for the time of one call.
#pragma once

#include "rt/key/domain.h"
#include "rt/key/view.h"

namespace rt::gate {

/// Whether `domain` is a data domain: memory that domains share on purpose, under a key of its own.
/// It runs nothing. The app's declarations (postern_add_app, postern_add_data) specialise this and
/// the templates after it.
template <Domain domain>
inline constexpr bool is_data = false;

/// The view of `domain` while nothing is lent to it.
template <Domain domain>
inline constexpr key::Pkru
    base_view = key::view_of_number(key::number_of(domain));

/// Whether the app lets `data` be lent to `borrower`.
template <Domain data, Domain borrower>
inline constexpr bool is_lendable = false;

/// An argument of rt::call_lending: lends a data domain to be read.
template <Domain data>
struct Reading {
    static constexpr Domain domain = data;
    static constexpr auto key = key::key_of(data);
    static constexpr auto rights = key::Rights::read_only;
};

/// The same, to be read and written.
template <Domain data>
struct Writing {
    static constexpr Domain domain = data;
    static constexpr auto key = key::key_of(data);
    static constexpr auto rights = key::Rights::full;
};

namespace detail {

template <class T>
inline constexpr bool is_loan = false;
template <Domain data>
inline constexpr bool is_loan<Reading<data>> = true;
template <Domain data>
inline constexpr bool is_loan<Writing<data>> = true;

/// Whether `loan` gives `borrower` more than it has anyway.
template <Domain borrower, class Loan>
constexpr bool adds_rights() {
    const key::Rights before = base_view<borrower>.rights(Loan::key);
    return before == key::Rights::none ||
           (before == key::Rights::read_only && Loan::rights == key::Rights::full);
}

template <class... Loans>
constexpr bool are_distinct() {
    unsigned seen = 0;
    bool distinct = true;
    ((distinct = distinct && (seen >> Loans::key.raw() & 1) == 0, seen |= 1u << Loans::key.raw()),
     ...);
    return distinct;
}

template <Domain borrower, class Loan>
constexpr bool check_loan() {
    static_assert(is_loan<Loan>, "rt::call_lending lends rt::Reading<Domain::NAME> or "
                                 "rt::Writing<Domain::NAME>");
    if constexpr (is_loan<Loan>) {
        static_assert(is_data<Loan::domain>,
                      "only a data domain can be lent: declare memory that domains share with DATA "
                      "in postern_add_app, and copy everything else");
        if constexpr (is_data<Loan::domain>) {
            static_assert(is_lendable<Loan::domain, borrower>,
                          "the app does not lend this data domain to this domain: name the domain "
                          "among the BORROWERS in postern_add_data");
            static_assert(adds_rights<borrower, Loan>(),
                          "this loan gives the domain nothing that it does not always have: "
                          "leave it out");
        }
    }
    return is_loan<Loan>;
}

} // namespace detail

/// The view of `borrower` during a call that makes these loans; a constant of the app, like every
/// view.
template <Domain borrower, class... Loans>
constexpr key::Pkru lent_view() {
    static_assert(sizeof...(Loans) != 0, "nothing is lent: use rt::call");
    constexpr bool good = (true && ... && detail::check_loan<borrower, Loans>());
    key::Pkru view = base_view<borrower>;
    if constexpr (good) {
        static_assert(detail::are_distinct<Loans...>(), "the same data domain is lent twice");
        ((view = view.with(Loans::key, Loans::rights)), ...);
    }
    return view;
}

} // namespace rt::gate
