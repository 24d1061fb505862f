/// From the first C++ instruction of rt to the app's main.
#include "crt/handoff.h"
#include "rt/base/panic.h"
#include "rt/base/slot.h"
#include "rt/domain/alias.h"
#include "rt/domain/own_text.h"
#include "rt/domain/stack_word.h"
#include "rt/domain/table.h"
#include "rt/domain/tag.h"
#include "rt/entry/log.h"
#include "rt/key/isolation.h"
#include "rt/key/processor.h"
#include "rt/key/take.h"
#include "rt/key/view.h"
#include "rt/life/heap.h"
#include "rt/life/policy.h"
#include "rt/patch/apply.h"
#include "rt/seal/initial_mappings.h"
#include "rt/seal/seal.h"
#include "rt/space/memory.h"
#include "rt/space/spin.h"
#include "rt/space/zygote.h"
#include "rt/start/arguments.h"
#include "rt/start/audit.h"
#include "rt/start/exit.h"
#include "rt/start/guarantees.h"
#include "rt/start/interpose.h"
#include "rt/start/isolate.h"
#include "rt/start/record.h"
#include "rt/start/views.h"
#include "rt/sys/fs_base.h"
#include "rt/sys/memory.h"
#include "rt/sys/process.h"
#include "rt/syscall/descriptors.h"
#include "rt/syscall/install.h"
#include "rt/syscall/process.h"
#include "rt/trap/deadline.h"
#include "rt/trap/install.h"
#include "rt/trap/strategy.h"
#include "rt/uaccess/initial_data.h"

/// The app's.
rt::start::Exit main(rt::start::Arguments arguments);
/// The app's, or the empty one of rt/start/prepare.cc.
void prepare(rt::start::Arguments arguments);

