/// One client of the server.
#include "client.h"

namespace {

constexpr uint64_t millisecond = 1'000'000; // in nanoseconds

/// The first frame of these bytes; EINVAL where there will be none. The parser's answer is a claim:
/// a frame has no byte that was not received.
rt::Result<parser::Frame> first_frame(const char *bytes, size_t count) {
    if (!rt::copy_to_domain<Domain::parser>(rt::Claimed::of(parser::bytes), bytes, count)) {
        return rt::Errno::bad_address;
    }
    const auto found = rt::call_within<Domain::parser>(100 * millisecond, find_frame, count);
    if (!found) {
        rt::log("{}", found.fault());
        return rt::Errno::invalid;
    }
    const parser::Frame frame = found.value();
    const bool is_whole =
        frame.kind == parser::Kind::whole && frame.bytes != 0 && frame.bytes <= count;
    const bool may_come = frame.kind == parser::Kind::incomplete && count < parser::most_bytes;
    return is_whole || may_come ? rt::Result<parser::Frame>(frame) : rt::Errno::invalid;
}

} // namespace

void Client::close() {
    static_cast<void>(rt::sys::close(socket_));
    *this = Client();
}

bool Client::serve() {
    if (!send()) {
        return false;
    }
    if (answer_bytes_ != 0) {
        return true;
    }
    const bool goes_on = receive();
    return answer_frames() && (goes_on || answer_bytes_ != 0);
}

/// False at the end of what the client sends, or if the connection is broken.
bool Client::receive() {
    const auto got =
        rt::sys::receive(socket_, received_ + received_bytes_, sizeof received_ - received_bytes_);
    received_bytes_ += got.value_or(0);
    return got ? got.value() != 0 : got.error() == rt::Errno::try_again;
}

/// Sends whole frames back as they came, until one does not fit into the connection.
bool Client::answer_frames() {
    while (received_bytes_ != 0 && answer_bytes_ == 0) {
        const auto found = first_frame(received_, received_bytes_);
        if (!found) {
            return false;
        }
        const parser::Frame frame = found.value();
        if (frame.kind == parser::Kind::incomplete) {
            return true;
        }
        __builtin_memcpy(answer_, received_, frame.bytes);
        answer_bytes_ = frame.bytes;
        received_bytes_ -= frame.bytes;
        __builtin_memmove(received_, received_ + frame.bytes, received_bytes_);
        if (!send()) {
            return false;
        }
    }
    return true;
}

/// A send may take a part of it; the rest waits until there is room.
bool Client::send() {
    while (answer_bytes_ != 0) {
        const auto sent = rt::sys::send(socket_, answer_, answer_bytes_);
        if (!sent) {
            return sent.error() == rt::Errno::try_again;
        }
        answer_bytes_ -= sent.value();
        __builtin_memmove(answer_, answer_ + sent.value(), answer_bytes_);
    }
    return true;
}
