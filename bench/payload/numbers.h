/// System calls that rows make, by number. [linux syscall_64.tbl v6.12]
#pragma once

#include <stdint.h>

namespace bench::number {

inline constexpr uint16_t read = 0;
inline constexpr uint16_t close = 3;
inline constexpr uint16_t mmap = 9;
inline constexpr uint16_t mprotect = 10;
inline constexpr uint16_t rt_sigreturn = 15;
inline constexpr uint16_t pread64 = 17;
inline constexpr uint16_t pwrite64 = 18;
inline constexpr uint16_t getpid = 39;
inline constexpr uint16_t clone = 56;
inline constexpr uint16_t wait4 = 61;
inline constexpr uint16_t kill = 62;
inline constexpr uint16_t getuid = 102;
inline constexpr uint16_t getppid = 110;
inline constexpr uint16_t prctl = 157;
inline constexpr uint16_t waitid = 247;
inline constexpr uint16_t pipe2 = 293;
inline constexpr uint16_t memfd_create = 319;
inline constexpr uint16_t pidfd_open = 434;
inline constexpr uint16_t openat2 = 437;

} // namespace bench::number
