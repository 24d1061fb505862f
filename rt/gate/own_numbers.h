/// The numbers of domains that have an address space of their own on every machine, for the gates of
/// each: ROW(number).
#pragma once

// clang-format off
#define RT_OWN_NUMBERS(ROW)                                                                        \
    ROW(16) ROW(17) ROW(18) ROW(19) ROW(20) ROW(21) ROW(22) ROW(23)                                \
    ROW(24) ROW(25) ROW(26) ROW(27) ROW(28) ROW(29) ROW(30) ROW(31)                                \
    ROW(32) ROW(33) ROW(34) ROW(35) ROW(36) ROW(37) ROW(38) ROW(39)                                \
    ROW(40) ROW(41) ROW(42) ROW(43) ROW(44) ROW(45) ROW(46) ROW(47)                                \
    ROW(48) ROW(49) ROW(50) ROW(51) ROW(52) ROW(53) ROW(54) ROW(55)                                \
    ROW(56) ROW(57) ROW(58) ROW(59) ROW(60) ROW(61) ROW(62) ROW(63)                                \
    ROW(64) ROW(65) ROW(66) ROW(67) ROW(68) ROW(69) ROW(70) ROW(71)                                \
    ROW(72) ROW(73) ROW(74) ROW(75) ROW(76) ROW(77) ROW(78) ROW(79)
// clang-format on
