/// Readiness: waiting for the first events of many open files.
#include "rt/sys/epoll.h"

#include <asm/unistd.h>
#include <linux/eventpoll.h>

#include "rt/sys/call.h"

namespace rt::sys {

using base::Done;
using base::Result;

namespace {

constexpr size_t most_events = 64;

uint32_t events_of(Interest interest) {
    const bool reads = interest == Interest::reading || interest == Interest::both;
    const bool writes = interest == Interest::writing || interest == Interest::both;
    return (reads ? EPOLLIN | EPOLLRDHUP : 0) | (writes ? EPOLLOUT : 0);
}

Result<Done> control(Epoll epoll, int what, Descriptor file, Interest interest, uint64_t tag) {
    epoll_event wanted{events_of(interest), tag};
    return result_of<Done>(call_raw(__NR_epoll_ctl, epoll, what, file, &wanted));
}

Readiness readiness_of(const epoll_event &event) {
    const uint32_t bits = event.events;
    return {.tag = event.data,
            .readable = (bits & EPOLLIN) != 0,
            .writable = (bits & EPOLLOUT) != 0,
            .ended = (bits & (EPOLLHUP | EPOLLRDHUP)) != 0,
            .failed = (bits & EPOLLERR) != 0};
}

} // namespace

Result<Epoll> open_epoll() {
    return result_of<Epoll>(call_raw(__NR_epoll_create1, EPOLL_CLOEXEC));
}

Result<Done> close(Epoll epoll) {
    return close(static_cast<Descriptor>(epoll));
}

Result<Done> add(Epoll epoll, Descriptor file, Interest interest, uint64_t tag) {
    return control(epoll, EPOLL_CTL_ADD, file, interest, tag);
}

Result<Done> change(Epoll epoll, Descriptor file, Interest interest, uint64_t tag) {
    return control(epoll, EPOLL_CTL_MOD, file, interest, tag);
}

Result<Done> remove(Epoll epoll, Descriptor file) {
    return control(epoll, EPOLL_CTL_DEL, file, Interest::nothing, 0);
}

Result<size_t> wait(Epoll epoll, Readiness *found, size_t room, uint32_t milliseconds) {
    epoll_event events[most_events];
    const size_t most = room < most_events ? room : most_events;
    const Limit limit(milliseconds);
    for (;;) {
        const auto ready =
            result_of<size_t>(call_raw(__NR_epoll_wait, epoll, events, most, limit.left()));
        for (size_t i = 0; ready && i < ready.value(); ++i) {
            found[i] = readiness_of(events[i]);
        }
        if (!is_to_go_on(ready)) {
            return ready;
        }
    }
}

} // namespace rt::sys
