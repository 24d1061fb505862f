/// The emulated guest's /init: unpacks the files that the host hands in, runs the jobs one after
/// another, reports how each one ended, then switches the machine off.
///
/// ttyS0 is the jobs' standard output, ttyS1 their standard error, ttyS2 the console, which carries
/// the reports. Each job is a child in a session of its own: PID 1 ignores signals that have no
/// handler, and its death is a panic.

#include "archive.h"
#include "configuration.h"
#include "job_list.h"
#include "system.h"

#include <asm/ioctls.h>
#include <asm/signal.h>
#include <asm/termbits.h>
#include <linux/random.h>

asm(R"(
  .globl _start
  .type _start, @function
_start:
  xorl %ebp, %ebp
  andq $-16, %rsp
  call guest_main
  ud2
  .size _start, . - _start
)");

namespace {

constexpr Word job_output = 1;
constexpr Word job_errors = 2;
constexpr Word console = 3;

/// What all jobs of one boot share.
struct Setting {
    Word uid;
    const char *folder;
    const char *input;
    bool echo; // the reports also go to standard output, between the jobs' own text
    bool joined; // errors go where the output goes
    Strings environment;
};

/// Switches the machine off; QEMU then ends with status 85, which says "in order".
[[noreturn]] void power_off() {
    constexpr Port debug_exit = 0xf4;
    open_ports(debug_exit, 1);
    write_byte(debug_exit, 0x2a);
    for (;;) {
        call(__NR_pause);
    }
}

/// Waits until the emulated lines have sent all.
void drain() {
    for (Word file = job_output; file <= console; ++file) {
        call(__NR_ioctl, file, TCSBRK, 1);
    }
}

/// Gives up: the console then holds no report, which the wrapper takes for a failure of its own.
[[noreturn]] void give_up(const char *what) {
    (Line{} << "@@init " << what << "\n").write_to(console);
    drain();
    power_off();
}

void mount(const char *type, const char *where) {
    call(__NR_mount, type, where, type, 0, 0);
}

/// Opens a serial line, without any translation of bytes, as file `number`.
void open_line(const char *path, Word number) {
    Word file = call(__NR_open, path, O_RDWR | O_NOCTTY);
    struct termios mode = {};
    call(__NR_ioctl, file, TCGETS, &mode);
    mode.c_iflag = 0;
    mode.c_oflag = 0;
    mode.c_lflag = 0;
    call(__NR_ioctl, file, TCSETS, &mode);
    if (file != number) {
        call(__NR_dup2, file, number);
        call(__NR_close, file);
    }
}

/// Waits until the host hands in an archive. The machine may be saved while it waits here, and
/// restored as often as one likes: what is behind `from` is then another host's, so a magic that
/// was read whole is the new one's.
void await_archive(Configuration &from) {
    constexpr const char *name = "opt/postern/files";
    if (!from.find(name)) {
        give_up("no files handed in");
    }
    (Line{} << "@@ready\n").write_to(console);
    drain();
    while (!from.begins_with("070701")) {
        long pause[2] = {0, 2'000'000};
        call(__NR_nanosleep, pause, 0);
    }
    from.find(name); // for its size
}

/// Unpacks the host's archive.
void unpack(Configuration &from) {
    const char *content = from.read();
    if (content == nullptr) {
        give_up("no memory for the files handed in");
    }
    if (!Archive(content, from.size()).unpack()) {
        give_up("cannot unpack the files handed in: is the memory too small?");
    }
    call(__NR_munmap, content, from.size());
}

/// Sets the clock, and makes the kernel's random numbers differ between machines that were restored
/// from one saved state.
void freshen(Word seconds, const char *unforeseen) {
    long now[2] = {seconds, 0};
    call(__NR_clock_settime, 0, now);
    Word random = call(__NR_open, "/dev/urandom", O_WRONLY);
    call(__NR_write, random, unforeseen, length(unforeseen));
    call(__NR_ioctl, random, RNDRESEEDCRNG, 0);
    call(__NR_close, random);
}

/// The child's half: becomes the job, or says on the job's standard error why it cannot.
[[noreturn]] void become_job(const Setting &setting, Strings arguments) {
    call(__NR_setsid);
    Word input = call(__NR_open, setting.input, O_RDONLY);
    call(__NR_dup2, input, 0);
    call(__NR_close, input);
    call(__NR_close, console);
    if (setting.joined) {
        call(__NR_dup2, job_output, job_errors);
    }
    Word error = call(__NR_chdir, setting.folder);
    if (error == 0 && setting.uid != 0) {
        call(__NR_setgroups, 0, 0);
        call(__NR_setresgid, setting.uid, setting.uid, setting.uid);
        error = call(__NR_setresuid, setting.uid, setting.uid, setting.uid);
    }
    if (error == 0) {
        error = call(__NR_execve, arguments[0], arguments, setting.environment);
    }
    (Line{} << "emulate: " << arguments[0] << ": cannot be started in the guest: errno " << -error
            << " (2: not there or not static, 8: no program, 13: not executable)\n")
        .write_to(job_errors);
    call(__NR_exit_group, error == -2 ? 127 : 126);
    __builtin_trap();
}

Word microseconds() {
    long now[2];
    call(__NR_clock_gettime, 1, now);
    return now[0] * 1'000'000 + now[1] / 1'000;
}

/// Waits for process `job`, then kills and collects all that it left behind.
int wait_for(Word job) {
    int status = 0;
    while (call(__NR_wait4, job, &status, 0, 0) != job) {
    }
    call(__NR_kill, -1, SIGKILL);
    while (call(__NR_wait4, -1, 0, 0, 0) > 0) {
    }
    return status;
}

void run(const Setting &setting, Word index, Strings arguments) {
    Word start = microseconds();
    Word job = call(__NR_fork);
    if (job == 0) {
        become_job(setting, arguments);
    }
    if (job < 0) {
        give_up("cannot fork");
    }
    int status = wait_for(job);
    int signal = status & 0x7f;
    Line report;
    report << "@@job=" << index << (signal != 0 ? " signal=" : " exit=")
           << (signal != 0 ? signal : status >> 8 & 0xff) << " us=" << microseconds() - start
           << "\n";
    if (setting.echo) {
        report.write_to(job_output);
    }
    report.write_to(console);
}

Setting take_setting(JobList &list) {
    Word seconds = list.number();
    freshen(seconds, list.text());
    Setting setting;
    setting.uid = list.number();
    setting.folder = list.text();
    setting.input = list.text();
    setting.echo = list.text()[0] == 'e';
    setting.joined = list.text()[0] == 'j';
    setting.environment = list.strings();
    return setting;
}

} // namespace

extern "C" [[noreturn]] void guest_main() {
    mount("devtmpfs", "/dev");
    mount("proc", "/proc");
    mount("sysfs", "/sys");
    open_line("/dev/ttyS2", console);
    open_line("/dev/ttyS0", job_output);
    open_line("/dev/ttyS1", job_errors);

    call(__NR_umask, 0);
    {
        Configuration files;
        await_archive(files);
        unpack(files);
    }
    call(__NR_umask, 022);
    JobList list;
    if (!list.open("/.emulate/jobs")) {
        give_up("no job list");
    }
    Setting setting = take_setting(list);
    for (Word index = 1; !list.empty(); ++index) {
        run(setting, index, list.strings());
    }
    drain();
    power_off();
}
