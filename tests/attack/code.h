/// The addresses that strikes aim at, found in the image itself.
#pragma once

#include <stddef.h>
#include <stdint.h>

extern "C" {
/// rt/gate, rt/uaccess, rt/trap, rt/sys.
extern const char rt_gate_leave[], rt_uaccess_open[], rt_uaccess_close[];
extern const char rt_trap_entry[], rt_sys_call[], __restore_rt[];
extern const char crt_start[];
}

namespace attack {

/// A range of code.
struct Code {
    const char *name;
    const char *begin;
    const char *end;
};

/// Gates and windows; trap entry, probe and restorer; the one syscall function; the first
/// instructions.
Code gate_code();
Code trap_code();
Code syscall_code();
Code start_code();

/// Whether this machine is toolchain/emulate's.
bool is_emulated();

/// The n-th wrpkru (from 0) at or after `begin`; fails the case and yields null when there is none
/// within 4096 bytes.
const char *nth_wrpkru(const char *begin, size_t n);

/// The first occurrence of an instruction's bytes at or after `begin`, as nth_wrpkru.
const char *find_bytes(const char *begin, const char *bytes, size_t count);

/// Whether a wrpkru begins there, which is where everything is decided.
inline bool is_wrpkru(const char *at) {
    return __builtin_memcmp(at, "\x0f\x01\xef", 3) == 0;
}

/// All wrpkru instructions between two addresses.
template <class Visit>
void for_each_wrpkru(Code code, Visit visit) {
    for (const char *at = code.begin; at + 3 <= code.end; ++at) {
        if (is_wrpkru(at)) {
            visit(at);
        }
    }
}

} // namespace attack
