/// PKRU values that assembly writes as immediates; rt/key/view.h proves them against the view type.
#pragma once

// Monitor: keys 0, 1 and 15 open, every domain's key access-disabled.
#define RT_PKRU_MONITOR 0x15555550
// The view of a domain that has an address space of its own on every machine, without data domains. No PKRU
// has both bits of key 0, so no such view is ever loaded, and no domain with a key has one like it.
#define RT_VIEW_OWN 0x55555557
// What the kernel gives a new program and every signal handler [linux pkeys.c v6.12].
#define RT_PKRU_INITIAL 0x55555554

// ID, AC, NT, DF, TF: flags that a gate refuses to carry from a domain into the monitor.
#define RT_FLAGS_REFUSED 0x244500
