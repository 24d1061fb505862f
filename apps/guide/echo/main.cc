/// Serves clients over a unix socket, all by one thread; what they send is parsed in a domain.
#include "client.h"

using rt::sys::Descriptor;
using rt::sys::Epoll;
using rt::sys::Interest;
using rt::sys::Readiness;

// Whatever a stranger has made of the parser is gone before the next client is served.
POSTERN_ON_FAULT(rt::restart_always(Domain::parser));

namespace {

constexpr size_t most_clients = 64;
constexpr uint64_t listener_tag = most_clients, signals_tag = most_clients + 1;

constinit Client clients[most_clients];
constinit uint64_t served = 0;

/// Whether a step of the start has worked; says which has not.
template <class T>
bool works(const rt::Result<T> &result, const char *what, const char *path) {
    if (!result) {
        rt::log("echo: {}: {}: {}", path, what, result.error());
    }
    return bool(result);
}

/// A socket at `path` to which clients connect, and whose calls do not wait.
rt::Result<Descriptor> listen_at(const char *path) {
    const auto address = rt::sys::UnixAddress::of_path(path);
    if (!works(address, "no path of a socket", path)) {
        return address.error();
    }
    const auto socket =
        rt::sys::socket(rt::sys::Family::local, rt::sys::Transport::stream, rt::sys::Waits::no);
    if (!works(socket, "no socket", path)) {
        return socket.error();
    }
    const auto bound = rt::sys::bind(socket.value(), address.value());
    const bool in_use = !bound && bound.error() == rt::Errno::address_in_use;
    if (!works(bound, in_use ? "remove the file if no other server uses it" : "no such place",
               path)) {
        return bound.error();
    }
    const auto listens = rt::sys::listen(socket.value(), most_clients);
    return works(listens, "no listener", path) ? socket : listens.error();
}

/// Takes one connection; closes it again where there are too many.
void accept_one(Epoll epoll, Descriptor listener) {
    const auto socket = rt::sys::accept(listener, rt::sys::Waits::no);
    if (!socket) {
        return; // it has ended already
    }
    for (size_t i = 0; i < most_clients; ++i) {
        if (!clients[i].is_connected() &&
            rt::sys::add(epoll, socket.value(), Interest::reading, i)) {
            clients[i] = Client(socket.value());
            ++served;
            return;
        }
    }
    static_cast<void>(rt::sys::close(socket.value()));
}

void serve(Epoll epoll, size_t i) {
    Client &client = clients[i];
    if (!client.serve() || !rt::sys::change(epoll, client.socket(), client.interest(), i)) {
        client.close();
    }
}

/// Until a signal asks for the end.
void run(Epoll epoll, Descriptor listener) {
    Readiness found[16];
    for (;;) {
        const auto ready = rt::sys::wait(epoll, found, 16, rt::sys::no_limit);
        if (!ready) {
            return rt::log("echo: {}", ready.error());
        }
        for (size_t i = 0; i < ready.value(); ++i) {
            if (found[i].tag == signals_tag) {
                return;
            }
            if (found[i].tag == listener_tag) {
                accept_one(epoll, listener);
            } else {
                serve(epoll, found[i].tag);
            }
        }
    }
}

} // namespace

rt::Exit main(rt::Arguments arguments) {
    const char *path = arguments[1];
    if (path == nullptr) {
        rt::log("usage: echo PATH");
        return rt::Exit::usage;
    }
    constexpr auto ends =
        rt::sys::SignalSet{}.with(rt::Signal::terminate).with(rt::Signal::interrupt);
    static_cast<void>(rt::sys::set_blocked(ends));
    const auto signals = rt::sys::open_signals(ends);
    const auto epoll = rt::sys::open_epoll();
    const auto listener = listen_at(path);
    if (!signals || !epoll || !listener ||
        !rt::sys::add(epoll.value(), signals.value(), Interest::reading, signals_tag) ||
        !rt::sys::add(epoll.value(), listener.value(), Interest::reading, listener_tag)) {
        return rt::Exit::failure;
    }
    rt::log("echo: clients may connect");
    run(epoll.value(), listener.value());
    static_cast<void>(rt::sys::remove_name(path));
    rt::log("echo: {} clients were served; the parser is in life {}", served,
            rt::life_of(Domain::parser));
    return rt::Exit::success;
}
