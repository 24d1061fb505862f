/// The test harness: runs the cases of an image and counts them.
#include "tests/harness/harness.h"

extern "C" const harness::Case __tests_start[], __tests_end[];

namespace harness {

namespace {

enum class Verdict : uint8_t { passed, failed, skipped };

constinit Verdict verdict = Verdict::passed;
constinit const char *skip_reason = nullptr;
constinit uint64_t scale = 1;
constinit const rt::Arguments *program_arguments = nullptr;

template <class... Arguments>
void print(const char *format, const Arguments &...arguments) {
    rt::Line line;
    line.format(format, arguments...).append('\n');
    static_cast<void>(rt::sys::write_all(rt::sys::Descriptor::output, line.text(), line.bytes()));
}

void fail(const char *file, int line) {
    verdict = Verdict::failed;
    print("{}:{}: expectation not met:", file, line);
}

void read_scale(const rt::Arguments &arguments) {
    if (const char *wanted = arguments.environment("POSTERN_SCALE")) {
        scale = number_in(wanted) != 0 ? number_in(wanted) : 1;
    } else if (arguments.environment("POSTERN_EMULATED") != nullptr) {
        scale = 100;
    }
}

bool contains(const char *text, const char *part) {
    for (; *text != '\0'; ++text) {
        size_t same = 0;
        while (part[same] != '\0' && text[same] == part[same]) {
            ++same;
        }
        if (part[same] == '\0') {
            return true;
        }
    }
    return *part == '\0';
}

void run(const Case &test, uint64_t (&counts)[3]) {
    verdict = Verdict::passed;
    if (program_arguments->environment("POSTERN_FRAME") != nullptr && !kernel_opens_all_keys()) {
        skip("POSTERN_FRAME forces what this kernel has anyway; the run without it shows this");
    } else if (test.needs_keys != nullptr && !rt::key::has_keys()) {
        skip(test.needs_keys);
    } else {
        test.run();
    }
    ++counts[static_cast<size_t>(verdict)];
    if (verdict == Verdict::skipped) {
        print("skipped {}: {}", test.name, skip_reason);
    } else {
        print("{} {}", verdict == Verdict::passed ? "passed" : "failed", test.name);
    }
}

/// Whether code and key are as wanted.
bool is_refused_as(const rt::Fault &seen, const WantedFault &wanted) {
    constexpr int sigsegv = 11, mapping = 1, access = 2, by_key = 4; // [linux signal.h, siginfo.h v6.12]
    const bool has_key = wanted.key >= 0;
    const bool is_closed = has_key || wanted.code == access || wanted.code == by_key;
    const bool has_space = rt::key::is_apart(wanted.domain) ||
                           rt::key::is_apart(rt::domain::domain_at(wanted.address));
    if (has_space && wanted.signal == sigsegv && is_closed) {
        return (seen.code == mapping || seen.code == access) && !seen.has_key;
    }
    return seen.code == wanted.code && seen.has_key == has_key &&
           (!has_key || seen.key == wanted.key);
}

} // namespace

bool expect(bool good, const char *what, const char *file, int line) {
    if (!good) {
        fail(file, line);
        print("  {}", what);
    }
    return good;
}

bool expect_equal(uint64_t seen, uint64_t wanted, const char *what, const char *file, int line) {
    if (seen != wanted) {
        fail(file, line);
        print("  {} is {} ({}), wanted {} ({})", what, seen, rt::Hex{seen}, wanted,
              rt::Hex{wanted});
    }
    return seen == wanted;
}

bool expect_fault(const rt::Fault &seen, const WantedFault &wanted, const char *file, int line) {
    const bool good = seen.kind == wanted.kind && seen.domain == wanted.domain &&
                      seen.signal == wanted.signal && seen.address == wanted.address &&
                      is_refused_as(seen, wanted);
    if (!good) {
        fail(file, line);
        print("  fault seen:   {}", seen);
        print("    kind {} domain {} signal {} code {} address {} key {} {}",
              rt::text_of(seen.kind), static_cast<int>(seen.domain), seen.signal, seen.code,
              rt::Hex{seen.address}, seen.key, seen.has_key ? "valid" : "not valid");
        print("  fault wanted: kind {} domain {} signal {} code {} address {} key {}",
              rt::text_of(wanted.kind), static_cast<int>(wanted.domain), wanted.signal, wanted.code,
              rt::Hex{wanted.address}, wanted.key);
    }
    return good;
}

void skip(const char *reason) {
    if (verdict == Verdict::failed) {
        return;
    }
    verdict = Verdict::skipped;
    skip_reason = reason;
}

uint64_t number_in(const char *text) {
    uint64_t number = 0;
    while (*text >= '0' && *text <= '9') {
        number = number * 10 + static_cast<uint64_t>(*text++ - '0');
    }
    return number;
}

uint64_t version_in(const char *text) {
    const uint64_t major = number_in(text);
    while (*text >= '0' && *text <= '9') {
        ++text;
    }
    return 1000 * major + (*text == '.' ? number_in(text + 1) : 0);
}

bool kernel_opens_all_keys() {
    return version_in(rt::sys::kernel_release().text) >= version_in("6.12");
}

uint64_t scaled(uint64_t count) {
    return count / scale != 0 ? count / scale : 1;
}

bool in_spaces() {
    return rt::key::isolation() == rt::key::Isolation::spaces;
}

bool ChildEnd::says(const char *part) const {
    return contains(text, part);
}

rt::Arguments arguments() {
    return *program_arguments;
}

} // namespace harness

/// `IMAGE [PART]`: runs the cases whose name contains PART, all without it.
rt::Exit main(rt::Arguments arguments) {
    harness::program_arguments = &arguments;
    harness::read_scale(arguments);
    uint64_t counts[3] = {};
    for (const auto *test = __tests_start; test != __tests_end; ++test) {
        if (arguments[1] == nullptr || harness::contains(test->name, arguments[1])) {
            harness::run(*test, counts);
        }
    }
    harness::print("{} passed, {} failed, {} skipped", counts[0], counts[1], counts[2]);
    if (counts[1] != 0 || counts[0] + counts[2] == 0) {
        return rt::Exit::failure;
    }
    return counts[0] == 0 ? static_cast<rt::Exit>(77) : rt::Exit::success;
}
