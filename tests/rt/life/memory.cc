/// All memory of a domain, compared with what it was at start.
#include "tests/rt/life/memory.h"

#include "rt/base/panic.h"
#include "tests/harness/harness.h"

namespace memory {

namespace {

constexpr size_t chunk = 4096;
constinit unsigned char bytes[chunk];

size_t length_at(const linker::RegionRecord &record, uintptr_t at) {
    return record.end - at < chunk ? record.end - at : chunk;
}

unsigned char wanted_at(const linker::RegionRecord &record, uintptr_t at) {
    const size_t offset = at - record.begin;
    return offset < record.pristine_bytes
               ? reinterpret_cast<const unsigned char *>(record.pristine)[offset]
               : 0;
}

template <class Do>
void each_record(Domain domain, Do act) {
    for (const auto &record : rt::domain::Table()) {
        if (rt::domain::domain_of(record) == domain && record.begin != record.end) {
            act(record);
        }
    }
}

/// Changes one byte.
void change(Domain domain, uintptr_t at) {
    const auto claim = rt::Claimed::from_raw(at);
    const auto before = rt::get_user<uint8_t>(domain, rt::Claimed(claim));
    EXPECT(bool(before)) &&
        EXPECT(bool(rt::put_user(domain, claim, static_cast<uint8_t>(~before.value()))));
}

/// The three bytes of a range.
uint64_t change_edges(Domain domain, uintptr_t begin, uintptr_t end) {
    if (begin >= end) {
        return 0;
    }
    change(domain, begin);
    change(domain, begin + (end - begin) / 2);
    change(domain, end - 1);
    return 3;
}

} // namespace

uint64_t changed(Domain domain) {
    uint64_t count = 0;
    each_record(domain, [&](const auto &record) {
        for (uintptr_t at = record.begin; at < record.end; at += chunk) {
            const size_t length = length_at(record, at);
            if (!rt::copy_from_domain(domain, bytes, rt::Claimed::from_raw(at), length)) {
                count += length;
                continue;
            }
            for (size_t i = 0; i < length; ++i) {
                count += bytes[i] != wanted_at(record, at + i);
            }
        }
    });
    return count;
}

uint64_t plant(Domain domain) {
    uint64_t planted = 0;
    each_record(domain, [&](const auto &record) {
        const uintptr_t zeros = record.begin + record.pristine_bytes;
        planted += change_edges(domain, record.begin, zeros);
        planted += change_edges(domain, zeros, record.end);
    });
    return planted;
}

void fill(Domain domain) {
    __builtin_memset(bytes, 0xd1, chunk);
    each_record(domain, [&](const auto &record) {
        for (uintptr_t at = record.begin; at < record.end; at += chunk) {
            EXPECT(bool(rt::copy_to_domain(domain, rt::Claimed::from_raw(at), bytes,
                                           length_at(record, at))));
        }
    });
}

const linker::RegionRecord &heap_of(Domain domain) {
    for (const auto &record : rt::domain::Table()) {
        if (rt::domain::domain_of(record) == domain && record.kind == linker::Kind::domain_heap) {
            return record;
        }
    }
    rt::panic("this image has no such heap");
}

uint64_t kilobytes(const char *row) {
    size_t length_of_row = 0;
    while (row[length_of_row] != '\0') {
        ++length_of_row;
    }
    char text[2048] = {};
    const auto file = rt::sys::open("/proc/self/smaps_rollup", rt::sys::Access::read);
    if (!EXPECT(bool(file))) {
        return 0;
    }
    const auto length = rt::sys::read(file.value(), text, sizeof text - 1);
    EXPECT(bool(rt::sys::close(file.value())));
    EXPECT(bool(length));
    for (const char *at = text; *at != '\0'; ++at) {
        if (__builtin_memcmp(at, row, length_of_row) == 0) {
            for (at += length_of_row; *at == ' '; ++at) {
            }
            return harness::number_in(at);
        }
    }
    EXPECT(false && "the row in smaps_rollup");
    return 0;
}

uint64_t resident() {
    return kilobytes("Rss:");
}

} // namespace memory