namespace rt::start {

namespace {

/// Bytes of the monitor's stack that a request, the calls that it makes and their traps may need.
constexpr size_t stack_reserve = POSTERN_MONITOR_STACK / 4;

/// The slot of the first thread; crt has pointed gs to it.
void prepare_slot() {
    auto *slot = reinterpret_cast<base::Slot *>(__arena_start + POSTERN_SLOT_GS);
    slot->self = reinterpret_cast<uint64_t>(slot);
    slot->state = RT_STATE_MONITOR;
    slot->view = RT_PKRU_MONITOR;
    slot->selector = RT_SELECTOR_BLOCK;
    slot->stack_limit = reinterpret_cast<uint64_t>(__monitor_stack_start) + stack_reserve;
    for (const auto &record : domain::Table()) {
        if (record.kind == linker::Kind::domain_stack) {
            domain::stack_word(domain::domain_of(record)) = domain::top_of(domain::region_of(record));
        }
    }
}

/// Ends the program if the processor, or the kernel's use of it, lacks what is needed. Otherwise
/// tells the gates how far to wipe.
key::Processor check_processor(const crt::Handoff &handoff) {
    const auto processor = key::decode(key::read_start_leaves());
    key::set_isolation(choose_isolation(handoff, processor));
    base::slot().wipe_level = processor.vector_depth;
    return processor;
}

/// A domain can set gs to zero. The words of the slot must then be at addresses where nothing is
/// mapped.
void check_null_page() {
    if (sys::any_mapped(base::Region::from_raw(0, POSTERN_PAGE))) {
        base::panic("something is mapped at address 0: run with vm.mmap_min_addr of at least 4096");
    }
}

/// Takes the keys of this run, and gives each region its own.
void divide_memory(const crt::Handoff &handoff) {
    if (key::has_keys()) {
        key::take_all();
    }
    domain::index_regions();
    if (domain::is_any_apart()) {
        space::make_memory();
    }
    domain::tag_all(handoff);
}

void take_signals(const crt::Handoff &handoff) {
    trap::install(handoff);
    sys::point_fs_to_canary(); // trap::install has seen that the kernel permits rdfsbase
    if (domain::has_domains()) {
        trap::make_timers();
    }
    if (domain::is_any_apart()) {
        base::must(trap::take_asynchronous(sys::Signal::space), "taking the signal of children");
    }
}

/// Each heap is all zeros, which is how the allocator begins.
void prepare_heaps() {
    for (const auto &record : domain::Table()) {
        if (record.kind != linker::Kind::domain_heap) {
            continue;
        }
        const Domain domain = domain::domain_of(record);
        base::must(sys::forbid_huge_pages(domain::seen(domain, domain::region_of(record))),
                   "keeping huge pages out of a domain's heap");
        if (rt_domain_heaps[record.number].is_populated && !uaccess::touch_pages(record)) {
            base::panic("start-up failed: touching each page of {}'s heap",
                        domain::name_of(record));
        }
    }
}

/// From here on no domain's code can be executed in this process that has a process of its own.
void close_own_texts() {
    domain::close_own_texts();
    if (const base::Region all = domain::all_own_texts(); !all.empty()) {
        seal::add("own_texts", all, "closed: the code of domains with SPACE own");
        seal::add("read_texts", domain::seen_text(all), "the same code, as the monitor reads it");
    }
}

void fill_domains() {
    for (const auto &record : domain::Table()) {
        const bool has_data =
            record.kind == linker::Kind::domain || record.kind == linker::Kind::data_domain;
        if (has_data && !uaccess::write_initial_data(record)) {
            base::panic("start-up failed: filling {}'s data",
                        domain::name_of(record));
        }
    }
}

} // namespace

/// Called by crt on the monitor's stack.
extern "C" [[noreturn]] void rt_start(const crt::Handoff *handoff) {
    prepare_slot();
    const auto processor = check_processor(*handoff);
    const auto features = patch::features_of(processor, key::isolation());
    patch::apply(domain::is_any_apart() ? features.with(patch::Feature::apart) : features);
    check_null_page();
    const Arguments arguments(*handoff);
    const Audience audience = audience_of(arguments);
    const auto descriptors = syscall::close_inherited_descriptors(audience.report);
    divide_memory(*handoff); // may make a file, whose number is one of ours
    const auto vdso = seal::remove_initial_mappings(*handoff);
    take_signals(*handoff);
    seal::find_provider();
    if (domain::is_any_apart()) {
        space::make_zygote(*handoff, vdso); // before anything here is secret
        close_own_texts();
        space::choose_waiting();
        space::map_memory();
    }
    check_views();
    fill_domains();
    prepare_heaps();
    const auto mode = syscall::seccomp_mode();
    life::choose_heap_clearing(); // opens what it needs while it may
    const auto code_gain = syscall::drop_privileges(mode); // before any filter
    if (domain::has_domains()) {
        syscall::choose_call_word();
    }
    const auto mediation = interpose_system_calls(); // from here on a domain makes none
    space::set_dispatches(mediation == Mediation::dispatch);
    const bool tried = mediation == Mediation::dispatch && audience.any();
    if (tried) {
        try_dispatch();
    }
    record_guarantees({.isolation = key::isolation(),
                       .frames = trap::frame_strategy(),
                       .system_calls = mediation,
                       .mediation_evidence = tried ? Evidence::probed : Evidence::by_return_value,
                       .key_0_writable = is_key_0_writable(),
                       .vector_depth = processor.vector_depth,
                       .unwiped_state = processor.unwiped,
                       .map = seal::provider(),
                       .vdso = vdso,
                       .seccomp_mode = mode,
                       .code_gain = code_gain,
                       .descriptors = descriptors},
                      audience);
    audit_where_wanted(arguments);
    prepare(arguments);
    life::begin_first_lives();
    seal::seal_all();
    syscall::install_filter(mode, seal::provider());
    const Exit status = main(arguments);
    entry::log_last_losses();
    sys::exit(static_cast<int>(status));
}

} // namespace rt::start
