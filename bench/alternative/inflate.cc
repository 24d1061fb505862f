/// What does zlib in a domain cost, beside the same archive called directly, and what does the gate
/// cost of that? The domain is in an image of bench/asked.
#include <algorithm>
#include <memory>

#include "bench/alternative/image.h"
#include "bench/alternative/row.h"
#include "bench/alternative/ticks.h"
#include "bench/asked/codec.h"

namespace alternative {

namespace {

#ifdef BENCH_HAS_ZLIB

/// The archive, and zlib as a part of this program.
class Direct {
public:
    explicit Direct(uint64_t chunk)
        : plain_(std::max<uint64_t>(chunk, codec_least_plain)), chunk_(chunk) {
        const uint64_t packed = codec_pack(plain_);
        must(packed > 0, "packing");
        archive_.assign(codec_in, codec_in + packed);
    }

    uint64_t chunks() const { return plain_ / chunk_; }

    /// The same calls of zlib as in the domain, without copies: it reads the archive itself.
    uint64_t run(uint64_t loops) const {
        const uint64_t begin = ticks();
        for (uint64_t loop = 0; loop < loops; ++loop) {
            inflate_once();
        }
        return ticks() - begin;
    }

private:
    void inflate_once() const {
        CodecStep made = codec_begin();
        uint64_t taken = 0;
        uint64_t given = 0;
        while (made.state == codec_has_more || made.state == codec_wants_input) {
            const uint64_t next =
                made.state == codec_wants_input ? std::min(chunk_, archive_.size() - taken) : 0;
            made = codec_step(reinterpret_cast<uint64_t>(archive_.data() + taken), next,
                              reinterpret_cast<uint64_t>(codec_out), chunk_);
            taken += next;
            given += made.bytes;
        }
        if (made.state != codec_is_done || given != plain_) {
            throw Broken{"the archive is damaged"};
        }
    }

    uint64_t plain_;
    uint64_t chunk_;
    std::vector<unsigned char> archive_;
};

Measure prepare_direct(uint64_t chunk) {
    return
        [direct = std::make_shared<Direct>(chunk)](uint64_t loops) { return direct->run(loops); };
}

/// A chunk a loop, of whole archives.
Measure prepare_chunks(uint64_t chunk) {
    return [direct = std::make_shared<Direct>(chunk)](uint64_t loops) {
        const uint64_t runs = (loops + direct->chunks() - 1) / direct->chunks();
        return direct->run(runs) * loops / (runs * direct->chunks());
    };
}

#else

Measure prepare_direct(uint64_t) {
    throw Skip{"needs zlib: package zlib1g-dev"};
}

Measure prepare_chunks(uint64_t chunk) {
    return prepare_direct(chunk);
}

#endif

} // namespace

Rows inflate_rows() {
    Rows rows;
    for (const Isolation isolation : {Isolation::keys, Isolation::none}) {
        const auto add = [&](const std::string &word, const std::string &question,
                             const std::string &yardstick, const std::function<Measure()> &beside) {
            rows.push_back({word + (isolation == Isolation::keys ? "" : "_no_keys"), question, yardstick,
                            [=] {
                                return prepare_asked({"bench/bench_inflate", isolation}, word);
                            },
                            beside});
        };
        for (uint64_t chunk = 1024; chunk <= codec_most_plain; chunk *= 4) {
            add("inflate_" + std::to_string(chunk),
                "What does zlib in a domain cost by the bytes of a chunk, beside the same archive "
                "called directly?",
                "called directly", [=] { return prepare_direct(chunk); });
        }
        add("inflate_hundred_gates",
            "What do 100 gates cost, beside the chunk of 4 KiB that one call inflates? Of a chunk "
            "of 4 KiB times this the gate is 1 %",
            "a chunk of 4 KiB", [] { return prepare_chunks(4096); });
    }
    return rows;
}

} // namespace alternative
