/// Making a call on a domain's behalf.
#include "rt/syscall/proxied_call.h"

#include <linux/fcntl.h>
#include <linux/openat2.h>

#include "rt/sys/call.h"
#include "rt/sys/socket_numbers.h"
#include "rt/syscall/descriptor_table.h"
#include "rt/uaccess/copy.h"

extern "C" const rt::syscall::CallRule __calls_start[], __calls_end[];

namespace rt::syscall {

using base::Errno;
using base::Result;
using Kind = Parameter::Kind;

namespace {

constexpr int64_t as_answer(Errno error) {
    return -static_cast<int64_t>(error);
}

/// Whether a name stays below the folder that it starts from, apart from links: it is relative, and
/// no part of it is "..".
bool is_below(const char *path) {
    bool below = path[0] != '/';
    for (const char *at = path; *at != '\0'; ++at) {
        const bool begins = at == path || at[-1] == '/';
        below &= !(begins && at[0] == '.' && at[1] == '.' && (at[2] == '/' || at[2] == '\0'));
    }
    return below;
}

/// Whether a domain must not have this file. Only regular files and folders are allowed: others
/// lead to a device, a pipe, a socket or a process. Files in a procfs are refused, because
/// /proc/self/mem is read and written past protection keys, and RESOLVE_NO_MAGICLINKS does not stop
/// it: no name on the way to it is a magic link.
bool is_refused(sys::Descriptor file) {
    const auto status = sys::status(file);
    const bool plain = status && (status.value().regular || status.value().directory);
    return !plain || sys::may_be_of_proc(file);
}

/// One granted call: the arguments as the kernel gets them, and the monitor's copies.
class ProxiedCall {
public:
    ProxiedCall(const CallRule &rule, const uint64_t (&claimed)[6])
        : rule_(rule), claimed_(claimed) {}

    int64_t run() {
        if (!take_numbers() || !take_copies()) {
            return as_answer(error_);
        }
        return give_back(answer());
    }

private:
    bool refuse(Errno error) {
        error_ = error;
        return false;
    }

    /// Takes all arguments that are numbers, before any length is believed.
    bool take_numbers() {
        for (size_t i = 0; i < 6; ++i) {
            const Parameter &parameter = rule_.parameters[i];
            const uint64_t value = claimed_[i];
            if (parameter.kind == Kind::descriptor) {
                uses_[i].begin(rule_.domain, value);
                const auto file = uses_[i].file();
                if (!file) {
                    return refuse(file.error());
                }
                made_[i] = static_cast<uint64_t>(file.value());
            } else if (parameter.kind == Kind::scalar || parameter.kind == Kind::flags) {
                const bool wrong = parameter.kind == Kind::scalar ? value > parameter.limit
                                                                  : (value & ~parameter.limit) != 0;
                if (wrong) {
                    return refuse(Errno::invalid);
                }
                made_[i] = value;
            }
        }
        return true;
    }

    /// The length of a copy, cut to the room; the kernel gets the same number.
    uint64_t length_of(const Parameter &parameter) {
        if (!detail::is_counted(parameter)) {
            return parameter.limit;
        }
        uint64_t &length = made_[parameter.length];
        length = length < longest_copy ? length : longest_copy;
        return length;
    }

    bool take_copies() {
        size_t copies = 0;
        for (size_t i = 0; i < 6; ++i) {
            const Parameter &parameter = rule_.parameters[i];
            if (detail::is_copy(parameter)) {
                char(&copy)[longest_copy] = copies_[copies++];
                made_[i] = reinterpret_cast<uint64_t>(copy);
                if (!fill(parameter, copy, uaccess::Claimed::from_raw(claimed_[i]))) {
                    return false;
                }
            }
        }
        return true;
    }

    bool fill(const Parameter &parameter, char (&copy)[longest_copy], uaccess::Claimed from) {
        if (parameter.kind == Kind::path) {
            const auto length = uaccess::string_from_domain(rule_.domain, copy, from.take());
            if (!length) {
                return refuse(length.error());
            }
            return is_below(copy) || refuse(Errno::access_denied);
        }
        const uint64_t bytes = length_of(parameter);
        if (parameter.kind == Kind::bytes_out || parameter.kind == Kind::record_out) {
            __builtin_memset(copy, 0, bytes);
            return true;
        }
        return bytes == 0 ||
               bool(uaccess::copy_from_domain(rule_.domain, copy, from.take(), bytes)) ||
               refuse(Errno::bad_address);
    }

    int64_t answer() const {
        switch (rule_.answer) {
        case CallRule::Answer::error:
            return as_answer(rule_.error);
        case CallRule::Answer::granted:
            return call();
        case CallRule::Answer::opened:
            return open();
        case CallRule::Answer::accepted:
            return accept();
        case CallRule::Answer::closed:
            return close();
        }
        return as_answer(Errno::not_implemented);
    }

