/// The words of a thread's slot, in their order. Offsets, struct (slot.h) and page (slot.md) come from it.
#pragma once

// WORD(name, writers, readers, what it holds) is 8 bytes; WORDS(name, count, ...) is `count` of them.
// Writers and readers are files or folders of rt.

// clang-format off

// The private page, gs:[0..0x7ff]: on the monitor's key, no domain reads or writes it.
#define RT_SLOT_PRIVATE_WORDS(WORD, WORDS)                                                         \
    WORD(gate_rsp, "enter, leave, unwind", "gates, trap entry, trap/resume.cc",                    \
         "the innermost gate frame, on the monitor's stack")                                       \
    WORD(state, "enter, leave, service, cross, unwind, trap", "rt/patch/switch.h, gates, trap",    \
         "1 in the monitor; in a domain 2 after a trusted gate and 4 after an untrusted one. It "  \
         "names a domain exactly when the frame at gate_rsp is complete: enter stores it last before " \
         "its wrpkru, leave stores 1 after it has loaded its own stack")                           \
    WORD(window, "uaccess/window, uaccess/pkeys, trap/fix_up, trap/interrupt",                     \
         "uaccess/window, uaccess/switch.h, trap/fix_up",                                          \
         "the view that an open uaccess window must have; 0 where none is open. The upper half is "      \
         "the domain's number, where the lower one is the monitor's view")                   \
    WORD(self, "start", "slot(), trap/resume", "the address of gs:0")                              \
    WORD(probe_resume, "trap/probe", "trap/probe", "the stack pointer with which a probe goes on")         \
    WORD(fs_base, "start, sys/fs_base.cc", "leave, service, cross, trap entry",                    \
         "the fs base that a domain must have when it leaves an untrusted gate")                         \
    WORD(stack_limit, "start", "cross, entry/serve.cc",                                            \
         "the lowest rsp with which the monitor still takes a request")                            \
    WORD(pkru_at, "trap/install.cc", "trap entry", "where a signal frame's XSAVE area has PKRU")   \
    WORD(resume_record, "trap/resume.cc", "trap/resume.S",                                         \
         "where the registers of the interrupted domain are, for rt_trap_resume_domain")           \
    WORD(in_handler, "trap/interrupt.cc", "trap",                                                  \
         "1 while a signal handler of the app's trusted code runs")                                \
    WORD(deadline, "trap/deadline.cc", "trap/deadline.cc",                                         \
         "when this thread's domains must have ended, in ns of the monotonic clock; 0 for never")  \
    WORD(deadline_passed, "trap/interrupt.cc, trap/deadline.cc, space/turn.cc",                                   \
         "cross, entry/serve.cc, trap/answer.cc, sys",                                             \
         "1 once the deadline has passed, until there is another one; each call that waits on a "        \
         "domain's behalf reads it")                                                               \
    WORD(call_word, "syscall/install.cc", "sys/call.S, trap/resume.S, syscall/install.cc",         \
         "a number that no domain knows; the filter demands it in a register of every system call") \
    WORDS(unused_private, 3, "none", "none", "up to the next cache lines")                         \
    WORDS(stack, 16, "start, service, cross, trap/interrupt.cc", "enter, service, cross",          \
          "by key: where the next call into that domain begins its stack")                         \
    WORD(resume_selector, "trap/resume.cc", "trap/resume.S",                                       \
         "the interrupted monitor's selector, for rt_trap_resume_monitor")                         \
    WORD(resume_rax, "trap/resume.cc", "trap/resume.S", "its rax")                                 \
    WORD(resume_rip, "trap/resume.cc", "trap/resume.S",                                            \
         "its rip, the first of five as iretq takes them")                                         \
    WORD(resume_cs, "trap/resume.cc", "trap/resume.S", "its cs")                                   \
    WORD(resume_flags, "trap/resume.cc", "trap/resume.S", "its flags")                             \
    WORD(resume_rsp, "trap/resume.cc", "trap/resume.S", "its rsp")                                 \
    WORD(resume_ss, "trap/resume.cc", "trap/resume.S", "its ss")                                   \
    WORD(locks, "sync/mutex.cc", "sync/mutex.cc", "how many mutexes this thread holds")             \
    WORD(blocked, "sys/signal.cc", "sys/signal.cc",                                                \
         "the signals that the thread blocks, except while a handler runs")                        \
    WORD(timer, "gate/deadline.cc", "gate/deadline.cc",                                            \
         "the timer of its deadlines: the kernel's number and one more; 0 for none")               \
    WORD(is_watched, "gate/deadline.cc", "gate/deadline.cc", "1 while that timer runs")            \
    WORD(wait_word, "space/turn.cc", "space/turn.cc",                                              \
         "the address of the word for whose change it waits, in a child's mailbox; 0 for none")    \
    WORD(wait_seen, "space/turn.cc", "space/turn.cc", "what that word was before")                 \
    WORDS(own_stack, 64, "start, entry/serve.cc, space_call/run.cc, life/standing.cc",             \
          "space_call/run.cc",                                                                     \
          "by number of a domain without a key: where the next call into it begins its stack")

// The public page, gs:[0x800..0xfff]: on key 0, every domain reads it, the monitor alone writes it.
#define RT_SLOT_PUBLIC_WORDS(WORD, WORDS)                                                          \
    WORD(view, "enter, leave, unwind", "rt/patch/switch.h, gates, gate/current.cc, trap",           \
         "the view that this thread's code is to run under")                                       \
    WORD(selector, "enter, service, cross, unwind, rt_sys_call, trap",                             \
         "the kernel, rt/patch/switch.h, trap",                                                    \
         "the dispatch selector, one byte: 1 (block) except in the syscall function")              \
    WORD(token, "trap entry", "trap entry, trap/interrupt.cc",                                     \
         "the proof that the kernel called the trap entry: a store that every domain's view "      \
         "refuses")                                                                                \
    WORD(wipe_level, "start", "gate/wipe.h, patch",                                                \
         "how far vector registers are wiped: 0 SSE, 1 AVX, 2 AVX-512")                            \
    WORD(x87_zero, "none", "gate/wipe.h", "0, which the wipe loads into the x87")                  \
    WORD(thread_block, "start", "domains, at fs:0",                                                \
         "the address of this word, to which start points fs")                                     \
    WORDS(unused_thread_block, 4, "none", "none", "up to the canary")                              \
    WORD(canary, "start", "domains, at fs:0x28",                                                   \
         "the random word that code with a stack protector compares")

// clang-format on

// Where each page's words begin.
#define RT_SLOT_PRIVATE 0
#define RT_SLOT_PUBLIC 0x800
