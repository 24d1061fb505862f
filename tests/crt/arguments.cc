/// Command line, environment and auxiliary vector reach the program as they were given.
#include <asm/unistd.h>
#include <linux/auxvec.h>

#include "linker/symbols.h"
#include "rt/sys/call.h"
#include "rt/sys/memory.h"
#include "rt/sys/process.h"
#include "tests/crt/reexec.h"

/// crt/start.S: the first instruction.
extern "C" const char crt_start[];

namespace {

using reexec::equal;
using reexec::require;

constexpr const char *no_words[] = {nullptr};
constexpr const char *words[] = {"name",       "", "two words", "--key=\\ \"'$",
                                 "\xff\x01\n", "", nullptr};
constexpr const char *variables[] = {"POSTERN_TEST_JOB=compare",
                                     "AB=longer name",
                                     "A=1",
                                     "A=second",
                                     "EMPTY=",
                                     "WITHOUT",
                                     "EQUALS=a=b=",
                                     "",
                                     nullptr};

POSTERN_DATA(alice) uint64_t alice_word = 6;
uint64_t times_seven() {
    return alice_word * 7;
}
constexpr rt::Entry<Domain::alice, times_seven> alice_multiplies;

constinit unsigned prepared = 0;
constinit uint64_t answer_in_prepare = 0;

bool is_argument_memory(const crt::Handoff &handoff, const void *address) {
    const auto number = reinterpret_cast<uintptr_t>(address);
    return number >= reinterpret_cast<uintptr_t>(__arguments_start) &&
           number < handoff.arguments_end;
}

void compare_array(const crt::Handoff &handoff, const char *const *seen, const char *const *given,
                   const char *what) {
    size_t index = 0;
    for (; given[index] != nullptr; ++index) {
        require(seen[index] != nullptr && equal(seen[index], given[index]), what);
        require(is_argument_memory(handoff, seen[index]), "strings lie in the arguments region");
    }
    require(seen[index] == nullptr, "the array ends with null where it should");
    require(is_argument_memory(handoff, seen), "arrays lie in the arguments region");
}

void compare_lookups(rt::Arguments arguments) {
    const auto is = [&](const char *name, const char *value) {
        const char *seen = arguments.environment(name);
        return value == nullptr ? seen == nullptr : seen != nullptr && equal(seen, value);
    };
    require(is("A", "1") && is("AB", "longer name") && is("EMPTY", ""), "variables are found");
    require(is("EQUALS", "a=b="), "a value may hold equals signs");
    require(is("WITHOUT", nullptr) && is("ABC", nullptr) && is("", nullptr), "others are not");
    require(arguments[arguments.count()] == nullptr && arguments[-1] == nullptr, "words have ends");
}

void compare_auxiliary(const crt::Handoff &handoff) {
    const auto value = [&](uint64_t type) { return handoff.auxiliary_value(type, 0); };
    const auto text = [&](uint64_t type) { return reinterpret_cast<const char *>(value(type)); };
    require(value(AT_PAGESZ) == POSTERN_PAGE, "AT_PAGESZ");
    require(text(AT_ENTRY) == crt_start, "AT_ENTRY is the first instruction");
    require(is_argument_memory(handoff, text(AT_EXECFN)) &&
                equal(text(AT_EXECFN), "/proc/self/exe"),
            "AT_EXECFN");
    require(is_argument_memory(handoff, text(AT_PLATFORM)) && equal(text(AT_PLATFORM), "x86_64"),
            "AT_PLATFORM");
    unsigned ones = 0;
    require(is_argument_memory(handoff, text(AT_RANDOM)), "AT_RANDOM lies in the region");
    for (int i = 0; i < 16; ++i) {
        ones += text(AT_RANDOM)[i] != 0;
    }
    require(ones > 4, "AT_RANDOM is random");
    require(value(AT_UID) == static_cast<uint64_t>(rt::sys::call_raw(__NR_getuid)), "AT_UID");
    require(handoff.auxiliary_value(0x7fffffff, 42) == 42, "what is missing is missing");
    require(is_argument_memory(handoff, handoff.auxiliary), "the vector lies in the region");
}

// Large strings: "nnn=" and letters that depend on string and position. One string takes 128 KiB at
// most, its null included. [execve(2)]
constexpr size_t string_bytes = 131072;
constexpr size_t most_strings = 47; // 5.9 MiB of the 6 MiB that the kernel takes
const char *large[most_strings + 2];

char letter(size_t string, size_t position) {
    return static_cast<char>('a' + (string * 5 + position) % 26);
}

void write_strings() {
    const auto memory = rt::base::must(
        rt::sys::map_anonymous(most_strings * string_bytes, rt::sys::Protection::read_write),
        "memory for the strings");
    for (size_t string = 0; string < most_strings; ++string) {
        auto *text = reinterpret_cast<char *>(memory.begin() + string * string_bytes);
        for (size_t i = 0; i < string_bytes - 1; ++i) {
            text[i] = letter(string, i);
        }
        text[3] = '=';
        large[1 + string] = text;
    }
}

void check_strings(const crt::Handoff &handoff) {
    size_t wrong = 0;
    size_t strings = 0;
    for (auto *entry = handoff.environment + 1; *entry != nullptr; ++entry) {
        for (size_t i = 0; i < string_bytes - 1; ++i) {
            wrong += (*entry)[i] != (i == 3 ? '=' : letter(strings, i));
        }
        wrong += (*entry)[string_bytes - 1] != '\0';
        ++strings;
    }
    require(wrong == 0, "each string is as it was written");
    rt::sys::exit(static_cast<int>(strings));
}

void check_count(const crt::Handoff &handoff) {
    int same = 0;
    for (int i = 0; i < handoff.argument_count; ++i) {
        same += equal(handoff.arguments[i], "word");
    }
    require(same == handoff.argument_count && same == 20000, "20,000 words");
}

void compare(rt::Arguments arguments) {
    const crt::Handoff &handoff = reexec::handoff(arguments);
    require(arguments.count() == sizeof words / sizeof *words - 1, "the number of words");
    compare_array(handoff, handoff.arguments, words, "words are as given");
    compare_array(handoff, handoff.environment, variables, "variables are as given");
    compare_lookups(arguments);
    compare_auxiliary(handoff);
}

int number_in(const char *text) {
    int number = 0;
    while (*text != '\0') {
        number = number * 10 + (*text++ - '0');
    }
    return number;
}

} // namespace