    /// A send raises no SIGPIPE, whatever the domain asks for.
    int64_t call() const {
        const uint64_t always = rule_.number == __NR_sendto ? sys::numbers::msg_nosignal : 0;
        return sys::call_raw(rule_.number, made_[0], made_[1], made_[2], made_[3] | always,
                             made_[4]);
    }

    /// Gives the domain a file of its own under a number of its own.
    int64_t hold(sys::Descriptor file) const {
        const auto number = grant_opened(rule_.domain, file);
        if (!number) {
            static_cast<void>(sys::close(file));
            return as_answer(number.error());
        }
        return number.value();
    }

    int64_t accept() const {
        if (!may_hold_more(rule_.domain)) {
            return as_answer(Errno::too_many_files);
        }
        const auto file = sys::result_of<sys::Descriptor>(
            sys::call_raw(__NR_accept4, made_[0], 0, 0, made_[3] | O_CLOEXEC));
        return file ? hold(file.value()) : as_answer(file.error());
    }

    int64_t close() const {
        const auto closed = close_granted(rule_.domain, claimed_[0]);
        return closed ? 0 : as_answer(closed.error());
    }

    /// Opens the file; the kernel refuses to leave the folder.
    Result<sys::Descriptor> open_at(uint64_t flags) const {
        open_how how{};
        how.flags = flags | O_CLOEXEC;
        how.mode = (flags & O_CREAT) != 0 ? made_[3] : 0;
        how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
        return sys::result_of<sys::Descriptor>(
            sys::call_raw(__NR_openat2, made_[0], made_[1], &how, sizeof how));
    }

    /// The reason why the file must not be opened, or none. Opening has effects even if the file is
    /// refused afterwards: a pipe's writer goes on, a device starts, a file is made or emptied. So
    /// the name is first opened with O_PATH, which opens nothing.
    Errno look() const {
        if (!may_hold_more(rule_.domain)) {
            return Errno::too_many_files;
        }
        const auto seen = open_at(O_PATH | (made_[2] & (O_DIRECTORY | O_NOFOLLOW)));
        if (!seen) {
            const bool is_made = seen.error() == Errno::no_such_file && (made_[2] & O_CREAT) != 0;
            return is_made ? Errno::none : seen.error();
        }
        const auto status = sys::status(seen.value());
        // If a link is not followed, the kernel refuses it.
        const bool refused = is_refused(seen.value()) && !(status && status.value().link);
        static_cast<void>(sys::close(seen.value()));
        return refused ? Errno::access_denied : Errno::none;
    }

    /// Opens the file and gives it to the domain under a number of its own. The open file is looked
    /// at again, because another process may have replaced it.
    int64_t open() const {
        if (const Errno error = look(); error != Errno::none) {
            return as_answer(error);
        }
        // O_NONBLOCK: no waiting for a pipe's other end.
        const auto file = open_at(made_[2] | O_NOCTTY | O_NONBLOCK);
        if (!file) {
            return as_answer(file.error());
        }
        if (is_refused(file.value())) {
            static_cast<void>(sys::close(file.value()));
            return as_answer(Errno::access_denied);
        }
        return hold(file.value());
    }

    int64_t give_back(int64_t answer) const {
        for (size_t i = 0; answer >= 0 && i < 6; ++i) {
            const Kind kind = rule_.parameters[i].kind;
            // Some calls answer with the full length, even if it exceeds the buffer.
            const auto got = static_cast<uint64_t>(answer);
            const uint64_t room = made_[rule_.parameters[i].length];
            const uint64_t bytes = kind == Kind::bytes_out    ? (got < room ? got : room)
                                   : kind == Kind::record_out ? rule_.parameters[i].limit
                                                              : 0;
            const auto to = uaccess::Claimed::from_raw(claimed_[i]);
            if (bytes > longest_copy ||
                (bytes != 0 &&
                 !uaccess::copy_to_domain(rule_.domain, to,
                                          reinterpret_cast<const void *>(made_[i]), bytes))) {
                return as_answer(Errno::bad_address);
            }
        }
        return answer;
    }

    const CallRule &rule_;
    const uint64_t (&claimed_)[6];
    uint64_t made_[6] = {};
    DescriptorUse uses_[6]; // the files stay what they are until the call has been made
    Errno error_ = Errno::none;
    char copies_[most_copies][longest_copy]; // filled before the kernel reads them
};

} // namespace

const CallRule *find_call(Domain domain, uint64_t number) {
    for (const CallRule *row = __calls_start; row < __calls_end; ++row) {
        if (row->domain == domain && row->number == number) {
            return row;
        }
    }
    return nullptr;
}

int64_t make_granted_call(const CallRule &rule, const uint64_t (&arguments)[6]) {
    if (rule.answer == CallRule::Answer::error) {
        return as_answer(rule.error);
    }
    return ProxiedCall(rule, arguments).run();
}

} // namespace rt::syscall
