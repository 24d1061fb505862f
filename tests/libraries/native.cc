/// One library called natively: the same trials as in its domain, and the same lines.
/// Words: NAME FILE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/libraries/trials.h"

#define JOINED(name, what) name##_##what
#define FUNCTION(name, what) JOINED(name, what)

extern "C" {
uint64_t FUNCTION(NAME, input)(uint64_t bytes);
uint64_t FUNCTION(NAME, run)(uint64_t bytes);
uint64_t FUNCTION(NAME, output)();
}

namespace {

unsigned char file[trials::most_bytes];

void say(const char *name, const trials::Trial &trial, uint64_t bytes) {
    memcpy(reinterpret_cast<void *>(FUNCTION(NAME, input)(bytes)), file, bytes);
    const uint64_t given = FUNCTION(NAME, run)(bytes);
    trials::Digest digest;
    digest.add(reinterpret_cast<const unsigned char *>(FUNCTION(NAME, output)()), given);
    printf("%s %s %llu ", name, trial.name, static_cast<unsigned long long>(given));
    trials::put_hex(digest.value(), putchar);
    putchar('\n');
}

} // namespace

int main(int count, char **words) {
    FILE *const stream = count == 3 ? fopen(words[2], "rb") : nullptr;
    if (stream == nullptr) {
        fprintf(stderr, "usage: %s NAME FILE\n", words[0]);
        return 2;
    }
    const size_t bytes = fread(file, 1, sizeof file, stream);
    for (const trials::Trial &trial : trials::all) {
        say(words[1], trial, trial.bytes_of(bytes));
    }
}
