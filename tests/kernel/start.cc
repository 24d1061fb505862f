/// The start of this image instead of rt's: no key is taken, no handler installed, no dispatch
/// armed. The kernel is asked as it is; only crt's memory and rt's system calls are used.
#include <linux/mman.h>

#include <asm/unistd.h>

#include "crt/handoff.h"
#include "linker/symbols.h"
#include "rt/base/slot.h"
#include "rt/key/cpuid.h"
#include "rt/key/processor.h"
#include "rt/start/arguments.h"
#include "rt/start/exit.h"
#include "rt/sys/call.h"
#include "rt/sys/log.h"
#include "rt/sys/process.h"
#include "rt/sys/signal.h"
#include "tests/kernel/notes.h"
#include "tests/kernel/second_life.h"

extern "C" kernel::Notes *kernel_notes;

/// tests/harness/harness.cc.
rt::start::Exit main(rt::start::Arguments arguments);

namespace {

constexpr int skipped = 77;

} // namespace

/// Called by crt, which has set gs. The words of the slot that are used: the selector, which rt's
/// system calls write, and what rt/trap/frame.cc reads.
extern "C" [[noreturn]] void rt_start(const crt::Handoff *handoff) {
    const rt::start::Arguments arguments(*handoff);
    if (kernel::is_second_life(arguments)) {
        kernel::live_again();
    }
    const auto processor = rt::key::decode(rt::key::read_start_leaves());
    if (processor.refusal != nullptr) {
        rt::sys::log("kernel: skipped: {}", processor.refusal);
        rt::sys::exit(skipped);
    }
    auto *slot = reinterpret_cast<rt::base::Slot *>(__arena_start + POSTERN_SLOT_GS);
    slot->self = reinterpret_cast<uint64_t>(slot);
    slot->pkru_at = processor.has_keys ? rt::key::pkru_offset() : 0;
    kernel_notes = reinterpret_cast<kernel::Notes *>(rt::sys::call_raw(
        __NR_mmap, 0, POSTERN_PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1));
    static_cast<void>(rt::sys::set_blocked({})); // what the parent had blocked stays so across exec
    rt::sys::exit(static_cast<int>(main(arguments)));
}
