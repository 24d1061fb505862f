/// One client of the server: its connection, what it has sent, and what it is still to get.
#pragma once

#include "parser.h"

class Client {
public:
    /// Takes the connection over.
    explicit Client(rt::sys::Descriptor socket) : socket_(socket) {}
    Client() = default;

    bool is_connected() const { return socket_ != no_socket; }
    rt::sys::Descriptor socket() const { return socket_; }
    void close();

    /// Receives and sends what can be received and sent now. False if there is nothing more to do
    /// for this client: it has ended, or has sent what is no frame.
    bool serve();

    /// While an answer does not fit into the connection, no more is received.
    rt::sys::Interest interest() const {
        return answer_bytes_ == 0 ? rt::sys::Interest::reading : rt::sys::Interest::writing;
    }

private:
    static constexpr auto no_socket = static_cast<rt::sys::Descriptor>(-1);

    bool receive();
    bool answer_frames();
    bool send();

    rt::sys::Descriptor socket_ = no_socket;
    char received_[parser::most_bytes] = {};
    size_t received_bytes_ = 0;
    char answer_[parser::most_bytes] = {};
    size_t answer_bytes_ = 0;
};
