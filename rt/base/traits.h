/// The few type traits that freestanding code needs; there is no <type_traits> here.
#pragma once

namespace rt::base {

template <class A, class B>
inline constexpr bool is_same = false;
template <class A>
inline constexpr bool is_same<A, A> = true;
template <class A, class B>
concept SameAs = is_same<A, B>;

template <class T>
struct RemoveConst {
    using Type = T;
};
template <class T>
struct RemoveConst<const T> {
    using Type = T;
};
template <class T>
using remove_const = typename RemoveConst<T>::Type;

template <class T>
inline constexpr bool is_pointer = false;
template <class T>
inline constexpr bool is_pointer<T *> = true;

template <class T>
inline constexpr bool is_integer = __is_integral(T);

template <bool choice, class Yes, class No>
struct Conditional {
    using Type = Yes;
};
template <class Yes, class No>
struct Conditional<false, Yes, No> {
    using Type = No;
};
template <bool choice, class Yes, class No>
using conditional = typename Conditional<choice, Yes, No>::Type;

} // namespace rt::base
