/// The places of a signal frame that assembly reads.
#pragma once

// The frame as the kernel writes it, without the XSAVE area, and, in it, that area's address and
// the signal's number. rt/trap/frame.h proves them.
#define RT_FRAME_BYTES 440
#define RT_FRAME_STATE 232
#define RT_FRAME_SIGNAL 312

// The interrupted rip; what the processor said about a fault: error code, trap number, address.
#define RT_FRAME_RIP 176
#define RT_FRAME_ERROR 200
#define RT_FRAME_TRAP 208
#define RT_FRAME_CR2 224

// The place in the XSAVE area of its length, which includes all that the kernel looks for after it.
#define RT_STATE_EXTENDED_SIZE 468

#define RT_SIGNAL_SYSCALL 31

// Bit n is signal n: the signals that an instruction raises (rt/sys/signal.h).
#define RT_SIGNALS_SYNCHRONOUS 0x800009b0

#ifdef __ASSEMBLER__
// clang-format off
.set frame_state, RT_FRAME_STATE
.set frame_signal, RT_FRAME_SIGNAL
.set frame_rip, RT_FRAME_RIP
.set frame_error, RT_FRAME_ERROR
.set frame_trap, RT_FRAME_TRAP
.set frame_cr2, RT_FRAME_CR2
.set state_extended_size, RT_STATE_EXTENDED_SIZE
// clang-format on
#endif
