/// The calls of a domain's own that are not refused: a constexpr table per app, in read-only data.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "linker/layout.h"
#include "rt/base/errno.h"
#include "rt/base/fault.h"
#include "rt/syscall/rules.h"

namespace rt::syscall {

/// What the kernel gets for one argument of a granted call.
struct Parameter {
    enum class Kind : uint8_t {
        nothing,    // zero, whatever the domain says
        scalar,     // the number, up to `limit`: EINVAL above
        flags,      // the number, of the bits of `limit`: EINVAL for others
        descriptor, // the file that the domain was given under this number (rt::grant_descriptor):
                    // EBADF
        bytes_in,   // a copy of as many bytes as argument `length` says
        bytes_out,  // a buffer of as many; as many as the kernel then answers are copied back
        record_in,  // a copy of `limit` bytes
        record_out, // a buffer of `limit` bytes, copied back where the call succeeds
        path,       // a copy of a name below a descriptor: relative, without ".."
    };
    Kind kind = Kind::nothing;
    uint8_t length = 0;
    uint64_t limit = 0;
};

constexpr Parameter scalar(uint64_t most = ~uint64_t{0}) {
    return {Parameter::Kind::scalar, 0, most};
}
constexpr Parameter flags(uint64_t bits) {
    return {Parameter::Kind::flags, 0, bits};
}
constexpr Parameter descriptor() {
    return {Parameter::Kind::descriptor, 0, 0};
}
/// `length`: which argument, 0 to 5, says how many. A number above longest_copy is cut to that,
/// because a kernel may do less than it is asked for.
constexpr Parameter bytes_in(uint8_t length) {
    return {Parameter::Kind::bytes_in, length, 0};
}
constexpr Parameter bytes_out(uint8_t length) {
    return {Parameter::Kind::bytes_out, length, 0};
}
constexpr Parameter record_in(uint64_t bytes) {
    return {Parameter::Kind::record_in, 0, bytes};
}
constexpr Parameter record_out(uint64_t bytes) {
    return {Parameter::Kind::record_out, 0, bytes};
}

/// The most that one argument of a granted call copies, and how many arguments may be copies.
inline constexpr uint64_t longest_copy = 4096;
inline constexpr size_t most_copies = 2;

/// One row: how one call of one domain is answered.
struct CallRule {
    enum class Answer : uint8_t { error, granted, opened, accepted, closed };
    Domain domain;
    Answer answer;
    base::Errno error;
    uint16_t number;
    Parameter parameters[6];
};
static_assert(sizeof(CallRule) == POSTERN_CALL_BYTES);

/// The call is not made; the domain reads `error`.
constexpr CallRule answer(Domain domain, uint16_t number, base::Errno error) {
    return {domain, CallRule::Answer::error, error, number, {}};
}

/// The monitor makes the call. The parameters say what the kernel gets for the first five
/// arguments; arguments without a parameter are zero.
template <class... Parameters>
constexpr CallRule grant(Domain domain, uint16_t number, Parameters... parameters) {
    static_assert(sizeof...(parameters) <= 5, "the monitor makes calls with up to five arguments: "
                                              "the sixth is the filter's (rt/sys/call.h)");
    return {domain, CallRule::Answer::granted, base::Errno::none, number, {parameters...}};
}

/// openat2(2) for a domain: (given descriptor of a folder, relative path, flags of `bits`, mode).
/// The kernel stays below that folder, whatever links are in there (RESOLVE_BENEATH). Only regular
/// files and folders are opened, and none of a procfs: EACCES for others. The domain gets a number
/// of its own.
constexpr CallRule open_below(Domain domain, uint64_t bits) {
    return {domain,
            CallRule::Answer::opened,
            base::Errno::none,
            __NR_openat,
            {descriptor(), {Parameter::Kind::path, 0, 0}, flags(bits), scalar(0777)}};
}

/// accept4(2) for a domain: (given listener, -, -, flags of `bits`, which may be SOCK_NONBLOCK,
/// 0x800). The domain gets a number of its own for the connection. EMFILE if it holds as many as it
/// may: the connection then waits on.
constexpr CallRule accept_from(Domain domain, uint64_t bits = 0) {
    return {domain,
            CallRule::Answer::accepted,
            base::Errno::none,
            __NR_accept4,
            {descriptor(), {}, {}, flags(bits)}};
}

/// close(2) for a domain: takes the number from it, and closes the file if it was opened or
/// accepted for the domain and no other number means it. A file of the app's stays open.
constexpr CallRule close_given(Domain domain) {
    return {domain, CallRule::Answer::closed, base::Errno::none, __NR_close, {descriptor()}};
}

namespace detail {

constexpr bool is_copy(const Parameter &parameter) {
    return parameter.kind >= Parameter::Kind::bytes_in;
}
constexpr bool is_counted(const Parameter &parameter) {
    return parameter.kind == Parameter::Kind::bytes_in ||
           parameter.kind == Parameter::Kind::bytes_out;
}

constexpr bool is_sound(const CallRule &rule) {
    size_t copies = 0;
    for (const Parameter &parameter : rule.parameters) {
        const bool is_record = is_copy(parameter) && !is_counted(parameter);
        if ((is_record && parameter.limit > longest_copy) ||
            (is_counted(parameter) &&
             (parameter.length > 5 ||
              rule.parameters[parameter.length].kind != Parameter::Kind::scalar))) {
            return false;
        }
        copies += is_copy(parameter) ? 1 : 0;
    }
    const bool made = rule.answer != CallRule::Answer::error;
    return copies <= most_copies && !(made && is_given_up(rule.number));
}

} // namespace detail

/// Whether no call of a domain has two rows, no row has more than two copies or copies longer than
/// longest_copy, every length is a scalar of the same row, and no row makes a call that the program
/// has given up (rules.h).
template <size_t rows>
constexpr bool are_sound(const CallRule (&table)[rows]) {
    for (size_t row = 0; row < rows; ++row) {
        for (size_t other = 0; other < row; ++other) {
            if (table[row].domain == table[other].domain &&
                table[row].number == table[other].number) {
                return false;
            }
        }
        if (!detail::is_sound(table[row])) {
            return false;
        }
    }
    return true;
}

/// The row for call `number` of `domain`, or null: then it is refused.
const CallRule *find_call(Domain domain, uint64_t number);

} // namespace rt::syscall
