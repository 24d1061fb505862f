/// What does an access of a domain's memory cost?
#include "bench/payload/must.h"
#include "bench/payload/rows.h"
#include "rt/rt.h"

namespace bench {

namespace {

constexpr auto question = "What does an access of a domain's memory cost?";
constexpr size_t text_bytes = 32;
constexpr unsigned batch = 8;

POSTERN_BSS(untrusted) uint64_t their_words[batch];
POSTERN_DATA(untrusted) char their_text[text_bytes] = "a string of thirty-one letters.";

/// The wrpkru pair that is part of every row below.
void empty_window() {
    rt::user_access_begin(Domain::untrusted);
    rt::user_access_end();
}

void get() {
    const uint64_t word =
        must(rt::get_user<uint64_t>(Domain::untrusted, rt::Claimed::of(their_words)));
    asm volatile("" : : "r"(word));
}

void put() {
    must(rt::put_user(Domain::untrusted, rt::Claimed::of(their_words), uint64_t{1}));
}

void gets_in_one_window() {
    uint64_t sum = 0;
    const rt::UserAccess window(Domain::untrusted);
    for (const uint64_t &word : their_words) {
        sum += must(window.get<uint64_t>(rt::Claimed::of(&word)));
    }
    asm volatile("" : : "r"(sum));
}

void string() {
    char text[text_bytes];
    must(rt::string_from_domain(Domain::untrusted, text, rt::Claimed::of(their_text)));
    asm volatile("" : : "r"(text) : "memory");
}

template <auto once>
constexpr Row row(const char *name) {
    return {name, Kind::loop, question, repeated<once>, pairs, unit};
}

constexpr Row table[] = {
    row<empty_window>("empty_window"),
    row<get>("get_user_8"),
    row<put>("put_user_8"),
    row<gets_in_one_window>("user_access_8_gets"),
    row<string>("string_from_domain_32"),
};

} // namespace

constinit const Rows access_rows = rows_of(table);

} // namespace bench
