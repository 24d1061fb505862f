/// Prepares the machine before the first service, and ends it after the last.
#include "apps/init/machine.h"

namespace init {

namespace {

constexpr uint64_t grace = 5'000'000'000; // from the request to end to the end by force
constexpr uint64_t step = 20'000'000;

void mount(const char *type, const char *path) {
    const auto folder = rt::sys::make_folder(path, 0755);
    const auto mounted = rt::sys::mount(type, path);
    if (!mounted && mounted.error() != rt::Errno::busy) {
        rt::log("init: {} cannot be mounted at {}: {}", type, path, mounted.error());
    } else if (!folder && folder.error() != rt::Errno::exists) {
        rt::log("init: {}: {}", path, folder.error());
    }
}

/// Without a console the kernel starts process 1 without descriptors, and the runtime opens a
/// folder in their place, which services cannot use. The lowest free number is the one that has
/// just been closed.
void fill_standard_descriptors() {
    using rt::sys::Descriptor;
    for (int number = 0; number <= static_cast<int>(Descriptor::error); ++number) {
        const auto file = static_cast<Descriptor>(number);
        const auto status = rt::sys::status(file);
        if (!status || status.value().directory) {
            static_cast<void>(rt::sys::close(file));
            static_cast<void>(rt::sys::open("/dev/null", rt::sys::Access::read_write));
        }
    }
}

/// Collects ended processes. Returns whether any process is left.
bool any_left() {
    for (;;) {
        const auto ended = rt::sys::next_ended();
        if (!ended) {
            return ended.error() == rt::Errno::try_again;
        }
    }
}

} // namespace

void set_up_machine() {
    mount("devtmpfs", "/dev");
    fill_standard_descriptors();
    mount("proc", "/proc");
    mount("sysfs", "/sys");
    mount("tmpfs", "/tmp");
}

void switch_off() {
    static_cast<void>(rt::sys::send(rt::sys::everyone, rt::sys::Signal::terminate));
    for (uint64_t waited = 0; waited < grace && any_left(); waited += step) {
        rt::sys::sleep(step);
    }
    if (any_left()) {
        rt::log("init: some processes do not end by themselves: killed");
        static_cast<void>(rt::sys::send(rt::sys::everyone, rt::sys::Signal::kill));
        while (any_left()) {
            rt::sys::sleep(step);
        }
    }
    rt::sys::sync_disks();
    rt::log("init: all processes have ended, switching the machine off");
    rt::log("init: the machine does not switch off: {}", rt::sys::power_off());
}

} // namespace init
