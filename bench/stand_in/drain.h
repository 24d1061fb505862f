/// A replacement of wrpkru on machines without it: it drains the pipeline, takes about as long, and
/// changes nothing. It is included before each file of rt/gate and of the bench's own gates when
/// they are assembled.
#pragma once

#ifdef __ASSEMBLER__
// clang-format off

// Macros take precedence over instructions of the same name. One lfence waits for earlier
// instructions and holds back later ones, as wrpkru does [sdm-2 LFENCE, WRPKRU]; three take about
// as long as one wrpkru.
.macro wrpkru
  lfence
  lfence
  lfence
.endm

// clang-format on
#endif
