/// The fortified functions: as the plain ones where the buffer has room, and a stop with their name
/// where it has one byte too few. Jumps, too.
#include <csetjmp>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <functional>
#include <ucontext.h>

#include "crt/library/stop.h"
#include "tests/crt/library/against_glibc.h"

extern "C" {
void *postern___memcpy_chk(void *to, const void *from, std::size_t bytes, std::size_t room);
void *postern___memmove_chk(void *to, const void *from, std::size_t bytes, std::size_t room);
void *postern___mempcpy_chk(void *to, const void *from, std::size_t bytes, std::size_t room);
void *postern___memset_chk(void *to, int value, std::size_t bytes, std::size_t room);
void postern___explicit_bzero_chk(void *to, std::size_t bytes, std::size_t room);
char *postern___strcpy_chk(char *to, const char *from, std::size_t room);
char *postern___stpcpy_chk(char *to, const char *from, std::size_t room);
char *postern___strncpy_chk(char *to, const char *from, std::size_t bytes, std::size_t room);
char *postern___stpncpy_chk(char *to, const char *from, std::size_t bytes, std::size_t room);
char *postern___strcat_chk(char *to, const char *from, std::size_t room);
char *postern___strncat_chk(char *to, const char *from, std::size_t most, std::size_t room);
int postern___snprintf_chk(char *to, std::size_t bytes, int flag, std::size_t room,
                           const char *format, ...);
int postern___sprintf_chk(char *to, int flag, std::size_t room, const char *format, ...);
long postern___fdelt_chk(long descriptor);
int postern__setjmp(std::jmp_buf place) __attribute__((returns_twice));
[[noreturn]] void postern_longjmp(std::jmp_buf place, int value);
[[noreturn]] void postern___longjmp_chk(std::jmp_buf place, int value);
[[noreturn]] void postern_abort();
}

namespace library {

namespace {

constexpr std::size_t bytes = 11; // of "0123456789" with its end
constexpr char text[] = "0123456789";

sigjmp_buf back;
std::string stopped;

/// The text of the instruction that was refused, as rt/trap/stop.cc reads it.
void read_stop(int, siginfo_t *, void *context) {
    const auto *at = reinterpret_cast<const char *>(
        static_cast<ucontext_t *>(context)->uc_mcontext.gregs[REG_RIP]);
    crt::library::Stop stop;
    std::memcpy(&stop, at, sizeof stop);
    stopped = crt::library::reason_of(stop) < 0
                  ? "another instruction"
                  : std::string(at + crt::library::stop_bytes + stop.distance);
    siglongjmp(back, 1);
}

/// The text of the stop that ends a call; empty if it comes back.
std::string stop_of(const std::function<void()> &call) {
    stopped.clear();
    if (sigsetjmp(back, 1) == 0) {
        call();
    }
    return stopped;
}

/// A buffer of `room` bytes at the end of what is accessible: the plain function writes `bytes`.
void check_room(const char *name, const std::function<void(char *, std::size_t)> &fortified,
                const std::function<void(char *)> &plain) {
    static AtTheEnd ours, theirs;
    char *const to = ours.room(bytes, 0);
    char *const wanted = theirs.room(bytes, 0);
    plain(wanted);
    for (const std::size_t room : {bytes, bytes + 1, std::size_t{SIZE_MAX}}) {
        ours.room(bytes, 0);
        check(stop_of([&] { fortified(to, room); }).empty() && memcmp(to, wanted, bytes) == 0, name,
              "room " + std::to_string(room));
    }
    char *const small = ours.room(bytes - 1, 0);
    const std::string said = stop_of([&] { fortified(small, bytes - 1); });
    check(said == std::string(name) + ": more bytes than its buffer has", name, said);
}

#define ROOM(name, fortified, plain)                                                               \
    check_room(name, [](char *to, [[maybe_unused]] std::size_t room) { fortified; },               \
               [](char *to) { plain; })

[[gnu::noinline]] void jump_from_below(std::jmp_buf place, int depth) {
    volatile char frame[64];
    frame[0] = 0;
    if (depth == 0) {
        postern___longjmp_chk(place, 7);
    }
    jump_from_below(place, depth - 1);
    frame[1] = 1; // no tail call
}

void jumps() {
    std::jmp_buf place;
    static volatile int rounds;
    rounds = 0;
    const int came = postern__setjmp(place);
    rounds = rounds + 1;
    if (came == 0) {
        jump_from_below(place, 10);
    }
    check(came == 7 && rounds == 2, "__longjmp_chk", "out of ten frames");
    const int again = postern__setjmp(place);
    if (again == 0) {
        postern_longjmp(place, 0);
    }
    check(again == 1, "longjmp", "0");
}

} // namespace

void fortified() {
    struct sigaction action {};
    action.sa_sigaction = read_stop;
    action.sa_flags = SA_SIGINFO | SA_NODEFER;
    sigaction(SIGILL, &action, nullptr);
    ROOM("memcpy", postern___memcpy_chk(to, text, bytes, room), memcpy(to, text, bytes));
    ROOM("memmove", postern___memmove_chk(to, text, bytes, room), memmove(to, text, bytes));
    ROOM("mempcpy", postern___mempcpy_chk(to, text, bytes, room), mempcpy(to, text, bytes));
    ROOM("memset", postern___memset_chk(to, 'x', bytes, room), memset(to, 'x', bytes));
    ROOM("explicit_bzero", postern___explicit_bzero_chk(to, bytes, room), memset(to, 0, bytes));
    ROOM("strcpy", postern___strcpy_chk(to, text, room), strcpy(to, text));
    ROOM("stpcpy", postern___stpcpy_chk(to, text, room), stpcpy(to, text));
    ROOM("strncpy", postern___strncpy_chk(to, text, bytes, room), strncpy(to, text, bytes));
    ROOM("stpncpy", postern___stpncpy_chk(to, text, bytes, room), stpncpy(to, text, bytes));
    ROOM("strcat", postern___strcat_chk(to, text, room), strcat(to, text));
    ROOM("strncat", postern___strncat_chk(to, "01234567890", 10, room),
         strncat(to, "01234567890", 10));
    ROOM("snprintf", postern___snprintf_chk(to, bytes, 1, room, "%s", text),
         snprintf(to, bytes, "%s", text));
    ROOM("sprintf", postern___sprintf_chk(to, 1, room < INT32_MAX ? room : INT32_MAX, "%s", text),
         sprintf(to, "%s", text));
    check(postern___fdelt_chk(130) == 2, "fd_set", "130");
    for (const long descriptor : {1024L, -1L}) {
        check(stop_of([&] { postern___fdelt_chk(descriptor); }) ==
                  "fd_set: more bytes than its buffer has",
              "fd_set", std::to_string(descriptor));
    }
    check(stop_of(postern_abort) == "abort was called", "abort", stopped);
    jumps();
}

} // namespace library
