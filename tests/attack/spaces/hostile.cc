/// The hostile domain alice, and how a test looks at a child from outside.
#include "tests/attack/spaces/hostile.h"

#include <asm/unistd.h>
#include <linux/wait.h>

#include "linker/symbols.h"
#include "rt/sys/call.h"
#include "rt/space/zygote.h"
#include "rt/sys/process.h"

namespace spaces {

namespace {

using harness::Random;
using rt::space::Answers;
using rt::space::Orders;

POSTERN_BSS(alice) uint64_t alices_words[512];

/// In alice's child.
volatile uint64_t *answers_word(uint64_t index) {
    return reinterpret_cast<volatile uint64_t *>(rt::space::answers_in_child()) + index;
}

/// A word that an event may have, or nearly.
uint64_t claim(Random &random) {
    switch (random.below(6)) {
    case 0:
        return random.next();
    case 1:
        return random.below(12);
    case 2: // a frame, perhaps across an end of the signal stack
        return rt::space::answers_in_child() + offsetof(Answers, signal_stack) - 0x400 +
               8 * random.below(sizeof(Answers::signal_stack) / 8 + 0x100);
    case 3:
        return address_of(alices_words) + random.below(sizeof alices_words);
    case 4:
        return address_of(__arena_start) + random.below(0x4000);
    default:
        return address_of(__text_start) + random.below(0x40000);
    }
}

/// A frame that looks like the kernel's, with one of the signals that it reports.
void forge_frame(Random &random) {
    constexpr uint64_t signals[] = {4, 5, 7, 8, 11, 23, 31};
    const uint64_t frame = offsetof(Answers, signal_stack) + 16 * random.below(0x500);
    const uint64_t signal = signals[random.below(7)];
    for (uint64_t word = 0; word < 128; ++word) {
        *answers_word(frame / 8 + word) = random.below(4) == 0 ? signal : claim(random);
    }
    *answers_word(1) = signal;
    *answers_word(2) = rt::space::answers_in_child() + frame;
}

} // namespace

uint64_t add(uint64_t a, uint64_t b, uint64_t c) {
    return a + b + c;
}

uint64_t scribble(uint64_t seed, uint64_t words) {
    Random random(seed);
    for (uint64_t i = 0; i < words; ++i) {
        *answers_word(random.below(sizeof(Answers) / 8)) = random.next();
    }
    return seed;
}

uint64_t haunt(uint64_t seed, uint64_t event) {
    Random random(seed);
    const auto &orders = *reinterpret_cast<const volatile Orders *>(rt::space::mailbox_in_child());
    auto &answers = *reinterpret_cast<volatile Answers *>(rt::space::answers_in_child());
    for (;;) {
        for (unsigned i = 0; i < rt::space::mailbox_words; ++i) {
            answers.words[i] = claim(random);
        }
        *answers_word(random.below(sizeof(Answers) / 8)) = random.next();
        answers.sleeping = static_cast<uint32_t>(random.below(2));
        const uint64_t kind = event != 0 ? event : random.below(11);
        if (kind == RT_EVENT_TRAPPED && random.below(2) != 0) {
            forge_frame(random);
        }
        if ((kind == RT_EVENT_SERVICE || kind == RT_EVENT_CROSSING) && random.below(2) != 0) {
            answers.words[0] = 1; // one that there is
        }
        answers.kind = static_cast<uint32_t>(kind);
        const uint32_t early = random.below(4) == 0 ? 1 : 0;
        answers.sequence =
            random.below(16) == 0 ? static_cast<uint32_t>(random.next()) : orders.sequence + early;
        if (random.below(2) != 0) {
            spaces_yield();
        }
    }
}

void end() {
    __builtin_trap();
}

void spin() {
    for (;;) {
        asm volatile("pause");
    }
}

int process_of(Domain domain) {
    return static_cast<int>(rt::space::child_of(domain).orders->process);
}

int spare_of(Domain domain) {
    rt::space::collect_spare();
    const auto &child = rt::space::child_of(domain), &other = rt::space::spare_of(domain);
    return static_cast<int>(child.orders->spare != 0 ? child.orders->spare : other.orders->spare);
}

int zygote() {
    return static_cast<int>(rt::space::child_of(rt::no_domain).orders->process);
}

bool sees_no_child() {
    constexpr long no_child = -10;
    return rt::sys::call_raw(__NR_wait4, -1, 0, WNOHANG, 0) == no_child;
}

bool all_well() {
    constexpr uint64_t long_time = 20'000'000'000; // nanoseconds, on a machine that is very busy
    const auto alice = rt::call_within<Domain::alice>(long_time, add_in_alice, 1ul, 2ul, 3ul);
    const auto bob = rt::call_within<Domain::bob>(long_time, add_in_bob, 4ul, 5ul, 6ul);
    return alice && alice.value() == 6 && bob && bob.value() == 15;
}

uint64_t now() {
    return rt::sys::monotonic_nanoseconds();
}

} // namespace spaces

/// Every case looks at processes of domains.
void prepare(rt::Arguments) {
    if (!rt::key::is_apart(Domain::alice)) {
        rt::panic("these tests are for domains in processes of their own: set "
                  "POSTERN_ISOLATION=space");
    }
}
