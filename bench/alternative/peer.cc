/// A second process that runs while a row is measured.
#include "bench/alternative/peer.h"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "bench/alternative/row.h"
#include "bench/alternative/ticks.h"

namespace alternative {

Peer::Peer(unsigned processor, const std::function<void()> &body) : pid_{fork()} {
    must(pid_ >= 0, "fork");
    if (pid_ == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        try {
            pin(processor);
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

} // namespace alternative
