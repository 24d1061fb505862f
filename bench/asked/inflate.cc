/// Debian's zlib in a domain: the monitor gives it chunks of an archive, and takes chunks of text.
#include "bench/asked/codec.h"
#include "bench/asked/serve.h"
#include "bench/payload/must.h"

namespace bench {

namespace {

constexpr rt::Entry<Domain::codec, codec_pack> pack;
constexpr rt::Entry<Domain::codec, codec_begin> begin;
constexpr rt::Entry<Domain::codec, codec_step> step;
constexpr rt::Entry<Domain::codec, codec_rest> rest;

unsigned char archive[codec_most_plain];
unsigned char text[codec_most_plain];
constinit uint64_t archive_bytes = 0;
constinit uint64_t plain_bytes = 0;

/// The archive of `plain` bytes, which the domain packs.
void make_archive(uint64_t plain) {
    if (plain_bytes == plain) {
        return;
    }
    archive_bytes = must(rt::call<Domain::codec>(pack, plain));
    plain_bytes = plain;
    if (archive_bytes == 0) {
        rt::panic("a row's archive cannot be packed");
    }
    must(rt::copy_from_domain(Domain::codec, archive, rt::Claimed::of(codec_in), archive_bytes));
}

uint64_t less(uint64_t one, uint64_t other) {
    return one < other ? one : other;
}

void inflate_once(uint64_t chunk) {
    CodecStep made = must(rt::call<Domain::codec>(begin));
    uint64_t taken = 0;
    uint64_t given = 0;
    while (made.state == codec_has_more || made.state == codec_wants_input) {
        const uint64_t next =
            made.state == codec_wants_input ? less(chunk, archive_bytes - taken) : 0;
        must(rt::copy_to_domain(Domain::codec, rt::Claimed::of(codec_in), archive + taken, next));
        taken += next;
        made = must(rt::call<Domain::codec>(step, reinterpret_cast<uint64_t>(codec_in), next,
                                            reinterpret_cast<uint64_t>(codec_out), chunk));
        must(rt::copy_from_domain(Domain::codec, text, rt::Claimed::of(codec_out), made.bytes));
        given += made.bytes;
    }
    if (made.state != codec_is_done || given != plain_bytes) {
        rt::panic("a row's archive is damaged: {} bytes of {}", given, plain_bytes);
    }
}

template <uint64_t chunk>
uint64_t inflate(uint64_t loops) {
    make_archive(chunk < codec_least_plain ? uint64_t{codec_least_plain} : chunk);
    const uint64_t began = now();
    for (uint64_t loop = 0; loop < loops; ++loop) {
        inflate_once(chunk);
    }
    return now() - began;
}

uint64_t hundred_gates(uint64_t loops) {
    const uint64_t began = now();
    for (uint64_t call = 0; call < 100 * loops; ++call) {
        must(rt::call<Domain::codec>(rest, call, call, call, call));
    }
    return now() - began;
}

constexpr AskedRow rows[] = {
    {"inflate_1024", inflate<1024>},          {"inflate_4096", inflate<4096>},
    {"inflate_16384", inflate<16384>},        {"inflate_65536", inflate<65536>},
    {"inflate_262144", inflate<262144>},      {"inflate_1048576", inflate<1048576>},
    {"inflate_hundred_gates", hundred_gates},
};

} // namespace

} // namespace bench

rt::Exit main(rt::Arguments arguments) {
    return bench::serve(bench::rows, arguments);
}
