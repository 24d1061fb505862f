/// The attacker may open files below a folder, and wants the one that is this process's memory:
/// /proc/self/mem reads and writes past protection keys, page protections and seals. What must
/// hold: by whatever name, below whatever folder, it gets no such file, while an ordinary file of
/// the same folder opens. It also wants what a refused opening does all the same: a pipe's writer
/// let go, a device started, a file made or emptied.
#include <asm/unistd.h>
#include <linux/fcntl.h>
#include <linux/inotify.h>
#include <linux/stat.h>

#include "rt/sys/call.h"
#include "tests/harness/harness.h"
#include "tests/rt/syscall/calls.h"

using namespace rt::syscall;

POSTERN_CALLS(open_below(Domain::alice,
                         O_WRONLY | O_RDWR | O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CREAT | O_TRUNC),
              grant(Domain::alice, __NR_pread64, descriptor(), bytes_out(2), scalar(), scalar()),
              grant(Domain::alice, __NR_pwrite64, descriptor(), bytes_in(2), scalar(), scalar()));

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
    const auto real = rt::revoke_descriptor(Domain::alice, static_cast<uint32_t>(number));
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
          number_(rt::grant_descriptor(Domain::alice, real_)) {
        EXPECT(bool(number_));
    }
    ~Given() {
        EXPECT(bool(rt::revoke_descriptor(Domain::alice, number())));
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

constexpr const char *folder_path = "/tmp/postern_paths";

/// A folder with a file of three bytes, a pipe, a device, and a link to the pipe.
class Folder {
public:
    Folder() {
        remove();
        EXPECT(rt::sys::call_raw(__NR_mkdirat, AT_FDCWD, folder_path, 0700) == 0);
        EXPECT(rt::sys::call_raw(__NR_mknodat, AT_FDCWD, "/tmp/postern_paths/pipe", S_IFIFO | 0600,
                                 0) == 0);
        has_device_ = rt::sys::call_raw(__NR_mknodat, AT_FDCWD, "/tmp/postern_paths/device",
                                        S_IFCHR | 0600, 0x103) == 0; // null; root's to make
        EXPECT(rt::sys::call_raw(__NR_symlinkat, "pipe", AT_FDCWD, "/tmp/postern_paths/link") == 0);
        const auto file = rt::sys::open(file_path, rt::sys::Access::write_new);
        EXPECT(file && rt::sys::write_all(file.value(), "one", 3) && rt::sys::close(file.value()));
    }
    ~Folder() { remove(); }
    Folder(const Folder &) = delete;
    Folder &operator=(const Folder &) = delete;
    bool has_device() const { return has_device_; }

    static constexpr const char *file_path = "/tmp/postern_paths/file";
    static constexpr const char *made_path = "/tmp/postern_paths/made";

private:
    static void remove() {
        constexpr const char *paths[] = {"/tmp/postern_paths/pipe", "/tmp/postern_paths/device",
                                         "/tmp/postern_paths/link", file_path, made_path};
        for (const char *path : paths) {
            rt::sys::call_raw(__NR_unlinkat, AT_FDCWD, path, 0);
        }
        rt::sys::call_raw(__NR_unlinkat, AT_FDCWD, folder_path, AT_REMOVEDIR);
    }

    bool has_device_ = false;
};

/// Counts what is opened, made or changed in the folder, by whomever. [inotify(7)]
class Watch {
public:
    Watch() {
        EXPECT(static_cast<int>(queue_) >= 0 &&
               rt::sys::call_raw(__NR_inotify_add_watch, queue_, folder_path,
                                 IN_OPEN | IN_CREATE | IN_MODIFY) >= 0);
    }
    ~Watch() { EXPECT(bool(rt::sys::close(queue_))); }
    Watch(const Watch &) = delete;
    Watch &operator=(const Watch &) = delete;

    unsigned events() {
        alignas(inotify_event) char events[1024];
        const long bytes = rt::sys::call_raw(__NR_read, queue_, events, sizeof events);
        unsigned count = 0;
        for (long at = 0; at < bytes; ++count) {
            inotify_event event;
            __builtin_memcpy(&event, events + at, sizeof event);
            at += static_cast<long>(sizeof event + event.len);
        }
        return count;
    }

private:
    const Descriptor queue_ =
        static_cast<Descriptor>(rt::sys::call_raw(__NR_inotify_init1, IN_NONBLOCK | IN_CLOEXEC));
};

/// The permitted access, seen by the watch.
void expect_opened_file(const Given &folder, Watch &watch) {
    const int64_t file = open_as_alice(folder.number(), "file", O_RDONLY);
    if (EXPECT(file >= 0)) {
        forget(file);
    }
    EXPECT_EQUAL(watch.events(), 1);
}

} // namespace