/// Runs before main in every image of this test: the first one, and those it starts.
void prepare(rt::Arguments arguments) {
    ++prepared;
    answer_in_prepare = rt::call<Domain::alice>(alice_multiplies).value_or(0);
    const char *job = arguments.environment(reexec::job_name);
    if (job == nullptr) {
        return;
    }
    if (equal(job, "compare")) {
        compare(arguments);
        rt::sys::exit(0);
    } else if (equal(job, "strings")) {
        check_strings(reexec::handoff(arguments));
    } else if (equal(job, "count")) {
        check_count(reexec::handoff(arguments));
        rt::sys::exit(0);
    } else if (equal(job, "bare")) {
        rt::sys::exit(arguments.count());
    } else if (equal(job, "exit")) {
        rt::sys::exit(number_in(arguments[1]));
    }
}

POSTERN_TEST("run.start.prepare_comes_before_main") {
    EXPECT_EQUAL(prepared, 1);
    EXPECT_EQUAL(answer_in_prepare, 42); // domains can be called in it
}

POSTERN_TEST("run.start.arguments_as_given") {
    if (!reexec::can_start()) {
        return;
    }
    reexec::expect_status(reexec::start(words, variables), 0);
}

POSTERN_TEST("run.start.next_to_no_arguments") {
    if (!reexec::can_start()) {
        return;
    }
    const char *const only_the_job[] = {"POSTERN_TEST_JOB=bare", nullptr};
    const char *const one_word[] = {"", nullptr};
    reexec::expect_status(reexec::start(one_word, only_the_job), 1);
    // Kernels before 5.18 start a program without any word, later ones add an empty one.
    const auto none = reexec::start(no_words, only_the_job);
    EXPECT(none.exit_status == 0 || none.exit_status == 1);
    // Without any variable: main runs, and finds no such case.
    const char *const no_case[] = {"name", "no such case", nullptr};
    reexec::expect_status(reexec::start(no_case, no_words), 1);
}

POSTERN_TEST("run.start.six_megabytes_of_environment") {
    if (!reexec::can_start()) {
        return;
    }
    large[0] = "POSTERN_TEST_JOB=strings";
    write_strings();
    reexec::expect_status(reexec::start(words, large), most_strings);
}

POSTERN_TEST("run.start.twenty_thousand_words") {
    if (!reexec::can_start()) {
        return;
    }
    static const char *many[20001];
    for (int i = 0; i < 20000; ++i) {
        many[i] = "word";
    }
    const char *const job[] = {"POSTERN_TEST_JOB=count", nullptr};
    reexec::expect_status(reexec::start(many, job), 0);
}

POSTERN_TEST("run.start.exit_statuses") {
    if (!reexec::can_start()) {
        return;
    }
    const char *const job[] = {"POSTERN_TEST_JOB=exit", nullptr};
    const char *const numbers[] = {"0", "1", "2", "70", "77", "255"};
    const int wanted[] = {0, 1, 2, 70, 77, 255};
    for (int i = 0; i < 6; ++i) {
        const char *const number[] = {"name", numbers[i], nullptr};
        reexec::expect_status(reexec::start(number, job), wanted[i]);
    }
    // The results of main: the harness's success and failure.
    const char *const good[] = {"name", "run.start.prepare", nullptr};
    reexec::expect_status(reexec::start(good, no_words), 0);
    const char *const bad[] = {"name", "no such case", nullptr};
    reexec::expect_status(reexec::start(bad, no_words), 1);
}
