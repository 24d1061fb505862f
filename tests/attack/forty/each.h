/// The forty domains of the image, by number and name.
#pragma once

// clang-format off
#define EACH_BUT_LAST(ROW)                                                                         \
    ROW(0, d0) ROW(1, d1) ROW(2, d2) ROW(3, d3) ROW(4, d4) ROW(5, d5) ROW(6, d6) ROW(7, d7)        \
    ROW(8, d8) ROW(9, d9) ROW(10, d10) ROW(11, d11) ROW(12, d12) ROW(13, d13) ROW(14, d14)         \
    ROW(15, d15) ROW(16, d16) ROW(17, d17) ROW(18, d18) ROW(19, d19) ROW(20, d20) ROW(21, d21)     \
    ROW(22, d22) ROW(23, d23) ROW(24, d24) ROW(25, d25) ROW(26, d26) ROW(27, d27) ROW(28, d28)     \
    ROW(29, d29) ROW(30, d30) ROW(31, d31) ROW(32, d32) ROW(33, d33) ROW(34, d34) ROW(35, d35)     \
    ROW(36, d36) ROW(37, d37) ROW(38, d38)
// clang-format on
#define EACH(ROW) EACH_BUT_LAST(ROW) ROW(39, d39)
