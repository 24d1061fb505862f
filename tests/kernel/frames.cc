/// May a handler run while key 0 is closed, and on which stack? Every row of interrupted PKRU,
/// stack, entry and return, in a child each, for a page fault, a division and a sent signal.
///
/// Before 6.12 the frame is written under the interrupted PKRU, from 6.12 on with every key open
/// [linux signal.c, signal_64.c v6.12]. 6.6.55, 6.10.14 and 6.11.3 got parts of the change, not
/// this one.
#include "tests/kernel/experiment.h"
#include "tests/kernel/version.h"

#include "rt/sys/process.h"

using namespace kernel;

namespace {

/// How an experiment ended. All deaths are by SIGSEGV, which has a handler: the kernel cannot write
/// its frame either, or finds it blocked.
enum class Ending { lives, dies_before_handler, dies_at_push, dies_in_return, other };

/// PKRU at rt_sigreturn.
enum class Return { open, by_default, interrupted };

/// The keys of every experiment: the program's own and a foreign one.
constexpr int own = 1;
constexpr int foreign = 2;

constexpr Signal signals[] = {Signal::memory, Signal::arithmetic, Signal::user1};

struct Row {
    const void *entry;
    Return back;
    Ending before_6_12;
    Ending from_6_12;
};

struct Scene {
    uint32_t interrupted;
    int stack_key;
};

constinit Scene scene{};
constinit Row row{};
constinit Signal sent{};
constinit Region victim = Region::from_raw(0, 0);

uint32_t return_pkru() {
    return row.back == Return::open         ? 0
           : row.back == Return::by_default ? default_pkru
                                            : scene.interrupted;
}

void strike() {
    switch (sent) {
    case Signal::memory:
        kernel_strike(scene.interrupted, kernel_act_store, static_cast<long>(victim.begin()));
        break;
    case Signal::arithmetic:
        kernel_strike(scene.interrupted, kernel_act_divide);
        break;
    default:
        strike_with_signal(scene.interrupted, sent);
    }
}

void body() {
    CHILD_EQUAL(take_key(), own);
    CHILD_EQUAL(take_key(), foreign);
    victim = map(POSTERN_PAGE);
    notes().words[0] = victim.begin();
    notes().words[1] = static_cast<uint64_t>(rt::sys::getpid());
    const Region stack = alternate_stack(scene.stack_key);
    notes().words[2] = stack.begin();
    notes().words[3] = stack.end();
    for (const Signal signal : signals) {
        catch_signal(signal, row.entry);
    }
    set_ways({.return_pkru = return_pkru()});
    strike();
}

Ending ending_of(const harness::ChildEnd &end) {
    const Notes &seen = notes();
    const bool dead = end.signal == static_cast<int>(Signal::memory) && seen.begun == 1;
    const uint32_t steps = seen.entered << 16 | seen.handled << 8 | seen.ended;
    if (end.exit_status == 0 && steps == 0x010101) {
        return Ending::lives;
    }
    return !dead               ? Ending::other
           : steps == 0        ? Ending::dies_before_handler
           : steps == 0x010000 ? Ending::dies_at_push
           : steps == 0x010100 ? Ending::dies_in_return
                               : Ending::other;
}

/// The whole siginfo of a handler that ran.
bool expect_siginfo() {
    const Notes &seen = notes();
    bool good = EXPECT_EQUAL(seen.signal, sent);
    if (sent == Signal::memory) {
        good &= EXPECT_EQUAL(seen.code, 4) && EXPECT_EQUAL(seen.key, 0); // SEGV_PKUERR
        good &= EXPECT_EQUAL(seen.address, seen.words[0]) && EXPECT_EQUAL(seen.error_code, 0x27);
    } else if (sent == Signal::arithmetic) {
        good &= EXPECT_EQUAL(seen.code, 1) && EXPECT_EQUAL(seen.address, seen.rip); // FPE_INTDIV
    } else {
        good &= EXPECT_EQUAL(seen.code, -6) && EXPECT_EQUAL(seen.sender, seen.words[1]); // SI_TKILL
    }
    return good;
}

bool expect_handler() {
    const Notes &seen = notes();
    return expect_siginfo() && EXPECT_EQUAL(seen.entry_pkru, default_pkru) &&
           EXPECT_EQUAL(seen.frame_pkru, scene.interrupted) &&
           EXPECT_EQUAL(seen.frame_has_pkru, 1) &&
           EXPECT(seen.stack >= seen.words[2] && seen.stack < seen.words[3]);
}

void expect_row(const harness::ChildEnd &end) {
    const Ending wanted = is_from(6, 12) ? row.from_6_12 : row.before_6_12;
    const Ending seen = ending_of(end);
    bool good = EXPECT_EQUAL(seen, wanted);
    if (seen == Ending::lives || seen == Ending::dies_in_return) {
        good &= expect_handler();
    }
    if (seen == Ending::lives) {
        good &= EXPECT_EQUAL(notes().after_pkru, scene.interrupted);
    }
    if (!good) {
        rt::log("  interrupted {}, stack on key {}, {} entry, return under {}, signal {}: {} {}",
                rt::Hex{scene.interrupted}, scene.stack_key,
                row.entry == kernel_handler ? "careful" : "naive", rt::Hex{return_pkru()},
                static_cast<int>(sent), end.signal, static_cast<const char *>(end.text));
    }
}

template <size_t count>
void expect_rows(Scene wanted, const Row (&rows)[count]) {
    scene = wanted;
    for (const Row &one : rows) {
        for (const Signal signal : signals) {
            row = one;
            sent = signal;
            expect_row(run_child(body));
        }
    }
}

constexpr uint32_t key_0_read_only = 0x55555552; // and own open, all else closed
constexpr uint32_t key_0_closed = 0x55555551;
constexpr uint32_t foreign_read_only = pkru_with(foreign, Rights::read_only, key_0_read_only);

const Row own_stack[] = {
    {kernel_handler, Return::open, Ending::lives, Ending::lives},
    {kernel_handler, Return::interrupted, Ending::lives, Ending::lives},
    // rt_sigreturn opens no key: the frame must be readable under the PKRU of the call.
    {kernel_handler, Return::by_default, Ending::dies_in_return, Ending::dies_in_return},
    {kernel_handler_naive, Return::open, Ending::dies_at_push, Ending::dies_at_push},
};

const Row foreign_stack[] = {
    {kernel_handler, Return::open, Ending::dies_before_handler, Ending::lives},
    {kernel_handler, Return::interrupted, Ending::dies_before_handler, Ending::dies_in_return},
    {kernel_handler, Return::by_default, Ending::dies_before_handler, Ending::dies_in_return},
    {kernel_handler_naive, Return::open, Ending::dies_before_handler, Ending::dies_at_push},
};

} // namespace

