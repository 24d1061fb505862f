/// A second process that runs while a row is measured.
#include "bench/alternative/peer.h"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "bench/alternative/row.h"
#include "bench/alternative/ticks.h"

namespace alternative {

Peer::Peer(std::optional<unsigned> processor, const std::function<void()> &body) : pid_{fork()} {
    must(pid_ >= 0, "fork");
    if (pid_ == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        try {
            if (processor) {
                pin(*processor);
            }
            body();
        } catch (const Broken &) {
        }
        _exit(1);
    }
}

Peer::~Peer() {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
}

void Peer::stop() const {
    int status = 0;
    must(kill(pid_, SIGSTOP) == 0 && waitpid(pid_, &status, WUNTRACED) == pid_ &&
             WIFSTOPPED(status),
         "stopping the other process");
}

void Peer::go_on() const {
    must(kill(pid_, SIGCONT) == 0, "the other process goes on");
}

} // namespace alternative
