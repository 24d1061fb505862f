/// What domains do with their heaps, one function a domain: tests/crt/library/heap/body.cc.
#pragma once

#include <stdint.h>

namespace heap {

enum class Task : uint8_t {
    take,                // malloc(a)
    give,                // free(a)
    resize,              // realloc(a, b)
    take_zeroed,         // calloc(a, b)
    take_aligned,        // aligned_alloc(a, b)
    room,                // malloc_usable_size(a)
    error_number,        // errno
    new_object,          // operator new(a)
    load,                // the word at a
    store,               // b to the word at a
    fill,                // the first page at a with bytes b
    take_everything,     // the number of blocks of a bytes that there were; all are free again
    use_whole_interface, // the number of what went wrong, from 1 on; 0 if nothing did
    call_at_random,      // the same, after b calls chosen by a
    give_static,         // free of a variable of the domain's
    give_local,          // free of one on its stack
    take_without_gs,     // malloc(a) with gs loaded with a null selector
};

uint64_t alice_does(Task task, uint64_t a, uint64_t b);
uint64_t bob_does(Task task, uint64_t a, uint64_t b);
uint64_t strict_does(Task task, uint64_t a, uint64_t b);

} // namespace heap
