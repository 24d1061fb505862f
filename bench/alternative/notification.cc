/// What does a system call cost if another process is asked about it, and makes it?
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <atomic>
#include <cstddef>
#include <memory>
#include <new>
#include <optional>

#include "bench/alternative/peer.h"
#include "bench/alternative/row.h"
#include "bench/alternative/system_call.h"
#include "bench/alternative/ticks.h"

namespace alternative {

namespace {

/// The child's listener, which the parent takes over.
using Number = std::atomic<int>;

/// From here on each getppid of this process notifies the listener.
int install_listener() {
    sock_filter program[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getppid, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    sock_fprog filter{sizeof program / sizeof program[0], program};
    must(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0, "prctl(PR_SET_NO_NEW_PRIVS)");
    return static_cast<int>(
        syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &filter));
}

/// A child that makes the calls, and the listener of its filter in this process.
class Asked {
public:
    explicit Asked(unsigned processor) {
        void *page = mmap(nullptr, sizeof(Number), PROT_READ | PROT_WRITE,
                          MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        must(page != MAP_FAILED, "mmap of shared memory");
        number_ = new (page) Number{0};
        child_.emplace(processor, [this] {
            *number_ = install_listener();
            for (;;) {
                call_getppid();
            }
        });
        take_over();
    }
    ~Asked() {
        child_.reset();
        close(listener_);
        munmap(number_, sizeof(Number));
    }

    void answer_one() {
        seccomp_notif question{};
        must(ioctl(listener_, SECCOMP_IOCTL_NOTIF_RECV, &question) == 0, "NOTIF_RECV");
        seccomp_notif_resp answer{};
        answer.id = question.id;
        answer.val = call_getppid();
        must(ioctl(listener_, SECCOMP_IOCTL_NOTIF_SEND, &answer) == 0, "NOTIF_SEND");
    }

private:
    void take_over() {
        while (*number_ == 0) {
            usleep(100);
        }
        if (*number_ < 0) {
            throw Skip{"this kernel has no user notification"};
        }
        const auto process = syscall(SYS_pidfd_open, child_->pid(), 0);
        must(process >= 0, "pidfd_open");
        listener_ =
            static_cast<int>(syscall(SYS_pidfd_getfd, process, static_cast<int>(*number_), 0));
        close(static_cast<int>(process));
        if (listener_ < 0) {
            throw Skip{"this machine does not permit to take over a file of another process"};
        }
    }

    Number *number_;
    std::optional<Peer> child_;
    int listener_ = -1;
};

Measure prepare(unsigned processor) {
    auto asked = std::make_shared<Asked>(processor);
    return [asked](uint64_t loops) {
        const uint64_t begin = ticks();
        for (uint64_t loop = 0; loop < loops; ++loop) {
            asked->answer_one();
        }
        return ticks() - begin;
    };
}

} // namespace

Rows notification_rows() {
    const std::string question = "What does getppid cost, mediated and refused?";
    return {
        {"user_notification_one_core", question, "getppid",
         [] { return prepare(home_processor()); }, prepare_getppid},
        {"user_notification_two_cores", question, "getppid",
         [] {
             const auto other = other_processor();
             if (!other) {
                 throw Skip{"needs a second processor"};
             }
             return prepare(*other);
         },
         prepare_getppid},
    };
}

} // namespace alternative
