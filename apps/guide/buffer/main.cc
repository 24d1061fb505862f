/// Passes a buffer to a domain, and gets one back.
#include "codec.h"

namespace {

/// The packed text in the monitor's memory, and its length.
struct Packed {
    char text[codec::most_out];
    size_t bytes;
};

/// Writes the text into the codec's memory; false if there is no room for it.
bool put_text(const char *text, size_t bytes) {
    return bytes <= codec::most_in &&
           bool(rt::copy_to_domain<Domain::codec>(rt::Claimed::of(codec::in), text, bytes));
}

/// Copies as many bytes of the result as the codec claims; false if they do not fit.
bool take_packed(uint64_t claimed, Packed &packed) {
    packed.bytes = claimed;
    return bool(
        rt::copy_from_domain<Domain::codec>(packed.text, rt::Claimed::of(codec::out), claimed));
}

} // namespace

rt::Exit main(rt::Arguments) {
    constexpr char text[] = "aaaabbbc";
    Packed packed;
    if (!put_text(text, sizeof text - 1)) {
        return rt::Exit::failure;
    }
    const auto made = rt::call<Domain::codec>(pack, sizeof text - 1);
    if (!made) {
        rt::log("{}", made.fault());
        return rt::Exit::failure;
    }
    if (!take_packed(made.value(), packed)) {
        return rt::Exit::failure;
    }
    rt::Line line;
    rt::log(line.append("packed: ").append_escaped(packed.text, packed.bytes));

    const auto claimed = rt::call<Domain::codec>(lie);
    if (!claimed || take_packed(claimed.value(), packed)) {
        return rt::Exit::failure;
    }
    rt::log("refused: the codec claims {} bytes, and there is room for {}", claimed.value(),
            sizeof packed.text);
    return rt::Exit::success;
}
