/// Assertions of code of domains: one that fails ends the call as a Fault{assertion}. [c11 7.2]
#undef assert // no #pragma once: NDEBUG counts at each include

#ifdef __cplusplus
extern "C" {
#endif

#ifdef __cplusplus
[[noreturn]]
#else
_Noreturn
#endif
void __assert_fail(const char *expression, const char *file, unsigned line, const char *function);

#ifdef __cplusplus
}
#endif

#ifdef NDEBUG
#define assert(condition) ((void)0)
#else
#define assert(condition)                                                                          \
    ((condition) ? (void)0 : __assert_fail(#condition, __FILE__, __LINE__, __func__))
#endif

#if !defined(__cplusplus) && !defined(static_assert)
#define static_assert _Static_assert
#endif
