/// inflate: decompresses gzip and zlib streams from standard input to standard output. zlib runs in
/// a domain, so that a hostile stream that takes it over has nothing but its own memory.
#include "codec.h"
#include "rt/rt.h"

namespace {

constexpr rt::Entry<Domain::codec, codec_feed> feed;
constexpr rt::Entry<Domain::codec, codec_step> step;

constexpr uint64_t second = 1'000'000'000; // in nanoseconds
constexpr uint64_t default_limit = uint64_t{1} << 30;
constexpr uint64_t largest_limit = uint64_t{1} << 60;

unsigned char buffer[CODEC_IN_BYTES > CODEC_OUT_BYTES ? CODEC_IN_BYTES : CODEC_OUT_BYTES];

/// The exit statuses of gzip: an error, and a warning.
constexpr auto warning = static_cast<rt::Exit>(2);

class Inflate {
public:
    explicit Inflate(uint64_t limit) : limit_(limit) {}

    rt::Exit run() {
        for (;;) {
            const auto made = rt::call_within<Domain::codec>(second, step);
            if (!made) {
                rt::log("inflate: {}", made.fault());
                return rt::Exit::failure;
            }
            const CodecStep claimed = made.value();
            if (!write(claimed.bytes)) {
                return rt::Exit::failure;
            }
            switch (claimed.state) {
            case codec_has_more:
                if (claimed.bytes == 0) {
                    return fail("the codec has more and gives nothing");
                }
                break;
            case codec_wants_input:
            case codec_is_between:
                if (const rt::Result<bool> more = read(); !more) {
                    return rt::Exit::failure;
                } else if (!more.value()) {
                    return claimed.state == codec_is_between
                               ? rt::Exit::success
                               : fail("the input ends within a stream");
                }
                break;
            case codec_is_damaged:
                return fail("the stream is damaged");
            case codec_sees_garbage:
                rt::log("inflate: ignored: bytes after the stream that begin no other");
                return warning;
            case codec_has_no_memory:
                return fail("the codec's heap is full: raise HEAP in apps/inflate/CMakeLists.txt");
            default:
                return fail("the codec claims a state that there is not");
            }
        }
    }

private:
    static rt::Exit fail(const char *why) {
        rt::log("inflate: {}", why);
        return rt::Exit::failure;
    }

    /// Writes that many bytes of the codec's output, as far as the limit allows.
    bool write(uint64_t bytes) {
        if (bytes > limit_ - written_) {
            rt::log("inflate: the output has more than {} bytes: a larger limit is an argument, "
                    "e.g. inflate 8G",
                    limit_);
            return false;
        }
        if (!rt::copy_from_domain(Domain::codec, buffer, rt::Claimed::of(codec_out), bytes)) {
            rt::log("inflate: the codec claims {} bytes, and there is room for {}", bytes,
                    sizeof buffer);
            return false;
        }
        written_ += bytes;
        const auto done = rt::sys::write_all(rt::sys::Descriptor::output, buffer, bytes);
        if (!done) {
            rt::log("inflate: standard output: {}", done.error());
        }
        return bool(done);
    }

    /// Gives the codec the next input; false at its end.
    static rt::Result<bool> read() {
        const auto got = rt::sys::read(rt::sys::Descriptor::input, buffer, CODEC_IN_BYTES);
        if (!got) {
            rt::log("inflate: standard input: {}", got.error());
            return got.error();
        }
        if (!rt::copy_to_domain(Domain::codec, rt::Claimed::of(codec_in), buffer, got.value())) {
            return rt::Errno::bad_address;
        }
        const auto fed = rt::call_within<Domain::codec>(second, feed, got.value());
        if (!fed) {
            rt::log("inflate: {}", fed.fault());
            return rt::Errno::bad_address;
        }
        return got.value() > 0;
    }

    uint64_t limit_;
    uint64_t written_ = 0;
};

/// Bytes: digits, and K, M, G or nothing. 0 if the word is no such number.
uint64_t read_limit(const char *word) {
    uint64_t number = 0;
    while (*word >= '0' && *word <= '9') {
        if (number > largest_limit / 10) {
            return 0;
        }
        number = 10 * number + static_cast<uint64_t>(*word++ - '0');
    }
    unsigned shift = 0;
    switch (*word) {
    case 'K':
        shift = 10;
        break;
    case 'M':
        shift = 20;
        break;
    case 'G':
        shift = 30;
        break;
    default:
        break;
    }
    word += shift > 0 ? 1 : 0;
    return *word == '\0' && number <= largest_limit >> shift ? number << shift : 0;
}

} // namespace

rt::Exit main(rt::Arguments arguments) {
    const uint64_t limit = arguments.count() == 2 ? read_limit(arguments[1]) : default_limit;
    if (arguments.count() > 2 || limit == 0) {
        rt::log("usage: inflate [LIMIT] < COMPRESSED > PLAIN\n"
                "  LIMIT  the most bytes that are written, e.g. 500K, 20M, 8G; 1G without it");
        return rt::Exit::usage;
    }
    return Inflate(limit).run();
}
