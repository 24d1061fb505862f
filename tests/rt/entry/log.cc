/// The log service: what a domain may have printed, and how it looks.
#include "rt/sys/process.h"
#include "tests/harness/harness.h"

namespace {

using rt::Claimed;

constexpr size_t longest = 200;

const char constant[] = "a constant of the program";
constinit char monitor_text[] = "a secret of the monitor";
POSTERN_DATA(alice) char alice_text[] = "hello\n\x1b[31m\\ \x7f\xff\x01 end";
POSTERN_DATA(bob) char bob_text[] = "a secret of bob's";
POSTERN_BSS(alice) char alice_page[POSTERN_PAGE]; // overwritten by fill

void log(uint64_t address, uint64_t bytes) {
    rt::log_service(Claimed::from_raw(address), bytes);
}
void log_from_the_stack() {
    volatile char text[] = {'o', 'n', ' ', 's', 't', 'a', 'c', 'k'};
    rt::log_service(Claimed::of(const_cast<const char *>(text)), sizeof text);
}
void fill(uint8_t with) {
    for (auto &byte : alice_page) {
        byte = static_cast<char>(with);
    }
}

constexpr rt::Entry<Domain::alice, log> alice_log;
constexpr rt::Entry<Domain::bob, log> bob_log;
constexpr rt::Entry<Domain::alice, log_from_the_stack> alice_log_from_the_stack;
constexpr rt::Entry<Domain::alice, fill> alice_fill;

constexpr const char *refused = "alice: (asked to log memory that is not its own)\n";

uint64_t address_of(const void *object) {
    return reinterpret_cast<uint64_t>(object);
}

/// A child's body takes no argument, so globals say what the child prints.
constinit uint64_t address;
constinit uint64_t bytes;
constinit bool by_bob;

void log_in_child() {
    const auto done = by_bob ? rt::call<Domain::bob>(bob_log, address, bytes)
                             : rt::call<Domain::alice>(alice_log, address, bytes);
    rt::sys::exit(done ? 0 : 1);
}

bool same(const char *left, const char *right) {
    while (*left != '\0' && *left == *right) {
        ++left;
        ++right;
    }
    return *left == *right;
}

void expect_text(const harness::ChildEnd &end, const char *wanted, const char *file, int line) {
    harness::expect_equal(static_cast<uint64_t>(end.exit_status), 0, "the child's status", file,
                          line);
    if (!harness::expect(same(end.text, wanted), "standard error is as wanted", file, line)) {
        rt::log("seen: {}wanted: {}", end.text, wanted);
    }
}

/// Has alice ask for `size` bytes at `from`; the line must be `wanted`, newline included.
void expect_log(uint64_t from, uint64_t size, const char *wanted,
                const char *file = __builtin_FILE(), int line = __builtin_LINE()) {
    address = from;
    bytes = size;
    expect_text(harness::in_child(log_in_child), wanted, file, line);
}

/// `text`, then `count` times `part`, then `end`.
class Repeated {
public:
    Repeated(const char *text, const char *part, size_t count, const char *end) {
        line_.append(text);
        for (size_t i = 0; i < count; ++i) {
            line_.append(part);
        }
        line_.append(end).append('\0');
    }
    const char *text() const { return line_.text(); }

private:
    rt::Line line_;
};

} // namespace

POSTERN_TEST("run.log.own_memory_and_constants") {
    expect_log(address_of(alice_text), 5, "alice: hello\n");
    expect_log(address_of(constant), sizeof constant - 1, "alice: a constant of the program\n");
    expect_log(address_of(alice_text), 0, "alice: \n");
    const auto stack = harness::in_child(
        [] { static_cast<void>(rt::call<Domain::alice>(alice_log_from_the_stack)); });
    expect_text(stack, "alice: on stack\n", __FILE__, __LINE__);
}

POSTERN_TEST("run.log.prefix_is_the_callers_name", SHOWS(log_is_cut_and_escaped)) {
    by_bob = true;
    expect_log(address_of(bob_text), 8, "bob: a secret\n");
    by_bob = false;
}

POSTERN_TEST("run.log.control_bytes_are_escaped", SHOWS(log_is_cut_and_escaped)) {
    expect_log(address_of(alice_text), sizeof alice_text,
               "alice: hello\\x0a\\x1b[31m\\\\ \\x7f\\xff\\x01 end\\x00\n");
    // The longest line there is: 200 bytes, each of them four characters.
    EXPECT(bool(rt::call<Domain::alice>(alice_fill, uint8_t{0x9b})));
    expect_log(address_of(alice_page), longest, Repeated("alice: ", "\\x9b", 200, "\n").text());
    expect_log(address_of(alice_page), longest + 1,
               Repeated("alice: ", "\\x9b", 200, " (cut)\n").text());
}

POSTERN_TEST("run.log.is_cut_at_200_bytes", SHOWS(log_is_cut_and_escaped)) {
    EXPECT(bool(rt::call<Domain::alice>(alice_fill, static_cast<uint8_t>('x'))));
    const Repeated whole("alice: ", "x", 200, "\n");
    const Repeated cut("alice: ", "x", 200, " (cut)\n");
    expect_log(address_of(alice_page), 200, whole.text());
    expect_log(address_of(alice_page), 201, cut.text());
    expect_log(address_of(alice_page), ~uint64_t{0}, cut.text());
    // The bytes that are cut off need not be hers.
    expect_log(address_of(alice_page) + sizeof alice_page - 200, ~uint64_t{0} >> 1, cut.text());
}

POSTERN_TEST("deny.log.foreign_memory", SHOWS(log_is_cut_and_escaped)) {
    expect_log(address_of(alice_text), 5, "alice: hello\n");
    const uint64_t foreign[] = {address_of(bob_text),
                                address_of(monitor_text),
                                reinterpret_cast<uint64_t>(__text_start),
                                reinterpret_cast<uint64_t>(__pristine_start) + 1,
                                reinterpret_cast<uint64_t>(__arguments_start),
                                reinterpret_cast<uint64_t>(__arena_start) + POSTERN_SLOT_PRIVATE,
                                reinterpret_cast<uint64_t>(__arena_start) + POSTERN_SLOT_PUBLIC,
                                0,
                                0x8000000000000000,
                                ~uint64_t{0}};
    for (const uint64_t from : foreign) {
        expect_log(from, 8, refused);
        expect_log(from, 0, refused);
    }
}

POSTERN_TEST("deny.log.memory_that_is_partly_foreign", SHOWS(log_is_cut_and_escaped)) {
    const auto constants_end = reinterpret_cast<uint64_t>(__rodata_end);
    uint64_t end = 0;
    for (const auto &record : rt::domain::Table()) {
        if (record.kind == linker::Kind::domain && record.number == 2) {
            end = record.end;
        }
    }
    static_assert(rt::key::key_of(Domain::alice).raw() == 2);
    EXPECT(bool(rt::call<Domain::alice>(alice_fill, static_cast<uint8_t>('y'))));
    expect_log(end - 1, 2, refused);
    expect_log(end - 199, 200, refused);
    expect_log(end, 1, refused);
    expect_log(constants_end - 1, 2, refused);
    expect_log(constants_end - 199, ~uint64_t{0}, refused);
    expect_log(reinterpret_cast<uint64_t>(__rodata_start) - 1, 2, refused);
}
