/// Standard error led elsewhere for a while.
#pragma once

#include <asm/unistd.h>
#include <linux/fcntl.h>

#include "rt/sys/call.h"
#include "tests/harness/harness.h"

namespace harness {

/// Standard error is `there` while it lives.
class StandardError {
public:
    explicit StandardError(rt::sys::Descriptor there)
        : before_(rt::sys::call_raw(__NR_fcntl, 2, F_DUPFD_CLOEXEC, 3)) {
        EXPECT(before_ >= 3 && rt::sys::call_raw(__NR_dup2, there, 2) == 2);
    }
    ~StandardError() {
        rt::sys::call_raw(__NR_dup2, before_, 2);
        rt::sys::call_raw(__NR_close, before_);
    }
    StandardError(const StandardError &) = delete;
    StandardError &operator=(const StandardError &) = delete;

private:
    long before_;
};

/// A pipe, gone when this is.
class Pipe {
public:
    Pipe() { EXPECT_EQUAL(rt::sys::call_raw(__NR_pipe2, ends_, O_CLOEXEC), 0); }
    ~Pipe() {
        close_reader();
        static_cast<void>(rt::sys::close(ends_[1]));
    }
    Pipe(const Pipe &) = delete;
    Pipe &operator=(const Pipe &) = delete;

    rt::sys::Descriptor reader() const { return ends_[0]; }
    rt::sys::Descriptor writer() const { return ends_[1]; }
    /// Leaves no room in it.
    void fill() {
        static const char bytes[POSTERN_PAGE] = {};
        rt::sys::call_raw(__NR_fcntl, ends_[1], F_SETFL, O_NONBLOCK);
        while (rt::sys::write(ends_[1], bytes, sizeof bytes)) {
        }
        while (rt::sys::write(ends_[1], bytes, 1)) {
        }
        EXPECT_EQUAL(rt::sys::call_raw(__NR_fcntl, ends_[1], F_SETFL, 0), 0);
    }
    /// Takes all that is in it.
    void drain() {
        char bytes[POSTERN_PAGE];
        rt::sys::call_raw(__NR_fcntl, ends_[0], F_SETFL, O_NONBLOCK);
        while (rt::sys::read(ends_[0], bytes, sizeof bytes)) {
        }
        EXPECT_EQUAL(rt::sys::call_raw(__NR_fcntl, ends_[0], F_SETFL, 0), 0);
    }
    void close_reader() {
        if (has_reader_) {
            static_cast<void>(rt::sys::close(ends_[0]));
        }
        has_reader_ = false;
    }

private:
    rt::sys::Descriptor ends_[2];
    bool has_reader_ = true;
};

} // namespace harness
