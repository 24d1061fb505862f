/// Libraries in domains of their own, each through the trials of trials.h. Words: NAME FILE, for
/// each library of this image that is to run.
#include "rt/rt.h"
#include "tests/libraries/trials.h"

extern "C" {
#define LIBRARY(name)                                                                              \
    uint64_t name##_input(uint64_t bytes);                                                         \
    uint64_t name##_run(uint64_t bytes);                                                           \
    uint64_t name##_output();
#include "postern/libraries.inc"
#undef LIBRARY
}

namespace {

using Call = rt::Result<uint64_t, rt::Fault> (*)(uint64_t bytes);

struct Library {
    const char *name;
    Domain domain;
    Call input, run, output;
};

constexpr Library libraries[] = {
#define LIBRARY(name)                                                                              \
    {#name, Domain::name,                                                                          \
     [](uint64_t bytes) {                                                                          \
         return rt::call<Domain::name>(rt::Entry<Domain::name, name##_input>(), bytes);            \
     },                                                                                            \
     [](uint64_t bytes) {                                                                          \
         return rt::call<Domain::name>(rt::Entry<Domain::name, name##_run>(), bytes);              \
     },                                                                                            \
     [](uint64_t) { return rt::call<Domain::name>(rt::Entry<Domain::name, name##_output>()); }},
#include "postern/libraries.inc"
#undef LIBRARY
};

unsigned char file[trials::most_bytes];

/// The value of a call; a fault goes into the line, and ends the trial.
bool is_value(const rt::Result<uint64_t, rt::Fault> &result, uint64_t &value, rt::Line &line) {
    if (!result) {
        line.format(" {}", result.fault());
        return false;
    }
    value = result.value();
    return true;
}

/// The digest of that many bytes of the domain's.
bool digest(Domain domain, uint64_t address, uint64_t bytes, rt::Line &line) {
    trials::Digest digest;
    unsigned char piece[0x1000];
    for (uint64_t at = 0; at < bytes; at += sizeof piece) {
        const size_t count = bytes - at < sizeof piece ? bytes - at : sizeof piece;
        if (!rt::copy_from_domain(domain, piece, rt::Claimed::from_raw(address + at), count)) {
            line.append(" its output is not its own");
            return false;
        }
        digest.add(piece, count);
    }
    line.format(" {} ", bytes);
    trials::put_hex(digest.value(), [&](char digit) { line.append(digit); });
    return true;
}

/// One trial, which ends at the first fault.
void try_library(const Library &library, uint64_t bytes, rt::Line &line) {
    uint64_t input = 0, given = 0, output = 0;
    if (!is_value(library.input(bytes), input, line)) {
        return;
    }
    if (!rt::copy_to_domain(library.domain, rt::Claimed::from_raw(input), file, bytes)) {
        line.append(" its input is not its own");
        return;
    }
    is_value(library.run(bytes), given, line) && is_value(library.output(0), output, line) &&
        digest(library.domain, output, given, line);
}

/// The bytes of the file, of which the first trials::most_bytes are in `file`.
rt::Result<size_t> read_file(const char *path) {
    const auto opened = rt::sys::open(path, rt::sys::Access::read);
    if (!opened) {
        return opened.error();
    }
    size_t bytes = 0;
    for (size_t more = 1; more != 0; bytes += more) {
        const auto result = rt::sys::read(opened.value(), file + bytes, sizeof file - bytes);
        if (!result) {
            return result.error();
        }
        more = result.value();
    }
    const auto closed = rt::sys::close(opened.value());
    return closed ? rt::Result<size_t>(bytes) : closed.error();
}

bool is_same(const char *left, const char *right) {
    for (; *left == *right && *left != '\0'; ++left, ++right) {
    }
    return *left == *right;
}

} // namespace

rt::Exit main(rt::Arguments words) {
    for (int at = 1; at + 1 < words.count(); at += 2) {
        const auto bytes = read_file(words[at + 1]);
        if (!bytes) {
            rt::log("{}: {}", words[at + 1], bytes.error());
            return rt::Exit::usage;
        }
        for (const Library &library : libraries) {
            for (const trials::Trial &trial : trials::all) {
                if (is_same(library.name, words[at])) {
                    rt::Line line;
                    line.format("{} {}", library.name, trial.name);
                    try_library(library, trial.bytes_of(bytes.value()), line);
                    line.append('\n');
                    if (!rt::sys::write_all(rt::sys::Descriptor::output, line.text(),
                                            line.bytes())) {
                        return rt::Exit::failure;
                    }
                }
            }
        }
    }
    return rt::Exit::success;
}
