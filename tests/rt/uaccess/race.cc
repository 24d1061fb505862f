/// Memory changes while it is copied: another thread rewrites it, protects its pages, unmaps them
/// and maps others. No answer is torn, no count is wrong, and the program goes on.
#include <asm/unistd.h>
#include <linux/mman.h>

#include "rt/sys/address.h"
#include "rt/sys/call.h"
#include "tests/rt/uaccess/racer.h"

namespace {

using places::claim_at;
using places::Hole;

constexpr uint64_t all_rounds = 100'000;
constexpr size_t before = 64;                       // bytes of a copy before the page that changes
constexpr size_t bytes = POSTERN_PAGE + 2 * before; // ... and as many after
constexpr size_t slack = 32;
constexpr unsigned char untouched = 0xdd;

constinit unsigned char ours[slack + bytes + slack];

uint64_t first() {
    return Hole::begin() - before;
}

/// Every byte of it `value`, in alice's memory.
void fill(unsigned char value) {
    __builtin_memset(ours, value, sizeof ours);
    EXPECT(bool(rt::copy_to_domain(Domain::alice, claim_at(first()), ours, bytes)));
}

/// Runs `attempt` until the thread has made its rounds, and at least as often.
template <class Attempt>
void race(racer::Change change, Attempt attempt) {
    const uint64_t rounds = harness::scaled(all_rounds);
    racer::start(change);
    bool good = true;
    uint64_t attempts = 0;
    for (; good && (racer::rounds() < rounds || attempts < rounds); ++attempts) {
        good = attempt(attempts);
    }
    racer::stop();
    EXPECT(good);
    EXPECT(racer::rounds() >= rounds);
}

// In the thread.

/// Words of equal bytes, none of them zero, at the three aligned places that are read.
void rewrite(uint64_t round) {
    const uint64_t value = 0x0101010101010101 * (round % 255 + 1);
    for (uint64_t at = first(); at != first() + before; at += 8) {
        *reinterpret_cast<volatile uint64_t *>(rt::domain::seen(at)) = value;
    }
}

/// A string whose end moves.
void move_the_end(uint64_t round) {
    auto *text = reinterpret_cast<volatile char *>(rt::domain::seen(first()));
    text[round % 40] = '\0';
    text[(round + 20) % 40] = 'x';
}

/// A path of ten bytes, with a zero in it or without: the kernel would take the former for another.
void cut_the_path(uint64_t round) {
    auto *text = reinterpret_cast<volatile char *>(rt::domain::seen(first()));
    text[round / 2 % 10] = round % 2 == 0 ? '\0' : 'x';
}

void protect(uint64_t round) {
    const uint64_t protections[] = {PROT_NONE, PROT_READ | PROT_WRITE, PROT_READ,
                                    PROT_READ | PROT_WRITE};
    racer::system_call(__NR_pkey_mprotect, Hole::begin(), POSTERN_PAGE, protections[round % 4],
                       rt::key::key_of(Domain::alice).raw());
}

void map_anew(uint64_t round) {
    if (round % 2 == 0) {
        racer::system_call(__NR_munmap, Hole::begin(), POSTERN_PAGE);
    } else {
        racer::system_call(__NR_mmap, Hole::begin(), POSTERN_PAGE, PROT_NONE,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, ~uint64_t{0});
        racer::system_call(__NR_pkey_mprotect, Hole::begin(), POSTERN_PAGE, PROT_READ | PROT_WRITE,
                           rt::key::key_of(Domain::alice).raw());
    }
}

// In the monitor.

/// The page as it was, wherever the thread has left it.
void give_back() {
    const long mapped =
        rt::sys::call_raw(__NR_mmap, Hole::begin(), POSTERN_PAGE, PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1);
    EXPECT_EQUAL(mapped, Hole::begin());
    const Hole tagged; // after it, the key is alice's
}

bool is_one_byte(uint64_t word, size_t size) {
    for (size_t i = 1; i < size; ++i) {
        if ((word >> 8 * i & 0xff) != (word & 0xff)) {
            return false;
        }
    }
    return (word & 0xff) != 0;
}

template <class T>
bool gets_no_torn_value(uint64_t at) {
    const auto got = rt::get_user<T>(Domain::alice, claim_at(at));
    return got && is_one_byte(got.value(), sizeof(T));
}

bool all_are(const unsigned char *from, size_t count, unsigned char wanted) {
    size_t wrong = 0;
    for (size_t i = 0; i < count; ++i) {
        wrong += from[i] != wanted;
    }
    return wrong == 0;
}

/// A copy of non-zero bytes: exactly `copied` of them, then zeros, and the neighbours as they were.
/// Pages that were mapped anew hold zeros: `anew`.
bool is_counted(const rt::Copied &copied, bool anew) {
    const size_t count = copied.copied();
    const unsigned char *copy = ours + slack;
    const size_t in_page = count < before + POSTERN_PAGE ? count : before + POSTERN_PAGE;
    bool good = bool(copied) == (count == bytes) && count >= before && places::is_closed();
    good = good && all_are(copy, before, 'y') && all_are(copy + count, bytes - count, 0);
    for (size_t i = before; i < in_page; ++i) {
        good = good && (copy[i] == 'y' || (anew && copy[i] == 0));
    }
    good = good && all_are(copy + in_page, count - in_page, 'y');
    return good && all_are(ours, slack, untouched) &&
           all_are(ours + slack + bytes, slack, untouched);
}

bool copies_from(bool anew) {
    __builtin_memset(ours, untouched, sizeof ours);
    return is_counted(rt::copy_from_domain(Domain::alice, static_cast<void *>(ours + slack),
                                           claim_at(first()), bytes),
                      anew);
}

bool copies_to() {
    __builtin_memset(ours, 'y', sizeof ours);
    const auto copied = rt::copy_to_domain(Domain::alice, claim_at(first()), ours, bytes);
    return bool(copied) == (copied.copied() == bytes) && copied.copied() >= before &&
           (copied.copied() <= before + POSTERN_PAGE || copied) && places::is_closed() &&
           all_are(ours, sizeof ours, 'y');
}

/// Bytes that were written, and, of a page that was mapped anew, zeros. Both in one word where a
/// copy began on the old page and went on, at any byte, on the new one.
bool are_written(uint64_t word, bool anew) {
    bool good = true;
    for (size_t i = 0; i < sizeof word; ++i) {
        const uint64_t byte = word >> 8 * i & 0xff;
        good = good && (byte == 'y' || (anew && byte == 0));
    }
    return good;
}

/// EFAULT or a value: what the other thread has made of the page in the meantime.
bool gets_and_puts(uint64_t at, bool anew) {
    const auto got = rt::get_user<uint64_t>(Domain::alice, claim_at(at));
    const bool right = !got || are_written(got.value(), anew);
    const auto put = rt::put_user(Domain::alice, claim_at(at), 0x7979797979797979);
    return right && (got || got.error() == rt::Errno::bad_address) &&
           (put || put.error() == rt::Errno::bad_address) && places::is_closed();
}

} // namespace

