/// The domains of tests of heaps, and the line of a Fault.
#pragma once

#include "linker/symbols.h"
#include "rt/key/domain.h"
#include "tests/crt/library/heap/body.h"
#include "tests/harness/harness.h"

namespace heap {

inline constexpr rt::Entry<Domain::alice, alice_does> alice_entry;
inline constexpr rt::Entry<Domain::bob, bob_does> bob_entry;

/// Uses of memory that must be the caller's own.
inline constexpr Task uses[] = {Task::give, Task::resize, Task::room};

inline auto alice(Task task, uint64_t a = 0, uint64_t b = 0) {
    return rt::call<Domain::alice>(alice_entry, task, a, b);
}
inline auto bob(Task task, uint64_t a = 0, uint64_t b = 0) {
    return rt::call<Domain::bob>(bob_entry, task, a, b);
}

constexpr int key_number(Domain domain) {
    return static_cast<int>(rt::key::key_of(domain).raw());
}

inline uint64_t begin_of(Domain domain) {
    return reinterpret_cast<uint64_t>(rt_domain_heaps[key_number(domain)].begin);
}

inline bool is_in_heap_of(Domain domain, uint64_t address) {
    const auto &heap = rt_domain_heaps[key_number(domain)];
    return address - begin_of(domain) < static_cast<uint64_t>(heap.end - heap.begin);
}

/// Whether the line of a Fault contains the text.
inline bool says(const rt::Fault &fault, const char *text) {
    rt::base::Line line;
    append_to(line, fault);
    line.append('\0');
    for (const char *from = line.text(); *from != '\0'; ++from) {
        size_t same = 0;
        while (text[same] != '\0' && from[same] == text[same]) {
            ++same;
        }
        if (text[same] == '\0') {
            return true;
        }
    }
    rt::log("  {}", fault);
    return false;
}

} // namespace heap
