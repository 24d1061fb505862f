/// The code of one of the forty domains; each is built with a name of its own.
#include "tests/attack/forty/domain.h"

namespace {

volatile uint64_t word = forty::secret;

} // namespace

uint64_t FORTY_NAME::strikes(forty::Way way, uint64_t target) {
    switch (way) {
    case forty::Way::reads:
        return *reinterpret_cast<const volatile unsigned char *>(target);
    case forty::Way::writes:
        *reinterpret_cast<volatile unsigned char *>(target) = 1;
        return 0;
    case forty::Way::jumps:
        return reinterpret_cast<uint64_t (*)()>(target)();
    case forty::Way::asks:
        return rt_gate_service(target, 1, 0, 0, 0, 0);
    case forty::Way::crosses:
        return rt_gate_cross(target, 0, 0, 0, 0, 0).value;
    }
    return 0;
}

uint64_t FORTY_NAME::tells(forty::What what) {
    switch (what) {
    case forty::What::word:
        return reinterpret_cast<uint64_t>(&word);
    case forty::What::code:
        return reinterpret_cast<uint64_t>(&keeps);
    case forty::What::stack:
        return reinterpret_cast<uint64_t>(__builtin_frame_address(0));
    }
    return 0;
}

uint64_t FORTY_NAME::keeps() {
    return word;
}
