/// What the domains of test_library do, in C and in C++.
#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// What alice's code, in C, is told to do.
enum task {
    task_use_every_header, // the number of what went wrong, from 1 on; 0 if nothing did
    task_set_error_number,
    task_error_number,
    task_jump_out,
    task_canary,
    task_sort,
};
uint64_t alice_does(enum task task, uint64_t value);

// Ways to end her call.
enum end {
    end_abort,
    end_exit,
    end_underscore_exit,
    end_assertion,
    end_smashed_stack,
    end_memcpy_chk,
    end_strcpy_chk,
    end_strncat_chk,
    end_sprintf_chk,
    end_float_format,
    end_old_jump,
};
uint64_t alice_ends(enum end end, uint64_t room);

// Functions that carol's domain is without.
enum lack {
    lack_fopen,
    lack_lseek,
    lack_strtod,
    lack_nothing,
    lack_weak_function_that_she_asks_for,
    lack_weak_function_that_she_calls,
};
uint64_t carol_does(enum lack lack);

// bob's, in C++.
uint64_t bob_error_number(void);
uint64_t bob_uses_every_header(void);
uint64_t bob_has_his_own(void);
uint64_t bob_stops_with(uint64_t text);

#ifdef __cplusplus
}
#endif
