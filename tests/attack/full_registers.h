/// The patterns and the dump layout that the register tests share with their assembly.
#pragma once

#define TEST_MONITOR_PATTERN 0x4d4f4e49544f5221
#define TEST_DOMAIN_PATTERN 0x444f4d41494e2121
// Rounding modes of their own, all exceptions masked; the domain also leaves sticky flags behind.
#define TEST_MONITOR_MXCSR 0x3f80
#define TEST_DOMAIN_MXCSR 0x5fbf
#define TEST_MONITOR_X87 0x077f
#define TEST_DOMAIN_X87 0x0b7f
// Offset of the XSAVE area in a dump: general registers come first.
#define TEST_DUMP_STATE 128
