/// Answers of the kernel that are errors. [errno(3)]
#pragma once

namespace kernel {

inline constexpr long eperm = -1;
inline constexpr long eagain = -11;
inline constexpr long enomem = -12;
inline constexpr long eacces = -13;
inline constexpr long efault = -14;
inline constexpr long eexist = -17;
inline constexpr long einval = -22;
inline constexpr long etxtbsy = -26;
inline constexpr long enospc = -28;
inline constexpr long enosys = -38;

} // namespace kernel
