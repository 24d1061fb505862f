/// What does a system call cost: plain, with dispatch armed, with a filter?
#include "bench/alternative/system_call.h"

#include <linux/filter.h>
#include <linux/seccomp.h>

#include <cstddef>
#include <memory>
#include <semaphore>
#include <thread>

#include "bench/alternative/ticks.h"

namespace alternative {

namespace {

uint64_t getppid_loop(uint64_t loops) {
    const uint64_t begin = ticks();
    for (uint64_t loop = 0; loop < loops; ++loop) {
        call_getppid();
    }
    return ticks() - begin;
}

/// The selector says ALLOW: the kernel reads it at each call.
Measure prepare_selector_allow() {
    arm_dispatch(); // reports here if the kernel has no dispatch
    disarm_dispatch();
    return [](uint64_t loops) {
        arm_dispatch();
        const uint64_t passed = getppid_loop(loops);
        disarm_dispatch();
        return passed;
    };
}

/// A filter that reads the caller's address, so that the kernel cannot answer from its bitmap.
void install_filter() {
    constexpr auto ip = offsetof(seccomp_data, instruction_pointer);
    sock_filter program[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, ip + 4),
        BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, 0x7fff'0000, 3, 0),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, ip),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
    };
    sock_fprog filter{sizeof program / sizeof program[0], program};
    must(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0, "prctl(PR_SET_NO_NEW_PRIVS)");
    must(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter) == 0, "seccomp");
}

/// A filter cannot be removed, so a thread of its own has it. That thread waits while the yardstick
/// is measured.
class FilteredThread {
public:
    FilteredThread() : thread_{[this] { serve(); }} {
        answered_.acquire();
        if (!failure_.empty()) {
            thread_.join();
            throw Broken{failure_};
        }
    }

    ~FilteredThread() {
        if (thread_.joinable()) {
            loops_ = 0;
            asked_.release();
            thread_.join();
        }
    }

    uint64_t measure(uint64_t loops) {
        loops_ = loops;
        asked_.release();
        answered_.acquire();
        return passed_;
    }

private:
    void serve() {
        try {
            install_filter();
        } catch (const Broken &broken) {
            failure_ = broken.what;
        }
        answered_.release();
        while (failure_.empty()) {
            asked_.acquire();
            if (loops_ == 0) {
                return;
            }
            passed_ = getppid_loop(loops_);
            answered_.release();
        }
    }

    uint64_t loops_ = 0;
    uint64_t passed_ = 0;
    std::string failure_;
    std::binary_semaphore asked_{0};
    std::binary_semaphore answered_{0};
    std::thread thread_; // last, because it uses the other members
};

Measure prepare_filtered() {
    auto thread = std::make_shared<FilteredThread>();
    return [thread](uint64_t loops) { return thread->measure(loops); };
}

} // namespace

Measure prepare_getppid() {
    return getppid_loop;
}

Rows system_call_rows() {
    const std::string question = "What does getppid cost, mediated and refused?";
    return {
        {"getppid", question, "getppid", prepare_getppid, prepare_getppid},
        {"getppid_selector_allow", question, "getppid", prepare_selector_allow, prepare_getppid},
        {"getppid_filtered", question, "getppid", prepare_filtered, prepare_getppid},
    };
}

} // namespace alternative
