/// The example of pkeys(7): a buffer is read, access is denied, it is read again, and the violation
/// is reported instead of being the end.
#include "rt/rt.h"

namespace {

POSTERN_BSS(owner) volatile int buffer;

// One function each, entered under the view of whichever domain is called.
void fill(int number) {
    buffer = number;
}
int read() {
    return buffer;
}

template <class... Arguments>
void print(const char *format, const Arguments &...arguments) {
    rt::Line line;
    line.format(format, arguments...).append('\n');
    static_cast<void>(rt::sys::write_all(rt::sys::Descriptor::output, line.text(), line.bytes()));
}

} // namespace

rt::Exit main(rt::Arguments) {
    // Put some data into the page: its owner may.
    const auto filled = rt::call<Domain::owner>(rt::Entry<Domain::owner, fill>{}, __LINE__);
    const auto first = rt::call<Domain::owner>(rt::Entry<Domain::owner, read>{});
    if (!filled || !first) {
        print("the owner's own buffer: {}", filled ? first.fault() : filled.fault());
        return rt::Exit::failure;
    }
    print("buffer contains: {}", first.value());

    print("about to read buffer again...");
    // The same instruction under a view that denies the buffer's key.
    const auto again = rt::call<Domain::stranger>(rt::Entry<Domain::stranger, read>{});
    if (again) {
        print("buffer contains: {}", again.value());
        return rt::Exit::failure;
    }
    const rt::Fault &fault = again.fault();
    constexpr int segv = 11;       // SIGSEGV
    constexpr int segv_pkuerr = 4; // si_code: refused by a protection key
    if (fault.signal != segv || fault.code != segv_pkuerr || !fault.has_key) {
        print("not the violation that was due: {}", fault);
        return rt::Exit::failure;
    }
    print("SEGV_PKUERR: key {}, address {}, PKRU {}", fault.key, rt::Hex{fault.address},
          rt::Hex{fault.pkru});
    print("{}", fault);
    return rt::Exit::success;
}
