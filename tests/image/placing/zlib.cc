/// A library of the distribution as it is, in a domain of its own by one line of CMake.
#include "tests/harness/harness.h"
#include "tests/image/placing/zip.h"

namespace {

POSTERN_BSS(other) unsigned char others_buffer[64];

constexpr rt::Entry<Domain::zip, zip::pack> pack_entry;
constexpr rt::Entry<Domain::zip, zip::unpack> unpack_entry;
constexpr rt::Entry<Domain::zip, compressBound> bound_entry;
constexpr rt::Entry<Domain::zip, zip::open_a_file> open_entry;

} // namespace

POSTERN_TEST("run.placing.function_of_a_library") {
    EXPECT(rt::call<Domain::zip>(bound_entry, 1000ul).value_or(0) > 1000);
}

POSTERN_TEST("run.placing.distribution_library", SHOWS(archives_go_into_a_domain)) {
    const auto bytes = rt::call<Domain::zip>(pack_entry, rt::Claimed::of(zip::packed));
    EXPECT(bool(bytes)) && EXPECT(bytes.value() > 0 && bytes.value() < zip::text_bytes / 2);
    EXPECT(rt::call<Domain::zip>(unpack_entry, bytes.value_or(0)).value_or(false));
    unsigned char first = 0;
    EXPECT(bool(rt::copy_from_domain(Domain::zip, &first, rt::Claimed::of(zip::packed), 1)));
    EXPECT_EQUAL(first, 0x78); // zlib's own beginning
}

POSTERN_TEST("deny.placing.distribution_library", SHOWS(archives_go_into_a_domain)) {
    EXPECT(rt::call<Domain::zip>(pack_entry, rt::Claimed::of(zip::packed)).value_or(0) != 0);
    const auto denied = rt::call<Domain::zip>(pack_entry, rt::Claimed::of(others_buffer));
    EXPECT(!denied) &&
        EXPECT_FAULT(denied.fault(), .kind = rt::FaultKind::write, .domain = Domain::zip,
                     .signal = 11, .code = 4, .address = reinterpret_cast<uint64_t>(others_buffer),
                     .key = static_cast<int>(rt::key::key_of(Domain::other).raw()));
}

// All of the library is linked with WITHOUT files, the functions that read files included.
POSTERN_TEST("deny.placing.library_without_files", SHOWS(missing_c_is_refused)) {
    const auto opened = rt::call<Domain::zip>(open_entry);
    if (!EXPECT(!opened && opened.fault().kind == rt::FaultKind::absent)) {
        return;
    }
    const char *reason = opened.fault().reason();
    EXPECT(reason[0] == 'o' && reason[1] == 'p' && reason[2] == 'e' && reason[3] == 'n');
    const auto bytes = rt::call<Domain::zip>(pack_entry, rt::Claimed::of(zip::packed));
    EXPECT(rt::call<Domain::zip>(unpack_entry, bytes.value_or(0)).value_or(false));
}