POSTERN_TEST("run.race.a_value_is_one_that_was_written", SHOWS(copies_survive_races),
             TRIES(attack_37)) {
    fill(1);
    race(rewrite, [](uint64_t attempt) {
        const uint64_t at = first() + attempt % 8 * 8;
        return gets_no_torn_value<uint64_t>(at) && gets_no_torn_value<uint32_t>(at + 4) &&
               gets_no_torn_value<uint16_t>(at + 2) && gets_no_torn_value<uint8_t>(at + 1);
    });
}

POSTERN_TEST("run.race.a_string_has_its_end_where_its_length_says", SHOWS(copies_survive_races)) {
    fill('x');
    race(move_the_end, [](uint64_t) {
        char text[before];
        const auto got = rt::string_from_domain(Domain::alice, text, claim_at(first()));
        if (!got) {
            return got.error() == rt::Errno::name_too_long && text[0] == '\0';
        }
        const size_t length = got.value();
        return text[length] == '\0' &&
               all_are(reinterpret_cast<const unsigned char *>(text), length, 'x');
    });
}

// The worst that an app could do: it makes the address from the domain's memory, which changes
// meanwhile, instead of from a copy.
POSTERN_TEST("attack.race.a_name_that_changes_while_it_is_checked", SHOWS(addresses_are_values),
             TRIES(attack_37)) {
    using rt::sys::UnixAddress;
    constexpr size_t length = 10;
    fill('x');
    uint64_t made = 0, refused = 0;
    race(cut_the_path, [&](uint64_t) {
        rt::user_access_begin(Domain::alice);
        const auto *text = reinterpret_cast<const char *>(rt::domain::seen(first()));
        const auto address = UnixAddress::of_path(text, length);
        rt::user_access_end();
        made += address ? 1 : 0;
        refused += address ? 0 : 1;
        return !address || (address.value().bytes() == length &&
                            all_are(reinterpret_cast<const unsigned char *>(address.value().name()),
                                    length, 'x'));
    });
    EXPECT(made > 0 && refused > 0);
    rt::log("{} addresses, {} refused", made, refused);
}

POSTERN_TEST("run.race.pages_are_protected_while_they_are_copied", SHOWS(copies_survive_races),
             NEEDS_KEYS("gives pages a key")) {
    fill('y');
    race(protect, [](uint64_t attempt) {
        return copies_from(false) && copies_to() &&
               gets_and_puts(Hole::begin() + attempt % 500 * 8, false);
    });
    give_back();
    EXPECT(copies_from(true) && copies_to());
}

POSTERN_TEST("run.race.pages_are_unmapped_while_they_are_copied", SHOWS(copies_survive_races),
             TRIES(attack_66), NEEDS_KEYS("gives pages a key")) {
    fill('y');
    race(map_anew, [](uint64_t attempt) {
        return copies_from(true) && copies_to() &&
               gets_and_puts(Hole::begin() + attempt % 500 * 8, true);
    });
    give_back();
    EXPECT(copies_from(true) && copies_to());
}
