/// The list of jobs that toolchain/emulate packs: strings, each ended by a NUL, in this order:
/// seconds since 1970, random text, uid, working directory, file for standard input, "echo" or "",
/// "joined" (errors go where the output goes) or "", the size of the disk to swap to or "", the
/// number of environment strings and these, then for each job the number of its arguments and
/// these. Numbers are decimal.
#pragma once

#include "rt/sys/file.h"
#include "rt/sys/memory.h"
#include "toolchain/guest/text.h"

namespace guest {

using rt::base::Done;
using rt::base::Errno;
using rt::base::Result;

using Strings = const char *const *; // ended by a null pointer, as execve wants it

class JobList {
public:
    /// Reads the whole file.
    Result<Done> open(const char *path) {
        const auto file = rt::sys::open(path, rt::sys::Access::read);
        if (!file) {
            return file.error();
        }
        const auto status = rt::sys::status(file.value());
        const Result<Done> done =
            status && status.value().bytes > 0
                ? read(file.value(), static_cast<size_t>(status.value().bytes))
                : Errno::invalid;
        static_cast<void>(rt::sys::close(file.value()));
        return done;
    }

    bool empty() const { return next_ >= end_; }

    const char *text() {
        const char *here = next_;
        while (*next_++ != '\0') {
        }
        return here;
    }

    uint64_t number() { return to_number(text()); }

    /// A counted vector of strings. Its pointers are in new memory, which is never freed.
    Result<Strings> strings() {
        const uint64_t count = number();
        const auto room = rt::sys::map_anonymous((count + 1) * sizeof(const char *),
                                                 rt::sys::Protection::read_write);
        if (!room) {
            return room.error();
        }
        auto *vector = reinterpret_cast<const char **>(room.value().begin());
        for (uint64_t i = 0; i < count; ++i) {
            vector[i] = text();
        }
        return Strings{vector};
    }

private:
    Result<Done> read(rt::sys::Descriptor file, size_t bytes) {
        const auto room = rt::sys::map_anonymous(bytes, rt::sys::Protection::read_write);
        if (!room) {
            return room.error();
        }
        auto *text = reinterpret_cast<char *>(room.value().begin());
        for (size_t done = 0; done < bytes;) {
            const auto got = rt::sys::read(file, text + done, bytes - done);
            if (!got || got.value() == 0) {
                return got ? Errno::input_output : got.error();
            }
            done += got.value();
        }
        next_ = text;
        end_ = text + bytes;
        return Done{};
    }

    const char *next_ = nullptr;
    const char *end_ = nullptr;
};

} // namespace guest
