/// Declarations of the bench's own gates and shapes for C++.
#pragma once

#include <stddef.h>
#include <stdint.h>

extern "C" {

/// The fenced time stamp counter. bench/gate/pair.S
uint64_t bench_now();
/// `loops` bare wrpkru pairs: the unit, u. bench/gate/pair.S
void bench_pairs(uint64_t loops);
void bench_nothing();

/// bench/gate/ladder.S: one for each rung, and one for each part added to the rung `registers`.
using BenchGate = uint64_t(const void *function);
BenchGate bench_floor_call, bench_floor_stack, bench_floor_registers, bench_floor_state,
    bench_floor_flags, bench_floor_view, bench_floor_ymm, bench_floor_zmm, bench_floor_control,
    bench_floor_fs, bench_floor_x87, bench_floor_trusted;
BenchGate bench_floor_only_state, bench_floor_only_flags_tested, bench_floor_only_flags_cleared,
    bench_floor_only_view, bench_floor_only_selector, bench_floor_only_rdpkru, bench_floor_only_ymm,
    bench_floor_only_zmm, bench_floor_only_control, bench_floor_only_fs, bench_floor_only_x87;

/// bench/gate/across.S: from Domain::untrusted to Domain::peer.
BenchGate bench_floor_across;

/// bench/gate/fault.S: `loops` faults, each handled by the named handler.
void bench_fault_null_write(uint64_t loops);
void bench_fault_int3(uint64_t loops);
void bench_fault_sigreturn(uint64_t loops);
extern const char bench_fault_handler[], bench_fault_returning_handler[];

/// bench/gate/system_call.S
void bench_getppid(uint64_t loops);

/// bench/gate/copy.S
void bench_copy_in_pair(void *to, const void *from, size_t bytes);
void bench_copy_in_window(void *to, const void *from, size_t bytes);
void bench_copy(void *to, const void *from, size_t bytes);

/// bench/shape
void bench_shape_two_inline(uint64_t loops, const void *function);
void bench_shape_two_around_a_call(uint64_t loops, const void *function);
BenchGate bench_shape_four_wiped, bench_shape_four_compared;
uint64_t bench_shape_locked_monitor(uint64_t number);

} // extern "C"
