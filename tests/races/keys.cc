/// The key allocator: four threads that allocate, tag, unmap and free.
#include <signal.h>
#include <sys/ucontext.h>
#include <unistd.h>

#include "linker/layout.h"
#include "rt/domain/alias.h"
#include "rt/domain/key_allocator.h"
#include "rt/domain/table.h"
#include "rt/key/isolation.h"
#include "rt/sys/memory.h"
#include "rt/uaccess/pkeys.h"
#include "tests/races/race.h"

// The image: a page of its own.
asm(".pushsection .bss\n"
    ".balign 4096\n"
    ".globl __text_start, __regions_end\n"
    "__text_start: .skip 4096\n"
    "__regions_end:\n"
    ".popsection");

extern "C" {
void rt_uaccess_open(uint32_t view);
void rt_uaccess_close();
void rt_uaccess_open(uint32_t) {}
void rt_uaccess_close() {}
}

namespace rt {

namespace domain {
bool is_any_apart() {
    return false;
}
bool is_named(key::Pkey key) {
    return key.raw() <= 3;
}
const char *name_of_number(unsigned) {
    return "a domain";
}
} // namespace domain

key::Isolation key::isolation() {
    return Isolation::keys;
}

namespace sys {
base::Result<base::Done> pkey_mprotect(base::Region, Protection, int) {
    return base::Done{};
}
base::Result<base::Done> protect(base::Region, Protection) {
    return base::Done{};
}
base::Result<base::Done> munmap(base::Region) {
    return base::Done{};
}
bool all_mapped(base::Region) {
    return true;
}
} // namespace sys

} // namespace rt

namespace race {

namespace {

using rt::key::Pkey;

constexpr int rounds = 500;

/// By key: the thread that has it. Plain, so that two at once are reported.
unsigned holders[Pkey::count];

/// Plays rdpkru where the machine has none: all keys are open. [sdm-2 RDPKRU]
void play_rdpkru(int, siginfo_t *, void *context) {
    greg_t(&registers)[NGREG] = static_cast<ucontext_t *>(context)->uc_mcontext.gregs;
    const auto *const instruction = reinterpret_cast<const unsigned char *>(registers[REG_RIP]);
    if (instruction[0] != 0x0f || instruction[1] != 0x01 || instruction[2] != 0xee) {
        _exit(1);
    }
    registers[REG_RAX] = 0;
    registers[REG_RDX] = 0;
    registers[REG_RIP] += 3;
}

rt::base::Region pages_of(unsigned thread) {
    const uintptr_t begin = 0x10000000 + 0x100000 * uintptr_t{thread};
    return rt::base::Region::from_raw(begin, begin + 4 * POSTERN_PAGE);
}

void use_one(unsigned thread) {
    const auto key = rt::uaccess::pkey_alloc(0, 0);
    if (check(bool(key), "there are keys for all threads"); !key) {
        return;
    }
    holders[key.value().raw()] = thread;
    const auto pages = pages_of(thread);
    check(bool(rt::uaccess::pkey_mprotect(pages, rt::sys::Protection::read_write, key.value())),
          "pkey_mprotect");
    check(bool(rt::uaccess::pkey_set(key.value(), rt::key::Rights::full)), "pkey_set");
    check(holders[key.value().raw()] == thread, "another thread has the key");
    check(bool(rt::uaccess::munmap(pages)), "munmap");
    holders[key.value().raw()] = 0;
    check(bool(rt::uaccess::pkey_free(key.value())), "pkey_free");
}

} // namespace

void keys() {
    struct sigaction action {};
    action.sa_sigaction = play_rdpkru;
    action.sa_flags = SA_SIGINFO;
    sigaction(SIGILL, &action, nullptr);
    on_threads(4, [](unsigned thread) {
        for (int i = 0; i < rounds; ++i) {
            use_one(thread + 1);
        }
    });
    for (unsigned number = 0; number < Pkey::count; ++number) {
        check(!rt::domain::is_handed_out(Pkey::from_raw(number)), "a key stays handed out");
    }
    const rt::domain::TaggedMemory records;
    check(records.begin() == records.end(), "a record of memory that is gone");
}

} // namespace race
