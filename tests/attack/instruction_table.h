/// Instructions that a domain could try, as bytes, and how each may end.
#pragma once

// Each with its bytes: those that interrupt, those of the kernel's or a hypervisor's, those of
// extensions that are not enabled, and those that only report something or do nothing. [sdm-2,
// apm-3]
#define ATTACK_INSTRUCTIONS(ONE)                                                                   \
    ONE(int3, step, 0xcc)                                                                          \
    ONE(int_3, step, 0xcd, 0x03)                                                                   \
    ONE(icebp, step_or_undefined, 0xf1)                                                            \
    ONE(int_0, forbidden, 0xcd, 0x00)                                                              \
    ONE(int_1, forbidden, 0xcd, 0x01)                                                              \
    ONE(int_2, forbidden, 0xcd, 0x02)                                                              \
    ONE(int_4, forbidden, 0xcd, 0x04)                                                              \
    ONE(int_8, forbidden, 0xcd, 0x08)                                                              \
    ONE(int_14, forbidden, 0xcd, 0x0e)                                                             \
    ONE(int_32, forbidden, 0xcd, 0x20)                                                             \
    ONE(int_255, forbidden, 0xcd, 0xff)                                                            \
    ONE(into, forbidden_on_processors, 0xce)                                                       \
    ONE(ud2, forbidden, 0x0f, 0x0b)                                                                \
    ONE(ud1, forbidden, 0x0f, 0xb9, 0xc0)                                                          \
    ONE(div_by_0, division, 0xf7, 0xf1)                                                            \
    ONE(idiv_by_0, division, 0xf7, 0xf9)                                                           \
    ONE(hlt, forbidden, 0xf4)                                                                      \
    ONE(cli, forbidden, 0xfa)                                                                      \
    ONE(sti, forbidden, 0xfb)                                                                      \
    ONE(in, forbidden, 0xe4, 0x60)                                                                 \
    ONE(out, forbidden, 0xe6, 0x80)                                                                \
    ONE(insb, forbidden, 0x6c)                                                                     \
    ONE(outsb, forbidden, 0x6e)                                                                    \
    ONE(lgdt, forbidden, 0x0f, 0x01, 0x17)                                                         \
    ONE(lidt, forbidden, 0x0f, 0x01, 0x1f)                                                         \
    ONE(lldt, forbidden, 0x0f, 0x00, 0xd0)                                                         \
    ONE(ltr, forbidden, 0x0f, 0x00, 0xd8)                                                          \
    ONE(lmsw, forbidden, 0x0f, 0x01, 0xf0)                                                         \
    ONE(clts, forbidden, 0x0f, 0x06)                                                               \
    ONE(load_cr0, forbidden, 0x0f, 0x22, 0xc0)                                                     \
    ONE(load_cr4, forbidden, 0x0f, 0x22, 0xe0)                                                     \
    ONE(store_cr3, forbidden, 0x0f, 0x20, 0xd8)                                                    \
    ONE(load_dr7, forbidden, 0x0f, 0x23, 0xf8)                                                     \
    ONE(load_ss, forbidden, 0x8e, 0xd0)                                                            \
    ONE(load_cs, forbidden, 0x8e, 0xc8)                                                            \
    ONE(invlpg, forbidden, 0x0f, 0x01, 0x3f)                                                       \
    ONE(invd, forbidden_on_processors, 0x0f, 0x08)                                                 \
    ONE(wbinvd, forbidden_on_processors, 0x0f, 0x09)                                               \
    ONE(wrmsr, forbidden, 0x0f, 0x30)                                                              \
    ONE(rdmsr, forbidden, 0x0f, 0x32)                                                              \
    ONE(wrmsrns, forbidden, 0x0f, 0x01, 0xc6)                                                      \
    ONE(sysret, forbidden, 0x0f, 0x07)                                                             \
    ONE(sysexit, forbidden, 0x0f, 0x35)                                                            \
    ONE(swapgs, forbidden, 0x0f, 0x01, 0xf8)                                                       \
    ONE(lkgs, forbidden, 0xf2, 0x0f, 0x00, 0xf0)                                                   \
    ONE(eretu, forbidden, 0xf3, 0x0f, 0x01, 0xca)                                                  \
    ONE(xsetbv, forbidden, 0x0f, 0x01, 0xd1)                                                       \
    ONE(xsaves, forbidden, 0x0f, 0xc7, 0x2f)                                                       \
    ONE(xrstors, forbidden, 0x0f, 0xc7, 0x1f)                                                      \
    ONE(rsm, forbidden, 0x0f, 0xaa)                                                                \
    ONE(clac, forbidden, 0x0f, 0x01, 0xca)                                                         \
    ONE(stac, forbidden, 0x0f, 0x01, 0xcb)                                                         \
    ONE(monitor, forbidden, 0x0f, 0x01, 0xc8)                                                      \
    ONE(mwait, forbidden, 0x0f, 0x01, 0xc9)                                                        \
    ONE(encls, forbidden, 0x0f, 0x01, 0xcf)                                                        \
    ONE(pconfig, forbidden, 0x0f, 0x01, 0xc5)                                                      \
    ONE(vmrun, forbidden, 0x0f, 0x01, 0xd8)                                                        \
    ONE(vmload, forbidden, 0x0f, 0x01, 0xda)                                                       \
    ONE(vmlaunch, forbidden, 0x0f, 0x01, 0xc2)                                                     \
    ONE(tdcall, forbidden, 0x66, 0x0f, 0x01, 0xcc)                                                 \
    ONE(vmcall, harmless, 0x0f, 0x01, 0xc1)                                                        \
    ONE(vmmcall, harmless, 0x0f, 0x01, 0xd9)                                                       \
    ONE(vmfunc, forbidden, 0x0f, 0x01, 0xd4)                                                       \
    ONE(enclu, forbidden, 0x0f, 0x01, 0xd7)                                                        \
    ONE(uiret, forbidden, 0xf3, 0x0f, 0x01, 0xec)                                                  \
    ONE(testui, forbidden, 0xf3, 0x0f, 0x01, 0xed)                                                 \
    ONE(clui, forbidden, 0xf3, 0x0f, 0x01, 0xee)                                                   \
    ONE(senduipi, forbidden, 0xf3, 0x0f, 0xc7, 0xf0)                                               \
    ONE(wrssd, forbidden, 0x0f, 0x38, 0xf6, 0x07)                                                  \
    ONE(wrussd, forbidden, 0x66, 0x0f, 0x38, 0xf5, 0x07)                                           \
    ONE(rstorssp, forbidden, 0xf3, 0x0f, 0x01, 0x2f)                                               \
    ONE(setssbsy, forbidden, 0xf3, 0x0f, 0x01, 0xe8)                                               \
    ONE(ldtilecfg, forbidden, 0xc4, 0xe2, 0x78, 0x49, 0x06)                                        \
    ONE(tilerelease, forbidden, 0xc4, 0xe2, 0x78, 0x49, 0xc0)                                      \
    ONE(tilezero, forbidden, 0xc4, 0xe2, 0x7b, 0x49, 0xc0)                                         \
    ONE(rdpmc, harmless, 0x0f, 0x33)                                                               \
    ONE(rdtsc, harmless, 0x0f, 0x31)                                                               \
    ONE(rdtscp, harmless, 0x0f, 0x01, 0xf9)                                                        \
    ONE(cpuid, harmless, 0x0f, 0xa2)                                                               \
    ONE(xgetbv, harmless, 0x0f, 0x01, 0xd0)                                                        \
    ONE(rdpkru, harmless, 0x0f, 0x01, 0xee)                                                        \
    ONE(xend, harmless, 0x0f, 0x01, 0xd5)                                                          \
    ONE(xtest, harmless, 0x0f, 0x01, 0xd6)
