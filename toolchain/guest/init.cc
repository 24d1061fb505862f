/// The emulated guest's /init: unpacks the files from the host, runs the jobs one after another,
/// reports how each one ended, then switches the machine off.
///
/// A plain program: crt, rt/base and rt/sys, and a start of its own instead of rt's. It takes no
/// key, has no domains and arms no dispatch, so it runs on processors and kernels without keys or
/// dispatch.
///
/// ttyS0 is the jobs' standard output, ttyS1 their standard error, ttyS2 the console, which carries
/// the reports. Each job is a child in a session of its own: PID 1 ignores signals that have no
/// handler, and its death is a panic.
#include <asm/ioctls.h>
#include <linux/random.h>

#include "crt/handoff.h"
#include "rt/base/line.h"
#include "rt/sys/child.h"
#include "rt/sys/machine.h"
#include "rt/sys/process.h"
#include "rt/sys/terminal.h"
#include "toolchain/guest/archive.h"
#include "toolchain/guest/configuration.h"
#include "toolchain/guest/job_list.h"

namespace guest {

namespace {

using rt::base::Line;
using rt::sys::Access;
using rt::sys::Descriptor;

constinit Descriptor job_output{};
constinit Descriptor job_errors{};
constinit Descriptor console{};

/// The properties that all jobs of one boot share.
struct Setting {
    uint32_t uid;
    const char *folder;
    Descriptor input;
    bool echo;   // the reports also go to standard output, between the jobs' own text
    bool joined; // errors go where the output goes
    Strings environment;
};

/// Prints to one of the serial lines. Errors are ignored: the host then misses the text.
void print(Descriptor to, const Line &line) {
    static_cast<void>(rt::sys::write_all(to, line.text(), line.bytes()));
}

template <class... Arguments>
void print(Descriptor to, const char *format, const Arguments &...arguments) {
    Line line;
    line.format(format, arguments...);
    print(to, line);
}

/// Switches the machine off; QEMU then ends with status 85, which means an orderly end.
[[noreturn]] void power_off() {
    constexpr Port debug_exit = 0xf4;
    open_ports(debug_exit, 1);
    write_byte(debug_exit, 0x2a);
    for (;;) {
        rt::sys::sleep(1'000'000'000);
    }
}

/// Waits until the emulated serial lines have sent everything.
void drain() {
    static_cast<void>(rt::sys::drain(job_output));
    static_cast<void>(rt::sys::drain(job_errors));
    static_cast<void>(rt::sys::drain(console));
}

/// Gives up. The console then has no report, which toolchain/emulate treats as a failure of the
/// emulator.
[[noreturn]] void give_up(const char *what) {
    print(console, "@@init {}\n", what);
    drain();
    power_off();
}

template <class T>
T must(const Result<T> &result, const char *what) {
    if (!result) {
        give_up(what);
    }
    return result.value();
}

/// Opens a serial line, without any translation of bytes.
Descriptor open_line(const char *path) {
    const Descriptor line = must(rt::sys::open(path, Access::read_write), "no serial line");
    must(rt::sys::set_raw(line), "a serial line has no raw mode");
    return line;
}

/// Waits until the host passes an archive. The machine may be saved while it waits here, and
/// restored many times. `from` then reads from another host, so a complete magic always belongs to
/// the new archive.
void await_archive(Configuration &from) {
    constexpr const char *name = "opt/postern/files";
    if (!from.find(name)) {
        give_up("no files handed in");
    }
    print(console, "@@ready\n");
    drain();
    while (!from.begins_with("070701")) {
        rt::sys::sleep(2'000'000);
    }
    from.find(name); // for its size
}

/// Unpacks the host's archive. Folders and files keep their modes.
void unpack() {
    Configuration from;
    await_archive(from);
    const uint32_t mask = rt::sys::set_mask(0);
    const auto content = must(from.read(), "no memory for the files handed in");
    static Archive archive(reinterpret_cast<const char *>(content.begin()), from.size());
    must(archive.unpack(), "cannot unpack the files handed in: is the memory too small?");
    static_cast<void>(rt::sys::munmap(content));
    rt::sys::set_mask(mask);
}

/// Sets the clock, and makes the kernel's random numbers differ between machines that were restored
/// from one saved state.
void freshen(uint64_t seconds, const char *unforeseen) {
    static_cast<void>(rt::sys::set_clock(static_cast<int64_t>(seconds)));
    const auto random = must(rt::sys::open("/dev/urandom", Access::write), "no /dev/urandom");
    size_t length = 0;
    while (unforeseen[length] != '\0') {
        ++length;
    }
    static_cast<void>(rt::sys::write_all(random, unforeseen, length));
    rt::sys::call_raw(__NR_ioctl, random, RNDRESEEDCRNG);
    static_cast<void>(rt::sys::close(random));
}

/// Waits for the job, then kills and collects all processes that it left.
rt::sys::Ended finish(rt::sys::Process job) {
    const auto ended = must(rt::sys::wait_for(job), "the job cannot be waited for");
    static_cast<void>(rt::sys::send(rt::sys::everyone, rt::sys::Signal::kill));
    while (rt::sys::wait_for(rt::sys::everyone)) {
    }
    return ended;
}

/// Runs one job. As in a shell, statuses 126 and 127 say that it could not be started.
rt::sys::Ended run(const Setting &setting, Strings arguments) {
    const Descriptor errors = setting.joined ? job_output : job_errors;
    const auto job = rt::sys::spawn({.path = arguments[0],
                                     .arguments = arguments,
                                     .environment = setting.environment,
                                     .folder = setting.folder,
                                     .input = setting.input,
                                     .output = job_output,
                                     .error = errors,
                                     .user = setting.uid});
    if (job) {
        return finish(job.value());
    }
    print(
        errors,
        "emulate: {}: cannot be started in the guest: errno {} (2: missing or not static, 8: not a "
        "program, 13: not executable)\n",
        arguments[0], static_cast<int>(job.error()));
    const int status = job.error() == Errno::no_such_file ? 127 : 126;
    return {.process = {}, .status = status << 8};
}

void run_and_report(const Setting &setting, uint64_t index, Strings arguments) {
    const uint64_t start = rt::sys::monotonic_nanoseconds();
    const auto ended = run(setting, arguments);
    const uint64_t microseconds = (rt::sys::monotonic_nanoseconds() - start) / 1000;
    const bool by_signal = ended.signal() != 0;
    Line report;
    report.format("@@job={} {}={} us={}\n", index, by_signal ? "signal" : "exit",
                  by_signal ? ended.signal() : ended.exit_status(), microseconds);
    if (setting.echo) {
        print(job_output, report);
    }
    print(console, report);
}

/// Has the kernel swap to its disk. It may not have found the disk yet.
void swap() {
    constexpr uint64_t a_moment = 10'000'000;
    for (int moments = 0; moments < 1000; ++moments) {
        const auto swaps = rt::sys::swap_to("/dev/nvme0n1");
        if (swaps || swaps.error() != Errno::no_such_file) {
            must(swaps, "the kernel does not swap to its disk");
            return;
        }
        rt::sys::sleep(a_moment);
    }
    give_up("the kernel finds no disk to swap to");
}

Setting take_setting(JobList &list) {
    const uint64_t seconds = list.number();
    freshen(seconds, list.text());
    Setting setting{};
    setting.uid = static_cast<uint32_t>(list.number());
    setting.folder = list.text();
    setting.input = must(rt::sys::open(list.text(), Access::read), "no standard input");
    setting.echo = list.text()[0] == 'e';
    setting.joined = list.text()[0] == 'j';
    if (list.text()[0] != '\0') {
        swap();
    }
    setting.environment = must(list.strings(), "no memory for the environment");
    return setting;
}

} // namespace

/// Called by crt on the monitor's stack, instead of rt/start.
extern "C" [[noreturn]] void rt_start(const crt::Handoff *) {
    static_cast<void>(rt::sys::mount("devtmpfs", "/dev"));
    static_cast<void>(rt::sys::make_folder("/dev/pts", 0755));
    static_cast<void>(rt::sys::mount("devpts", "/dev/pts"));
    static_cast<void>(rt::sys::mount("proc", "/proc"));
    static_cast<void>(rt::sys::mount("sysfs", "/sys"));
    console = open_line("/dev/ttyS2");
    job_output = open_line("/dev/ttyS0");
    job_errors = open_line("/dev/ttyS1");
    unpack();
    JobList list;
    must(list.open("/.emulate/jobs"), "no job list");
    const Setting setting = take_setting(list);
    for (uint64_t index = 1; !list.empty(); ++index) {
        run_and_report(setting, index, must(list.strings(), "no memory for a command"));
    }
    drain();
    power_off();
}

} // namespace guest
