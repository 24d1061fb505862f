/// The attacker may open files below a folder, and wants the one that is this process's memory:
/// /proc/self/mem reads and writes past protection keys, page protections and seals. What must
/// hold: by whatever name, below whatever folder, it gets no such file, while an ordinary file of
/// the same folder opens.
#include <asm/unistd.h>
#include <linux/fcntl.h>

#include "rt/sys/call.h"
#include "tests/harness/harness.h"
#include "tests/rt/policy/calls.h"

using namespace rt::policy;

POSTERN_CALLS(open_below(Domain::alice, O_WRONLY | O_RDWR | O_PATH | O_DIRECTORY | O_NOFOLLOW),
              perform(Domain::alice, __NR_pread64, descriptor(), bytes_out(2), scalar(), scalar()),
              perform(Domain::alice, __NR_pwrite64, descriptor(), bytes_in(2), scalar(), scalar()));

namespace {

using rt::sys::Descriptor;

POSTERN_BSS(alice) uint64_t words[7];
POSTERN_BSS(alice) char memory[512];
constexpr uint64_t honest_word = 0x600df00d;
alignas(64) constinit volatile uint64_t monitors_word = honest_word;

constexpr rt::Entry<Domain::alice, test_make_call> make;

int64_t alice_calls(uint64_t number, uint64_t a = 0, uint64_t b = 0, uint64_t c = 0,
                    uint64_t d = 0) {
    const uint64_t wanted[7] = {number, a, b, c, d, 0, 0};
    EXPECT(bool(rt::copy_to_domain(Domain::alice, rt::Claimed::of(words), wanted, sizeof wanted)));
    const auto answer = rt::call<Domain::alice>(make, rt::Claimed::of(words));
    EXPECT(bool(answer));
    return answer ? static_cast<int64_t>(answer.value()) : -1000;
}

int64_t open_as_alice(uint64_t folder, const char *path, uint64_t flags) {
    size_t length = 0;
    while (path[length++] != '\0') {
    }
    EXPECT(bool(rt::copy_to_domain(Domain::alice, rt::Claimed::of(memory), path, length)));
    return alice_calls(__NR_openat, folder, rt::Claimed::of(memory).raw(), flags);
}

void forget(int64_t number) {
    const auto real = rt::take_back(Domain::alice, static_cast<uint32_t>(number));
    EXPECT(real && rt::sys::close(real.value()));
}

/// Whether what was opened leads to the monitor's word.
bool reaches_memory(int64_t number) {
    const auto place = reinterpret_cast<uint64_t>(&monitors_word);
    const auto to = rt::Claimed::of(memory).raw();
    const auto file = static_cast<uint64_t>(number);
    const int64_t got = alice_calls(__NR_pread64, file, to, 8, place);
    const int64_t put = alice_calls(__NR_pwrite64, file, to, 8, place);
    return got > 0 || put > 0 || monitors_word != honest_word;
}

/// A folder that alice was given.
class Given {
public:
    explicit Given(const char *path)
        : real_(static_cast<Descriptor>(
              rt::sys::call_raw(__NR_openat, AT_FDCWD, path, O_PATH | O_DIRECTORY))),
          number_(rt::give(Domain::alice, real_)) {
        EXPECT(bool(number_));
    }
    ~Given() {
        EXPECT(bool(rt::take_back(Domain::alice, number())));
        EXPECT(bool(rt::sys::close(real_)));
    }
    Given(const Given &) = delete;
    Given &operator=(const Given &) = delete;
    uint32_t number() const { return number_.value_or(0); }

private:
    Descriptor real_;
    rt::Result<uint32_t> number_;
};

/// The permitted access: the image's own file.
void expect_ordinary_file(const Given &root) {
    char path[512] = {};
    rt::sys::call_raw(__NR_readlink, "/proc/self/exe", path, sizeof path - 1);
    const int64_t file = open_as_alice(root.number(), path + 1, O_RDONLY);
    if (EXPECT(file >= 0)) {
        forget(file);
    }
}

/// Strikes with each name below the folder, for reading, writing and as a mere path.
template <size_t count>
void strike_below(const char *path, const char *const (&names)[count]) {
    const Given root("/");
    expect_ordinary_file(root);
    const Given folder(path);
    constexpr uint64_t flags[] = {O_RDONLY, O_WRONLY, O_RDWR, O_PATH, O_PATH | O_NOFOLLOW};
    for (const char *name : names) {
        for (const uint64_t each : flags) {
            const int64_t got = open_as_alice(folder.number(), name, each);
            if (!EXPECT(got < 0)) {
                rt::log("  {} below {}, flags {}: {}", name, path, rt::Hex{each},
                        reaches_memory(got) ? "its memory" : "a file");
            }
            if (got >= 0) {
                forget(got);
            }
        }
    }
}

} // namespace

POSTERN_TEST("attack.paths.own_memory_below_proc") {
    constexpr const char *paths[] = {"self/mem",     "thread-self/mem",
                                     "./self/./mem", "self/root/proc/self/mem",
                                     "self/task",    "self"};
    strike_below("/proc", paths);
}

POSTERN_TEST("attack.paths.own_memory_below_the_root") {
    constexpr const char *paths[] = {"proc/self/mem", "proc/thread-self/mem",  "proc/self/fd/0",
                                     "dev/fd/0",      "proc/self/map_files/0", "proc/self/exe"};
    strike_below("/", paths);
}
