/// The worker: a domain with two bugs. Only a new life makes up for them.
#include "apps/restart/worker.h"

#include <stdlib.h>

namespace worker {

namespace {

constexpr size_t note_bytes = 8192; // eight of them exhaust the heap

uint64_t requests = 0;
uint64_t *last_note = nullptr;

} // namespace

uint64_t square(uint64_t number) {
    auto *note = static_cast<uint64_t *>(malloc(note_bytes)); // never freed
    if (note == nullptr) {
        return 0;
    }
    note[0] = number * number;
    last_note = note;
    if (++requests >= 3) {
        last_note = reinterpret_cast<uint64_t *>(8); // a stray pointer
    }
    *const_cast<volatile uint64_t *>(last_note) = note[0];
    return note[0];
}

} // namespace worker
