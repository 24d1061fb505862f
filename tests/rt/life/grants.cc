/// Granted descriptors end with the life to which they were given.
#include <asm/unistd.h>
#include <linux/fcntl.h>

#include "rt/sys/call.h"
#include "tests/harness/harness.h"
#include "tests/rt/syscall/calls.h"

using namespace rt::syscall;

POSTERN_CALLS(grant(Domain::alice, __NR_read, descriptor(), bytes_out(2), scalar()),
              open_below(Domain::alice, O_RDONLY | O_DIRECTORY));

namespace {

using rt::sys::Descriptor;

POSTERN_BSS(alice) uint64_t words[7];
POSTERN_BSS(alice) char memory[4096];
constexpr rt::Entry<Domain::alice, test_make_call> make;

constexpr auto bad_descriptor = 0 - static_cast<uint64_t>(rt::Errno::bad_descriptor);

uint64_t address_of(const volatile void *object) {
    return reinterpret_cast<uint64_t>(object);
}

uint64_t alice_calls(uint64_t number, uint64_t a, uint64_t b, uint64_t c) {
    const uint64_t wanted[7] = {number, a, b, c, 0, 0, 0};
    EXPECT(bool(rt::copy_to_domain(Domain::alice, rt::Claimed::of(words), wanted, sizeof wanted)));
    return rt::call<Domain::alice>(make, rt::Claimed::of(words)).value_or(~uint64_t{0});
}

uint64_t alice_reads(uint64_t number) {
    return alice_calls(__NR_read, number, address_of(memory), 4);
}

/// The image's own file, opened by alice's call below the root; her number for it.
uint64_t alice_opens(uint64_t root) {
    char path[512] = {};
    const long length = rt::sys::call_raw(__NR_readlink, "/proc/self/exe", path, sizeof path - 1);
    EXPECT(length > 0);
    EXPECT(bool(rt::copy_to_domain(Domain::alice, rt::Claimed::of(memory), path + 1,
                                   static_cast<size_t>(length))));
    return alice_calls(__NR_openat, root, address_of(memory), O_RDONLY);
}

Descriptor open_root() {
    return static_cast<Descriptor>(
        rt::sys::call_raw(__NR_openat, AT_FDCWD, "/", O_PATH | O_DIRECTORY));
}

Descriptor open_image() {
    const auto file = rt::sys::open("/proc/self/exe", rt::sys::Access::read);
    return file.value_or(Descriptor::error);
}

} // namespace

POSTERN_TEST("deny.restart.grants_of_an_earlier_life", SHOWS(grants_end_with_their_life)) {
    const Descriptor image = open_image();
    const auto number = rt::grant_descriptor(Domain::alice, image);
    const auto of_bob = rt::grant_descriptor(Domain::bob, image);
    EXPECT(number && of_bob);
    EXPECT_EQUAL(alice_reads(number.value_or(0)), 4);
    EXPECT(bool(rt::restart(Domain::alice)));
    EXPECT_EQUAL(alice_reads(number.value_or(0)), bad_descriptor);
    EXPECT(rt::sys::is_open(image)); // it is the app's
    EXPECT(rt::revoke_descriptor(Domain::bob, of_bob.value_or(0)).value_or(Descriptor::error) ==
           image);
    EXPECT_EQUAL(rt::grant_descriptor(Domain::alice, image).value_or(99), number.value_or(0));
    EXPECT_EQUAL(alice_reads(number.value_or(0)), 4);
    EXPECT(bool(rt::revoke_descriptor(Domain::alice, number.value_or(0))));
    EXPECT(bool(rt::sys::close(image)));
}

POSTERN_TEST("run.restart.files_that_the_domain_has_opened_are_closed",
             SHOWS(grants_end_with_their_life)) {
    const Descriptor root = open_root();
    for (int life = 0; life < 40; ++life) {
        const auto below = rt::grant_descriptor(Domain::alice, root);
        const uint64_t number = alice_opens(below.value_or(99));
        const auto file = rt::lookup_descriptor(Domain::alice, number);
        if (!EXPECT(below && file)) {
            return;
        }
        EXPECT_EQUAL(alice_reads(number), 4);
        EXPECT(bool(rt::restart(Domain::alice)));
        EXPECT_EQUAL(alice_reads(number), bad_descriptor);
        EXPECT(!rt::sys::is_open(file.value()) && rt::sys::is_open(root));
    }
    EXPECT(bool(rt::sys::close(root)));
}

POSTERN_TEST("run.restart.a_file_that_another_domain_has_too_stays_open",
             SHOWS(grants_end_with_their_life)) {
    const Descriptor root = open_root();
    const auto below = rt::grant_descriptor(Domain::alice, root);
    const auto file = rt::lookup_descriptor(Domain::alice, alice_opens(below.value_or(99)));
    if (!EXPECT(below && file)) {
        return;
    }
    const auto of_bob = rt::grant_descriptor(Domain::bob, file.value());
    EXPECT(bool(rt::restart(Domain::alice)));
    EXPECT(rt::sys::is_open(file.value()));
    EXPECT(bool(rt::revoke_descriptor(Domain::bob, of_bob.value_or(99))));
    EXPECT(bool(rt::sys::close(file.value())) && bool(rt::sys::close(root)));
}