POSTERN_TEST("attack.paths.own_memory_below_proc", SHOWS(no_proc_below_a_folder),
             TRIES(attack_10)) {
    constexpr const char *paths[] = {"self/mem",     "thread-self/mem",
                                     "./self/./mem", "self/root/proc/self/mem",
                                     "self/task",    "self"};
    strike_below("/proc", paths);
}

POSTERN_TEST("attack.paths.own_memory_below_the_root", SHOWS(no_proc_below_a_folder),
             TRIES(attack_10)) {
    constexpr const char *paths[] = {"proc/self/mem", "proc/thread-self/mem",  "proc/self/fd/0",
                                     "dev/fd/0",      "proc/self/map_files/0", "proc/self/exe"};
    strike_below("/", paths);
}

POSTERN_TEST("attack.paths.what_is_refused_was_not_opened", SHOWS(refused_file_is_not_opened),
             TRIES(attack_100)) {
    const Folder made;
    const Given folder(folder_path);
    Watch watch;
    expect_opened_file(folder, watch);
    constexpr uint64_t flags[] = {O_RDONLY, O_WRONLY, O_RDWR, O_RDWR | O_CREAT | O_TRUNC};
    for (const uint64_t each : flags) {
        const auto refused = -static_cast<int64_t>(rt::Errno::access_denied);
        EXPECT_EQUAL(open_as_alice(folder.number(), "pipe", each), refused);
        EXPECT_EQUAL(open_as_alice(folder.number(), "link", each), refused);
        EXPECT_EQUAL(open_as_alice(folder.number(), "pipe", each | O_NOFOLLOW), refused);
        EXPECT_EQUAL(open_as_alice(folder.number(), "link", each | O_NOFOLLOW),
                     -static_cast<int64_t>(rt::Errno::too_many_links));
        EXPECT(!made.has_device() || open_as_alice(folder.number(), "device", each) == refused);
    }
    EXPECT_EQUAL(watch.events(), 0);
}

POSTERN_TEST("attack.paths.a_file_that_it_has_no_number_for", SHOWS(refused_file_is_not_opened),
             TRIES(attack_100)) {
    const Folder made;
    const Given folder(folder_path);
    Watch watch;
    expect_opened_file(folder, watch);
    uint32_t numbers = 1; // the folder's
    while (rt::grant_descriptor(Domain::alice, Descriptor::error)) {
        ++numbers;
    }
    EXPECT_EQUAL(numbers, rt::syscall::most_descriptors);
    const auto refused = -static_cast<int64_t>(rt::Errno::too_many_files);
    EXPECT_EQUAL(open_as_alice(folder.number(), "made", O_RDWR | O_CREAT), refused);
    EXPECT_EQUAL(open_as_alice(folder.number(), "file", O_RDWR | O_TRUNC), refused);
    EXPECT(!rt::sys::status(Folder::made_path));
    const auto status = rt::sys::status(Folder::file_path);
    EXPECT(status && status.value().bytes == 3);
    EXPECT_EQUAL(watch.events(), 0);
    while (numbers > 1) {
        EXPECT(bool(rt::revoke_descriptor(Domain::alice, --numbers)));
    }
    const int64_t file = open_as_alice(folder.number(), "made", O_RDWR | O_CREAT);
    if (EXPECT(file >= 0)) {
        forget(file);
    }
    EXPECT(bool(rt::sys::status(Folder::made_path)));
}
