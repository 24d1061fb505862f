/// The administrator of a stranger's app.
#include "guest.h"

rt::Exit main(rt::Arguments) {
    const auto answer = rt::call<Domain::guest>(twice, 21ul);
    if (!answer) {
        rt::log("{}", answer.fault());
        return rt::Exit::failure;
    }
    rt::log("{}", answer.value());
    return rt::Exit::success;
}
