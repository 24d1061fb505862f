/// The attacker tries its luck: it runs bytes that were not written as code, from the middle of the
/// image's own text and from a block of random bytes, with random registers, flags and return
/// addresses. After each run the same must hold as after any strike.
#include "tests/harness/random.h"
#include "linker/symbols.h"
#include "rt/trap/strategy.h"
#include "tests/attack/canaries.h"
#include "tests/attack/code.h"
#include "tests/attack/ends_emulator.h"
#include "tests/attack/sweep.h"

extern "C" {
/// tests/attack/random_bytes.S.
extern const char attack_random_bytes[], attack_random_bytes_end[];
}

namespace {

using attack::address_of;
using attack::RegisterFile;

constexpr uint64_t all_runs = 10'000'000;
constexpr uint64_t seed = 0x706f737465726e;

/// Return addresses and other words, with room for pushes below them.
constexpr size_t word_count = 512;
constexpr size_t first_word = 256;
POSTERN_BSS(alice) uint64_t alice_words[word_count];

/// The bytes that lead the emulator to its death. A run goes further than a jump into code that
/// somebody wrote, so what is_left_out looks at is not enough.
constexpr long most_bytes = 256 * 1024;
constinit bool is_left_out[most_bytes] = {};

void mark_left_out() {
    if (!attack::is_emulated() || !EXPECT(__text_end - __text_start <= most_bytes)) {
        return;
    }
    attack::mark_emulator_ends(is_left_out);
    uint64_t count = 0;
    for (const bool mark : is_left_out) {
        count += mark ? 1 : 0;
    }
    rt::log(
        "{} of {} bytes are left out: they may lead to an instruction of which the emulator dies",
        count, __text_end - __text_start);
}

class Domains {
public:
    Domains(const attack::Order &order, uintptr_t stack) : order_(order), sweep_(order, stack) {
        const auto keep = [&](const char *at) {
            if (EXPECT(wrpkru_count_ < most_wrpkrus)) {
                wrpkrus_[wrpkru_count_++] = at;
            }
        };
        attack::for_each_wrpkru(attack::gate_code(), keep);
        attack::for_each_wrpkru(attack::trap_code(), keep);
        EXPECT(wrpkru_count_ > 0);
    }

    void run() {
        for (uint64_t run = order_.begin.place; run < all_runs; ++run) {
            if (run % order_.slices == order_.slice) {
                sweep_.begin_place(run);
                if (sweep_.begin_strike({run, 0})) {
                    strike(run);
                }
                sweep_.end_place(false);
            }
        }
        sweep_.finish(0); // one for each run
    }

private:
    uint64_t code(const char *begin, const char *end) {
        const char *at = begin;
        do {
            at = begin + random_.below(static_cast<uint64_t>(end - begin));
        } while (is_left_out[at - __text_start]);
        return address_of(at);
    }

    /// An address in the text: a quarter of them entries, a quarter the bytes before and after a
    /// change of the view.
    uint64_t text() {
        constexpr uint64_t around = 16;
        switch (random_.below(4)) {
        case 0:
            return code(__gate_start, __trap_end);
        case 1: {
            const char *at = wrpkrus_[random_.below(wrpkru_count_)];
            return code(at - around, at + around);
        }
        default:
            return code(__text_start, __text_end);
        }
    }

    uint32_t view() {
        const uint32_t views[] = {attack::views.monitor,      0,
                                  attack::views.alice,        attack::views.bob,
                                  attack::views.window_alice, attack::views.window_bob};
        return views[random_.below(sizeof views / sizeof views[0])];
    }

    /// A value for a register.
    uint64_t word() {
        const uint64_t offset = random_.below(POSTERN_PAGE);
        switch (random_.below(16)) {
        case 0:
            return text();
        case 1:
            return code(attack_random_bytes, attack_random_bytes_end);
        case 2:
            return address_of(attack::monitor_canary(random_.below(attack::canary_pages))) + offset;
        case 3:
            return address_of(attack::bob_canary()) + offset;
        case 4:
            return address_of(__arena_start) + random_.below(POSTERN_SLOT_SIZE);
        case 5:
            return address_of(__monitor_stack_end) - offset;
        case 6:
            return address_of(__rodata_start) + offset;
        case 7:
            return view();
        case 10:
            return address_of(attack_poke); // should a view be left open
        case 8:
            return random_.next();
        case 9:
            return random_.below(256);
        default: // its own memory, so that it comes far
            return address_of(alice_words) + 8 * random_.below(word_count);
        }
    }

    void fill_registers(RegisterFile &file) {
        uint64_t *const registers[] = {&file.rax, &file.rbx, &file.rcx, &file.rdx, &file.rsi,
                                       &file.rdi, &file.rbp, &file.r8,  &file.r9,  &file.r10,
                                       &file.r11, &file.r12, &file.r13, &file.r14, &file.r15};
        for (uint64_t *each : registers) {
            *each = word();
        }
        if (random_.below(2) == 0) { // as wrpkru wants them
            file.rax = view();
            file.rcx = file.rdx = 0;
        }
        file.rsp = random_.below(4) == 0 ? word()
                                         : address_of(alice_words + first_word + random_.below(32));
        constexpr size_t free_vectors = 28; // the rest is attack_poke's
        for (size_t vector = 0; vector < free_vectors; ++vector) {
            file.vectors[vector] = random_.next();
        }
        file.loads_gs = random_.below(4) == 0;
        file.loads_fs = random_.below(8) == 0;
    }

    void fill_flags(RegisterFile &file) {
        constexpr uint64_t arithmetic = 0x8d5, systems = 0x244400, trap = 0x100;
        file.flags |= random_.next() & arithmetic;
        if (random_.below(4) == 0) {
            file.flags |= random_.next() & systems;
        }
        if (random_.below(16) == 0) {
            file.flags |= trap;
            file.way = ATTACK_BY_IRETQ;
        }
    }

    void strike(uint64_t run) {
        random_ = harness::Random(run + seed);
        uint64_t words[word_count];
        for (uint64_t &each : words) {
            each = 0;
        }
        constexpr size_t returns = 64;
        for (size_t each = first_word; each < first_word + returns; ++each) {
            words[each] = word();
        }
        EXPECT(bool(
            rt::copy_to_domain(Domain::alice, rt::Claimed::of(alice_words), words, sizeof words)));
        RegisterFile file = attack::hostile_file();
        fill_registers(file);
        fill_flags(file);
        file.rip = run % 2 == 0 ? text() : code(attack_random_bytes, attack_random_bytes_end);
        sweep_.strike(file, run % 2 == 0 ? "random, in the text" : "random, in random bytes");
    }

    attack::Order order_;
    attack::Sweep sweep_;
    static constexpr size_t most_wrpkrus = 64;
    const char *wrpkrus_[most_wrpkrus] = {};
    size_t wrpkru_count_ = 0;
    harness::Random random_{0};
};

} // namespace

POSTERN_TEST("sweep.image.random_domains") {
    if (rt::trap::frame_strategy() == rt::trap::FrameStrategy::frame_key) {
        harness::skip(
            "this kernel writes signal frames under the interrupted view: random code that "
            "closes the frame key ends the process (attack.limits.closed_frame_key)");
        return;
    }
    const auto stack = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
    mark_left_out();
    Domains(attack::order(), stack).run();
}
