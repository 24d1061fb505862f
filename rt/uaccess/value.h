/// Values that may pass between a domain and others, and how one travels in a word.
#pragma once

#include <stdint.h>

#include "rt/base/bytes.h"
#include "rt/base/traits.h"
#include "rt/uaccess/claimed.h"

namespace rt::uaccess {

namespace detail {

template <class T, class... Others>
inline constexpr bool is_one_of = (false || ... || base::is_same<T, Others>);

/// Types that cross by themselves.
template <class T>
inline constexpr bool
    is_plain = is_one_of<T, bool, char, signed char, unsigned char, wchar_t, char8_t, char16_t,
                         char32_t, short, unsigned short, int, unsigned, long, unsigned long,
                         long long, unsigned long long, float, double, Claimed> ||
               __is_enum(T);

// A struct is taken apart by a list that initialises it: without braces for nested structs and
// arrays, each of their members takes an initialiser of its own. Those below are never executed.
// [C++20 dcl.init.aggr]
template <class T>
inline constexpr bool is_struct = __is_class(T) && __is_aggregate(T);

/// Initialises any member.
struct Any {
    template <class Member>
    requires(!is_struct<Member>) operator Member() const;
};
/// Initialises a member that may cross, and is an error for others: if it did not convert to a
/// union at all, it would initialise the union's first member instead.
class Plain {
    template <class Member>
    requires(!is_struct<Member> && !is_plain<Member>) operator Member() const;

public:
    template <class Member>
    requires is_plain<Member>
    operator Member() const;
};
/// Initialises a member of this size.
template <size_t bytes>
struct Sized {
    template <class Member>
    requires(!is_struct<Member> && sizeof(Member) == bytes) operator Member() const;
};

template <size_t... numbers>
struct Numbers {};
template <class, size_t... numbers>
using NumbersOf = Numbers<numbers...>;
template <size_t count>
using Below = __make_integer_seq<NumbersOf, size_t, count>;

template <size_t>
using AnyAt = Any;

template <class T, class Initialiser, size_t... before, size_t... behind>
constexpr bool takes(Numbers<before...>, Numbers<behind...>) {
    return requires {
        T{AnyAt<before>{}..., Initialiser{}, AnyAt<behind>{}...};
    };
}

/// How many members a struct has, at most as many as it has bytes.
template <class T, size_t tried = sizeof(T)>
constexpr size_t count_members() {
    if constexpr (tried == 0) {
        return 0;
    } else if constexpr (takes<T, Any>(Below<tried - 1>(), Numbers<>())) {
        return tried;
    } else {
        return count_members<T, tried - 1>();
    }
}

template <class T, size_t number, class Initialiser>
inline constexpr bool
    member_takes = takes<T, Initialiser>(Below<number>(), Below<count_members<T>() - number - 1>());

template <class T, size_t number>
inline constexpr bool member_may_cross = member_takes<T, number, Plain>;

template <class T, size_t number>
inline constexpr size_t member_size = member_takes<T, number, Sized<1>>   ? 1
                                      : member_takes<T, number, Sized<2>> ? 2
                                      : member_takes<T, number, Sized<4>> ? 4
                                      : member_takes<T, number, Sized<8>> ? 8
                                                                          : 0;

template <class T, size_t... numbers>
constexpr bool members_may_cross(Numbers<numbers...>) {
    return (true && ... && member_may_cross<T, numbers>);
}

/// Whether the members that were counted are all that the struct has.
template <class T, size_t... numbers>
constexpr bool members_fill(Numbers<numbers...>) {
    return (size_t{0} + ... + member_size<T, numbers>) == sizeof(T);
}

template <class T>
constexpr bool may_cross() {
    if constexpr (base::is_same<T, void>) {
        return true;
    } else if constexpr (!__is_trivially_copyable(T) || sizeof(T) > 8) {
        return false;
    } else if constexpr (is_struct<T>) {
        constexpr Below<count_members<T>()> members;
        return members_may_cross<T>(members) && members_fill<T>(members) && base::is_whole<T>;
    } else {
        return is_plain<T>;
    }
}

/// Names the first member that may not cross.
template <class T, size_t number = 0>
constexpr void check_members() {
    if constexpr (number < count_members<T>()) {
        static_assert(
            member_may_cross<T, number>,
            "this member (from 0, members of members counted one by one) does not cross: make "
            "it an integer, an enum, bool, float, double or, for an address, rt::Claimed");
        if constexpr (member_may_cross<T, number>) {
            check_members<T, number + 1>();
        }
    } else {
        static_assert(
            may_cross<T>(),
            "padding, a reference, a bit-field or volatile does not cross: "
            "name every byte as a member, so that none holds what its memory held before");
    }
}

template <class T, size_t place>
void settle_bool(unsigned char *bytes) {
    if constexpr (!base::holds_any_bytes<T, place, 1>) {
        bytes[place] = bytes[place] != 0;
    }
}
template <class T, size_t... places>
void settle_bools(unsigned char *bytes, Numbers<places...>) {
    (settle_bool<T, places>(bytes), ...);
}

} // namespace detail

/// Whether a T may pass between domains, by gate or in memory: integers, enums, bool, float,
/// double, Claimed, and structs of at most 8 bytes whose every byte belongs to one of these. A
/// pointer would be dereferenced unchecked on the other side, and padding carries what its memory
/// held before. Types that hide their members cannot be checked. An enum that a domain hands over
/// may have any value of its underlying type, with a name or without: check it where you read it.
template <class T>
inline constexpr bool may_cross = detail::may_cross<T>();

/// True; if a T may not cross it does not compile, and one line says why.
template <class T>
constexpr bool check_value() {
    if constexpr (may_cross<T>) {
        return true;
    } else if constexpr (__is_reference(T) || __is_pointer(T)) {
        static_assert(may_cross<T>, "no pointer and no reference crosses: pass rt::Claimed for an "
                                    "address of the domain");
    } else if constexpr (!__is_trivially_copyable(T) || sizeof(T) > 8) {
        static_assert(may_cross<T>,
                      "a value that crosses is trivially copyable and has at most 8 bytes: copy "
                      "more with rt::copy_to_domain and rt::copy_from_domain");
    } else if constexpr (detail::is_struct<T>) {
        detail::check_members<T>();
    } else {
        static_assert(may_cross<T>, "only integers, enums, bool, float, double, rt::Claimed and "
                                    "structs of them cross");
    }
    return true;
}

/// Travels as a number: C++'s own calls, too, pass such an argument in a general register of its
/// own.
template <class T>
inline constexpr bool is_number = base::is_integer<T> || __is_enum(T);

/// A word made of a value. Numbers are extended to the whole word, because a callee may rely on 32
/// bits of a narrow argument. The bytes after other values are zero.
template <class T>
uint64_t to_word(T value) {
    if constexpr (is_number<T>) {
        return static_cast<uint64_t>(value);
    }
    uint64_t word = 0;
    __builtin_memcpy(&word, &value, sizeof value);
    return word;
}

/// The value whose bytes a word begins with. Each byte that is a bool, by itself or in a struct, is
/// true unless it is 0, so that it is a bool whatever a domain left there.
template <class T>
T from_word(uint64_t word) {
    unsigned char bytes[sizeof word];
    __builtin_memcpy(bytes, &word, sizeof word);
    detail::settle_bools<T>(bytes, detail::Below<sizeof(T)>());
    T value;
    __builtin_memcpy(&value, bytes, sizeof value);
    return value;
}

} // namespace rt::uaccess