POSTERN_TEST("kernel.frames.key_0_write_disabled_stack_on_key_0",
             SHOWS(kernel_handler_with_key_0_closed)) {
    expect_rows(
        {key_0_read_only, 0},
        {{kernel_handler, Return::open, Ending::dies_before_handler, Ending::lives},
         {kernel_handler, Return::interrupted, Ending::dies_before_handler, Ending::lives},
         {kernel_handler, Return::by_default, Ending::dies_before_handler, Ending::lives},
         {kernel_handler_naive, Return::by_default, Ending::dies_before_handler, Ending::lives}});
}

POSTERN_TEST("kernel.frames.key_0_access_disabled_stack_on_key_0",
             SHOWS(kernel_handler_with_key_0_closed)) {
    expect_rows(
        {key_0_closed, 0},
        {{kernel_handler, Return::open, Ending::dies_before_handler, Ending::lives},
         {kernel_handler, Return::interrupted, Ending::dies_before_handler, Ending::dies_in_return},
         {kernel_handler, Return::by_default, Ending::dies_before_handler, Ending::lives},
         {kernel_handler_naive, Return::by_default, Ending::dies_before_handler, Ending::lives}});
}

POSTERN_TEST("kernel.frames.key_0_write_disabled_stack_on_an_own_key",
             SHOWS(kernel_handler_with_key_0_closed)) {
    expect_rows({key_0_read_only, own}, own_stack);
}

POSTERN_TEST("kernel.frames.key_0_access_disabled_stack_on_an_own_key",
             SHOWS(kernel_handler_with_key_0_closed)) {
    expect_rows({key_0_closed, own}, own_stack);
}

POSTERN_TEST("kernel.frames.key_0_write_disabled_stack_on_a_closed_key",
             SHOWS(kernel_handler_with_key_0_closed)) {
    expect_rows({key_0_read_only, foreign}, foreign_stack);
}

POSTERN_TEST("kernel.frames.key_0_access_disabled_stack_on_a_closed_key",
             SHOWS(kernel_handler_with_key_0_closed)) {
    expect_rows({key_0_closed, foreign}, foreign_stack);
}

POSTERN_TEST("kernel.frames.key_0_write_disabled_stack_on_a_read_only_key",
             SHOWS(kernel_handler_with_key_0_closed)) {
    expect_rows(
        {foreign_read_only, foreign},
        {{kernel_handler, Return::open, Ending::dies_before_handler, Ending::lives},
         {kernel_handler, Return::interrupted, Ending::dies_before_handler, Ending::lives},
         {kernel_handler, Return::by_default, Ending::dies_before_handler, Ending::dies_in_return},
         {kernel_handler_naive, Return::open, Ending::dies_before_handler, Ending::dies_at_push}});
}
