/// Granted descriptors: looked up, used, taken back and closed by several threads.
#include <unistd.h>

#include "rt/sys/file.h"
#include "rt/syscall/descriptor_table.h"
#include "tests/races/race.h"

namespace {

using rt::sys::Descriptor;

constexpr auto alice = static_cast<rt::Domain>(1);
constexpr auto bob = static_cast<rt::Domain>(2);
constexpr int rounds = 1500;

// The fakes' files, numbered as the kernel does it: a new one has the lowest number that is free,
// and comes after the close of the one before.
constexpr int files = 64;
bool open_files[files];
int held[files];

} // namespace

namespace race {

int open_file() {
    for (;;) {
        for (int file = 0; file < files; ++file) {
            bool free = false;
            if (__atomic_compare_exchange_n(&open_files[file], &free, true, false, __ATOMIC_ACQUIRE,
                                            __ATOMIC_RELAXED)) {
                return file;
            }
        }
    }
}

bool is_open(int file) {
    return __atomic_load_n(&open_files[file], __ATOMIC_RELAXED);
}

int &contents(int file) {
    return held[file];
}

} // namespace race

namespace rt::sys {

bool is_open(Descriptor file) {
    return race::is_open(static_cast<int>(file));
}

base::Result<base::Done> close(Descriptor file) {
    race::contents(static_cast<int>(file)) = 0; // which a user's read is not ordered with
    race::check(race::is_open(static_cast<int>(file)), "a file was closed twice");
    __atomic_store_n(&open_files[static_cast<int>(file)], false, __ATOMIC_RELEASE);
    return base::Done{};
}

} // namespace rt::sys

namespace race {

namespace {

/// What a granted call does: it looks a number up, and works on the file.
void use(rt::Domain domain, uint32_t number) {
    const rt::syscall::DescriptorUse use(domain, number);
    if (const auto file = use.file()) {
        const int descriptor = static_cast<int>(file.value());
        check(contents(descriptor) == descriptor + 1, "the file is another one, or closed");
    }
}

int open_with_contents() {
    const int file = open_file();
    contents(file) = file + 1;
    return file;
}

/// Waits for the other thread, and orders nothing.
void meet(int &step, int wanted) {
    while (__atomic_load_n(&step, __ATOMIC_RELAXED) != wanted) {
        usleep(50);
    }
}
void go_on(int &step) {
    __atomic_add_fetch(&step, 1, __ATOMIC_RELAXED);
}

/// One thread has a file in use, while another one ends it by `end`, which says whether it has
/// ended; then the use ends.
void end_in_use(rt::base::Result<uint32_t> (*grant)(rt::Domain, Descriptor),
                bool (*end)(uint32_t number, int file)) {
    for (int i = 0; i < 20; ++i) {
        static int step;
        step = 0;
        const int file = open_with_contents();
        const auto number = grant(alice, static_cast<Descriptor>(file));
        on_threads(2, [&](unsigned thread) {
            if (thread == 0) {
                {
                    const rt::syscall::DescriptorUse use(alice, number.value_or(99));
                    go_on(step);
                    meet(step, 2);
                    check(use.file() && is_open(file) && contents(file) == file + 1,
                          "a file was closed in use");
                }
                go_on(step);
                return;
            }
            meet(step, 1);
            check(!end(number.value_or(99), file), "a file in use ended");
            go_on(step);
            while (!end(number.value_or(99), file)) {
                usleep(50);
            }
        });
        check(!is_open(file), "a file stays open");
    }
}

} // namespace

void grants() {
    end_in_use(rt::syscall::grant_descriptor, [](uint32_t number, int file) {
        return rt::syscall::revoke_descriptor(alice, number) &&
               rt::sys::close(static_cast<Descriptor>(file));
    });
    // Two threads give and take back, and two use what there is.
    on_threads(4, [](unsigned thread) {
        for (int i = 0; i < rounds; ++i) {
            if (thread >= 2) {
                use(alice, 0);
                use(alice, 1);
                continue;
            }
            const int file = open_with_contents();
            const auto number = rt::syscall::grant_descriptor(alice, static_cast<Descriptor>(file));
            auto taken = rt::syscall::revoke_descriptor(alice, number.value_or(99));
            while (!taken && taken.error() == rt::base::Errno::busy) {
                usleep(50);
                taken = rt::syscall::revoke_descriptor(alice, number.value_or(99));
            }
            check(taken && static_cast<int>(taken.value()) == file, "another file came back");
            static_cast<void>(rt::sys::close(static_cast<Descriptor>(file)));
        }
    });
}

void grants_that_end() {
    end_in_use(rt::syscall::grant_opened, [](uint32_t, int file) {
        rt::syscall::revoke_all(alice);
        return !is_open(file);
    });
    // Two threads restart a domain of their own again and again, and two use their files.
    on_threads(4, [](unsigned thread) {
        const rt::Domain domain = thread % 2 == 0 ? alice : bob;
        for (int i = 0; i < rounds; ++i) {
            if (thread >= 2) {
                use(domain, static_cast<uint32_t>(i) % 4);
                continue;
            }
            for (int more = 0; more < 3; ++more) {
                const int file = open_with_contents();
                if (!rt::syscall::grant_opened(domain, static_cast<Descriptor>(file))) {
                    static_cast<void>(rt::sys::close(static_cast<Descriptor>(file)));
                }
            }
            rt::syscall::revoke_all(domain);
        }
    });
    for (int file = 0; file < files; ++file) {
        check(!is_open(file), "a file stays open");
    }
    for (const rt::Domain domain : {alice, bob}) {
        for (uint32_t number = 0; number < rt::syscall::most_descriptors; ++number) {
            check(bool(rt::syscall::grant_opened(domain, static_cast<Descriptor>(open_file()))),
                  "a number stays taken");
        }
    }
}

} // namespace race
