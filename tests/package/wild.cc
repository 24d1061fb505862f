/// A new app's main, replaced: its guest does four things that it must not, and is called again.
#include "guest.h"

namespace guest {

uint64_t divide(uint64_t number) {
    return 42 / number;
}
uint64_t jump_to(uint64_t address) {
    return reinterpret_cast<uint64_t (*)()>(address)();
}
uint64_t call_the_kernel(uint64_t number) {
    asm volatile("syscall" : "+a"(number) : : "rcx", "r11", "memory");
    return number;
}

} // namespace guest

namespace {

constexpr rt::Entry<Domain::guest, guest::divide> divide;
constexpr rt::Entry<Domain::guest, guest::jump_to> jump_to;
constexpr rt::Entry<Domain::guest, guest::call_the_kernel> call_the_kernel;

bool is_contained(const rt::Result<uint64_t, rt::Fault> &answer) {
    if (!answer) {
        rt::log("{}", answer.fault());
    }
    return !answer;
}

} // namespace

rt::Exit main(rt::Arguments) {
    constexpr uint64_t nowhere = 0x1234;
    constexpr uint64_t exit_group = 231;
    const auto wrote = rt::call<Domain::guest>(write_to, nowhere);
    if (!wrote) {
        rt::log("{}", wrote.fault());
    }
    const bool all = !wrote && is_contained(rt::call<Domain::guest>(divide, 0ul)) &&
                     is_contained(rt::call<Domain::guest>(jump_to, nowhere)) &&
                     is_contained(rt::call<Domain::guest>(call_the_kernel, exit_group));
    rt::log("total: {}", rt::call<Domain::guest>(add, 3ul).value_or(0));
    return all ? rt::Exit::success : rt::Exit::failure;
}
