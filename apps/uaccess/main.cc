/// Tries every kind of access with each pointer that a guest passes, and shows the result of a
/// plain dereference.
#include "apps/uaccess/guest.h"
#include "apps/uaccess/outcome.h"

uint64_t trusted_word = 0xa5a5;
POSTERN_DATA(other) uint64_t others_word = 0xb0b;

namespace {

using guest::Kind;

constexpr struct {
    Kind kind;
    const char *name;
} pointers[] = {
    {Kind::own_word, "its own word"},
    {Kind::own_string, "its own string"},
    {Kind::own_bytes_across_a_page, "its own bytes, across a page's edge"},
    {Kind::own_stack, "its own stack"},
    {Kind::own_page_never_touched, "its own page, never touched"},
    {Kind::others_data, "another domain's data"},
    {Kind::monitors_data, "the monitor's data"},
    {Kind::monitors_stack, "the monitor's stack"},
    {Kind::thread_pages, "the thread pages"},
    {Kind::text, "text"},
    {Kind::constants, "constants"},
    {Kind::null, "null"},
    {Kind::odd_low, "0x1001"},
    {Kind::partly_before, "partly before its data"},
    {Kind::partly_behind, "partly after its data"},
    {Kind::just_behind, "just after its data"},
    {Kind::wraps, "wraps"},
    {Kind::non_canonical, "non-canonical"},
    {Kind::kernels, "the kernel's"},
    {Kind::page_that_is_gone, "its own page, gone"},
    {Kind::up_to_the_page_that_is_gone, "its own bytes, up to that page"},
};

/// The pointer that the guest passes; it is asked again for each access.
rt::Claimed handed_over(Kind kind) {
    const auto claimed = rt::call<Domain::guest>(pointer, kind);
    if (!claimed) {
        rt::panic("the guest hands over no pointer: {}", claimed.fault());
    }
    return claimed.value();
}

struct Both {
    rt::Result<uint64_t> got;
    rt::Result<rt::Done> put;
};

/// Two accesses in one window. The pointers were fetched before, because a call would end the
/// window.
Both in_one_window(rt::Claimed from, rt::Claimed to) {
    const rt::UserAccess window(Domain::guest);
    const auto got = window.get<uint64_t>(from.take());
    return {got, window.put(to, got.value_or(0))};
}

/// Tries every access with one pointer. It writes the bytes that it read, so that nothing changes.
void try_each(const char *name, Kind kind) {
    constexpr auto guest = Domain::guest;
    char bytes[16];
    char text[32];
    const auto got = rt::get_user<uint64_t>(guest, handed_over(kind));
    const auto put = rt::put_user(guest, handed_over(kind), got.value_or(0));
    const auto from = rt::copy_from_domain(guest, bytes, handed_over(kind), sizeof bytes);
    const auto to = rt::copy_to_domain(guest, handed_over(kind), bytes, sizeof bytes);
    const auto string = rt::string_from_domain(guest, text, handed_over(kind));

    const auto both = in_one_window(handed_over(kind), handed_over(kind));
    print("{}: get {}, put {}, copy from {}, copy to {}, string {}; in one window get {}, put {}",
          name, Value{got}, Stored{put}, from, to, Text{string, text}, Value{both.got},
          Stored{both.put});
}

rt::Exit try_all() {
    for (const auto &[kind, name] : pointers) {
        try_each(name, kind);
    }
    const auto others = rt::get_user<uint64_t>(Domain::other, rt::Claimed::of(&others_word));
    print("outside: another domain's word is {}, the monitor's {}", rt::Hex{others.value_or(0)},
          rt::Hex{trusted_word});
    return rt::Exit::success;
}

/// An ordinary C++ dereference.
uint64_t read_plainly() {
    return *const_cast<const volatile uint64_t *>(&guests_word);
}

rt::Exit plain() {
    print("the monitor reads the guest's word plainly");
    print("it is {}", rt::Hex{read_plainly()});
    return rt::Exit::success;
}

rt::Exit in_window() {
    print("the monitor reads the guest's word in a window");
    rt::user_access_begin(Domain::guest);
    const uint64_t word = read_plainly();
    rt::user_access_end();
    print("it is {}", rt::Hex{word});
    return rt::Exit::success;
}

bool is(const char *word, const char *wanted) {
    while (*word != '\0' && *word == *wanted) {
        ++word;
        ++wanted;
    }
    return *word == *wanted;
}

} // namespace

/// Makes a page of the guest's region inaccessible. Range checks cannot know that.
void prepare(rt::Arguments) {
    const auto begin = reinterpret_cast<uintptr_t>(guests_pages + POSTERN_PAGE);
    const auto page = rt::domain::seen(rt::base::Region::from_raw(begin, begin + POSTERN_PAGE));
    const bool has_keys = rt::guarantees().isolation == rt::key::Isolation::keys;
    if (!rt::sys::pkey_mprotect(page, rt::sys::Protection::none,
                                has_keys ? static_cast<int>(rt::key_of(Domain::guest).raw())
                                         : -1)) {
        rt::panic("uaccess: the page stays accessible");
    }
}

/// `uaccess`: all pointers; `uaccess plain`, `uaccess window`: one access of the monitor's.
rt::Exit main(rt::Arguments arguments) {
    if (arguments.count() == 1) {
        return try_all();
    }
    if (arguments.count() == 2 && is(arguments[1], "plain")) {
        return plain();
    }
    if (arguments.count() == 2 && is(arguments[1], "window")) {
        return in_window();
    }
    rt::log("usage: uaccess [plain | window]");
    return rt::Exit::usage;
}
