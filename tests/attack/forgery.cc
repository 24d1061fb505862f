/// A forged signal frame, and the ways of getting its bytes on to the alternate stack.
#include "tests/attack/forgery.h"

#include "linker/symbols.h"
#include "rt/domain/tag.h"
#include "rt/sys/signal.h"
#include "rt/trap/strategy.h"
#include "tests/attack/alternate_stacks.h"

namespace attack {

namespace {

using rt::trap::Frame;

constexpr size_t word_of(size_t offset) {
    return offset / 8;
}

constexpr size_t fpstate_word = word_of(offsetof(Frame, context.uc_mcontext.fpstate));
constexpr size_t code_word = word_of(offsetof(Frame, info.si_code));
constexpr size_t number_word = word_of(offsetof(Frame, info.si_syscall));
static_assert(fpstate_word == 29 && code_word == 40 && number_word == 42);

/// In the order in which the kernel stores them. [linux sigcontext.h v6.12]
void pack_general(RegisterFile &file, const uint64_t *words) {
    uint64_t *const slots[] = {&file.r8,  &file.r9,  &file.r10, &file.r11, &file.r12,
                               &file.r13, &file.r14, &file.r15, &file.rdi, &file.rsi,
                               &file.rbp, &file.rbx, &file.rdx, &file.rax, &file.rcx};
    for (uint64_t *slot : slots) {
        *slot = *words++;
    }
}

void pack_xmm(RegisterFile &file, const uint64_t *words) {
    __builtin_memcpy(file.vectors, words, sizeof file.vectors);
}

void pack_ymm(RegisterFile &file, const uint64_t *words) {
    file.loads_high = 1;
    __builtin_memcpy(file.high, words, sizeof file.high);
}

constexpr Route routes[route_count] = {
    {"general registers", fpstate_word, fpstate_word + 15, pack_general},
    {"xmm", number_word - 31, number_word + 1, pack_xmm},
    {"ymm", number_word - 31, number_word + 1, pack_ymm},
};

/// The first result of find(address) that is not 0. The search covers the second alternate stack,
/// then the first. It goes downwards from the last address that has so many bytes after it, as far
/// as a frame reaches.
template <class Find>
uint64_t find_from_the_top(size_t bytes, Find find) {
    constexpr size_t reach = 0x4000;
    using rt::domain::AlternateStack;
    const AlternateStack stacks[] = {AlternateStack::second, AlternateStack::first};
    for (const AlternateStack which : stacks) {
        const uintptr_t end = rt::domain::alternate_stack(0, which).end();
        for (uintptr_t at = end - bytes; at >= end - reach; at -= 8) {
            if (const uint64_t found = find(at)) {
                return found;
            }
        }
    }
    return 0;
}

POSTERN_BSS(alice) FrameImage alice_image;

/// Runs in alice.
void write_frame(uint64_t address) {
    auto *to = reinterpret_cast<volatile uint64_t *>(address);
    for (const uint64_t word : alice_image.words) {
        *to++ = word;
    }
}
constexpr rt::Entry<Domain::alice, write_frame> write_frame_entry;

struct Leaf {
    uint32_t a, b, c, d;
};

Leaf cpuid(uint32_t leaf, uint32_t part) {
    Leaf seen;
    asm volatile("cpuid"
                 : "=a"(seen.a), "=b"(seen.b), "=c"(seen.c), "=d"(seen.d)
                 : "a"(leaf), "c"(part));
    return seen;
}

/// The state components that the system has enabled. [sdm-2 XGETBV]
uint32_t enabled_components() {
    if ((cpuid(1, 0).c >> 27 & 1) == 0) {
        return 0;
    }
    uint32_t low;
    uint32_t high;
    asm volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return low;
}

} // namespace

void forge(FrameImage &image) {
    for (uint64_t &word : image.words) {
        word = 0;
    }
    auto &saved = image.frame.context.uc_mcontext;
    saved.rip = address_of(attack_undefined);
    saved.cs = user_code;
    saved.fpstate = reinterpret_cast<decltype(saved.fpstate)>(address_of(__text_start));
    image.frame.restorer = reinterpret_cast<uint64_t>(__restore_rt);
    image.frame.info.si_signo = static_cast<int>(rt::sys::Signal::syscall);
    image.frame.info.si_code = 2;
    image.frame.info.si_syscall = static_cast<int>(forged_number);
}

void forge(FrameImage &image, int signal, State state) {
    forge(image);
    auto &saved = image.frame.context.uc_mcontext;
    saved.rip = address_of(attack_poke);
    if (signal != image.frame.info.si_signo) {
        image.frame.info.si_signo = signal;
        image.frame.info.si_code = static_cast<int>(forged_number);
    }
    if (state == State::none) {
        saved.fpstate = nullptr;
    } else if (const uint64_t genuine = last_genuine_frame(); state == State::genuine && genuine) {
        saved.fpstate =
            reinterpret_cast<const rt::trap::Frame *>(genuine)->context.uc_mcontext.fpstate;
    }
}

uint64_t last_genuine_frame() {
    return find_from_the_top(sizeof(Frame), [](uintptr_t at) -> uint64_t {
        const auto *frame = reinterpret_cast<const Frame *>(at);
        return frame->restorer == address_of(__restore_rt) && frame->info.si_signo == 4 ? at : 0;
    });
}

Route route(size_t row) {
    return routes[row];
}

void pack_plant(RegisterFile &file, const FrameImage &image, const Route &route) {
    route.pack(file, image.words + route.first_word);
    file.rip = address_of(attack_undefined);
}

uint64_t find_planted(const FrameImage &image, const Route &route) {
    const size_t bytes = 8 * (route.end_word - route.first_word);
    const uint64_t *wanted = image.words + route.first_word;
    const uint64_t found = find_from_the_top(bytes, [&](uintptr_t at) -> uint64_t {
        const auto *seen = reinterpret_cast<const uint64_t *>(at);
        return *seen == *wanted && __builtin_memcmp(seen, wanted, bytes) == 0
                   ? at - 8 * route.first_word
                   : 0;
    });
    if (rt::trap::frame_strategy() == rt::trap::FrameStrategy::monitor_key) {
        return found;
    }
    const uint64_t place = place_to_write();
    return EXPECT(found == 0) && EXPECT(bool(write_by_alice(image, place))) ? place : 0;
}

rt::Result<rt::Done, rt::Fault> write_by_alice(const FrameImage &image, uint64_t place) {
    EXPECT(bool(
        rt::copy_to_domain(Domain::alice, rt::Claimed::of(&alice_image), &image, sizeof image)));
    return rt::call<Domain::alice>(write_frame_entry, place);
}

uint64_t place_to_write() {
    return alternate_stacks().end() - 0x8000;
}

bool is_forged(const rt::Fault &fault) {
    return fault.code == static_cast<int>(forged_number) ||
           (fault.kind == rt::FaultKind::syscall && fault.number == forged_number);
}

bool has_ymm() {
    return (enabled_components() & 0x6) == 0x6;
}

bool has_zmm() {
    return (enabled_components() & 0xe6) == 0xe6;
}

} // namespace attack
