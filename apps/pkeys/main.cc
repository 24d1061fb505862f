/// The example of pkeys(7): a buffer is read, access is denied, it is read again, and the violation
/// is reported instead of being the end.
#include "rt/rt.h"

namespace {

// In domain `reader`, twice: the same instruction on the same address.
int read(uintptr_t buffer) {
    return *reinterpret_cast<volatile int *>(buffer);
}
constexpr rt::Entry<Domain::reader, read> reader_reads;

template <class... Arguments>
void print(const char *format, const Arguments &...arguments) {
    rt::Line line;
    line.format(format, arguments...).append('\n');
    static_cast<void>(rt::sys::write_all(rt::sys::Descriptor::output, line.text(), line.bytes()));
}

/// The value, or the end of the program.
template <class T, class E>
T must(const rt::Result<T, E> &result, const char *what) {
    if (!result) {
        rt::panic("{}: {}", what, result.error());
    }
    return result.value();
}

} // namespace

rt::Exit main(rt::Arguments) {
    const rt::Region buffer =
        must(rt::map_anonymous(sizeof(int), rt::Protection::read_write), "mmap");
    // Put some data into the page (still OK to touch).
    *reinterpret_cast<volatile int *>(buffer.begin()) = __LINE__;
    print("buffer contains: {}",
          must(rt::call<Domain::reader>(reader_reads, buffer.begin()), "read"));

    const rt::Pkey pkey = must(rt::pkey_alloc(0, 0), "pkey_alloc");
    must(rt::pkey_set(pkey, rt::Rights::none), "pkey_set");
    must(rt::pkey_mprotect(buffer, rt::Protection::read_write, pkey), "pkey_mprotect");

    print("about to read buffer again...");
    const auto again = rt::call<Domain::reader>(reader_reads, buffer.begin());
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

    must(rt::munmap(buffer), "munmap"); // with the page left, the next call would refuse
    must(rt::pkey_free(pkey), "pkey_free");
    return rt::Exit::success;
}
