/// What stands for wrpkru where there is none: it drains the pipeline, takes about as long, and changes
/// nothing. Put before each file of rt/gate and of the bench's own gates when they are assembled.
#pragma once

#ifdef __ASSEMBLER__
// clang-format off

// Macros go before instructions of the same name. One lfence waits for what came before and holds back
// what comes behind, as wrpkru does [sdm-2 LFENCE, WRPKRU]; three take about as long as one wrpkru.
.macro wrpkru
  lfence
  lfence
  lfence
.endm

// clang-format on
#endif
