/// The switch to another view: `wrpkru`, and the compares that stop code which jumped to it.
#pragma once

#include "rt/base/pkru_values.h"
#include "rt/base/slot.h"
#include "rt/patch/alternative.h"

#ifdef __ASSEMBLER__
// clang-format off

// Each takes \site, the label that it is used at, and \die, a label with a trap. eax holds the view, ecx and
// edx are 0. FROM and PKRU are said at the label, as at every other. linker/verify/sites.h says the same
// sequences once more, as bytes: the verifier refuses an image whose gates differ from it.

// The first compare. Code that jumped to the wrpkru has chosen eax itself; the compare stops it
// under any view except \view. Without keys the wrpkru is NOPs, and the compare is still made
// (rt/patch).
.macro switch_view site, view, die
  wrpkru
  nop_where no_keys, \site
  cmpl \view, %eax
  jne \die
.endm

// To the domain whose view this thread's view word names. The second compare: the selector is closed.
.macro to_domain site, die
  switch_view \site, %gs:slot_view, \die
  cmpb $RT_SELECTOR_BLOCK, %gs:slot_selector
  jne \die
.endm

// From a domain to the monitor. The second compare: a call is open, so the frame at gate_rsp is complete.
.macro to_monitor site, die
  switch_view \site, $RT_PKRU_MONITOR, \die
  testb $RT_STATE_MONITOR, %gs:slot_state
  jne \die
.endm

// From the monitor to \view, another one of its own. The second compare: no domain runs.
.macro within_monitor site, view, die
  switch_view \site, \view, \die
  cmpl $RT_STATE_MONITOR, %gs:slot_state
  jne \die
.endm

// clang-format on
#endif
