/// Code of a domain that stops itself says why.
#include "rt/trap/stop.h"

#include "crt/library/stop.h"
#include "rt/domain/fault_text.h"
#include "rt/domain/own_text.h"

namespace rt::trap {

namespace {

using base::FaultKind;

constexpr FaultKind kinds[] = {FaultKind::ended, FaultKind::overrun, FaultKind::absent,
                               FaultKind::assertion};
static_assert(crt::library::stop_reasons == sizeof kinds);

} // namespace

void read_stop(base::Fault &fault) {
    using namespace crt::library;
    const uint64_t rip = fault.registers.rip;
    if (fault.kind != FaultKind::illegal) {
        return;
    }
    const unsigned char *code = domain::code_of(fault.domain, rip, stop_bytes);
    if (code == nullptr) {
        return;
    }
    Stop stop;
    __builtin_memcpy(&stop, code, sizeof stop);
    const int reason = reason_of(stop);
    const uint64_t address = stop.is_relative() ? rip + stop_bytes + static_cast<uint64_t>(stop.distance)
                                                : fault.registers.rdi;
    if (reason < 0 || domain::constant_text(address) == nullptr) {
        return;
    }
    fault.kind = kinds[reason];
    fault.address = address;
}

} // namespace rt::trap
