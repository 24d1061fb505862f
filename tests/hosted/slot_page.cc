/// slot_page: prints the words of a thread's slot for rt/base/slot.md, or compares that page with
/// them.
#include <cstddef>
#include <cstdio>

#include "rt/base/slot.h"
#include "tests/hosted/page.h"

namespace {

std::string row(const char *name, std::size_t offset, std::size_t words, const char *writers,
                const char *readers, const char *what) {
    char place[16];
    std::snprintf(place, sizeof place, "0x%03zx", offset);
    const std::string count = words == 1 ? "" : "[" + std::to_string(words) + "]";
    return std::string{"| "} + place + " | `" + name + count + "` | " + writers + " | " + readers +
           " | " + what + " |\n";
}

std::string table() {
    std::string text =
        "| gs: | word | written by | read by | what it holds |\n|---|---|---|---|---|\n";
#define WORDS(name, count, writers, readers, what)                                                 \
    text += row(#name, offsetof(rt::base::Slot, name), count, writers, readers, what);
#define WORD(name, ...) WORDS(name, 1, __VA_ARGS__)
    RT_SLOT_PRIVATE_WORDS(WORD, WORDS)
    RT_SLOT_PUBLIC_WORDS(WORD, WORDS)
#undef WORD
#undef WORDS
    return text;
}

} // namespace

int main(int count, char **arguments) {
    return hosted::run({"slot_page", "tree.slot_page.has_the_words", table()}, count, arguments);
}
