/// From the first C++ instruction of rt to the app's main.
#include "crt/handoff.h"
#include "rt/base/panic.h"
#include "rt/base/slot.h"
#include "rt/domain/table.h"
#include "rt/domain/tag.h"
#include "rt/gate/log.h"
#include "rt/key/isolation.h"
#include "rt/key/processor.h"
#include "rt/key/take.h"
#include "rt/key/view.h"
#include "rt/patch/apply.h"
#include "rt/policy/install.h"
#include "rt/seal/leftovers.h"
#include "rt/seal/seal.h"
#include "rt/start/arguments.h"
#include "rt/start/audit.h"
#include "rt/start/exit.h"
#include "rt/start/fill.h"
#include "rt/start/guarantees.h"
#include "rt/start/isolate.h"
#include "rt/start/settle.h"
#include "rt/sys/fs_base.h"
#include "rt/sys/memory.h"
#include "rt/sys/process.h"
#include "rt/trap/deadline.h"
#include "rt/trap/install.h"

/// The app's.
rt::start::Exit main(rt::start::Arguments arguments);
/// The app's, or the empty one of rt/start/prepare.cc.
void prepare(rt::start::Arguments arguments);

namespace rt::start {

namespace {

/// What a request, the calls that it makes and their traps may need of the monitor's stack.
constexpr size_t stack_reserve = POSTERN_MONITOR_STACK / 4;

/// The slot of the first thread; crt has pointed gs to it.
void prepare_slot() {
    auto *slot = reinterpret_cast<base::Slot *>(__arena_start + POSTERN_SLOT_GS);
    slot->self = slot;
    slot->state = RT_STATE_MONITOR;
    slot->view = RT_PKRU_MONITOR;
    slot->selector = RT_SELECTOR_BLOCK;
    slot->floor = reinterpret_cast<uint64_t>(__monitor_stack_start) + stack_reserve;
    for (const auto &record : domain::Table()) {
        if (record.kind == linker::Kind::domain_stack) {
            slot->stack[record.key] = record.end - RT_BLOCK_BYTES;
        }
    }
}

/// Ends the program where the processor, or the kernel's use of it, lacks what is needed; else
/// tells the gates how far to wipe.
key::Processor check_processor(const crt::Handoff &handoff) {
    const auto processor = key::decode(key::read_start_leaves());
    key::set_isolation(choose_isolation(handoff, processor));
    base::slot().depth = processor.vector_depth;
    return processor;
}

/// A domain can load gs with zero; the words of the slot must then lead nowhere.
void check_null_page() {
    if (sys::any_mapped(base::Region::from_raw(0, POSTERN_PAGE))) {
        base::panic("something is mapped at address 0: run with vm.mmap_min_addr of at least 4096");
    }
}

} // namespace

/// Called by crt on the monitor's stack.
extern "C" [[noreturn]] void rt_start(const crt::Handoff *handoff) {
    prepare_slot();
    const auto processor = check_processor(*handoff);
    patch::apply(patch::features_of(processor, key::isolation()));
    check_null_page();
    if (key::isolation() == key::Isolation::keys) {
        key::take_all();
    }
    domain::index_regions();
    domain::tag_all(*handoff);
    const seal::Vdso vdso = seal::remove_leftovers(*handoff);
    trap::install(*handoff);
    sys::record_fs_base(); // trap::install has seen that the kernel permits rdfsbase
    if (domain::has_domains()) {
        trap::make_timers();
    }
    fill_domains();
    const Arguments arguments(*handoff);
    settle_guarantees(arguments, processor, vdso);
    audit_where_wanted(arguments);
    prepare(arguments);
    seal::seal_all();
    policy::put_up(guarantees().second_wall);
    const Exit status = main(arguments);
    gate::log_last_losses();
    sys::exit(static_cast<int>(status));
}

} // namespace rt::start
