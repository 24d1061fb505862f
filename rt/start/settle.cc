/// The guarantees of this run: found, reported where asked, required where the app says so.
#include "rt/start/settle.h"

#include "rt/base/panic.h"
#include "rt/domain/table.h"
#include "rt/key/pkru.h"
#include "rt/start/guarantees.h"
#include "rt/start/report.h"
#include "rt/sys/process.h"
#include "rt/trap/install.h"

/// 1 in programs that run with every guarantee in full or not at all; a word of the linker script.
extern "C" const uint32_t __option_requires_all_guarantees;

namespace rt::start {

namespace {

constinit Guarantees found{};

bool is_key_0_writable() {
    for (const auto &record : domain::Table()) {
        const auto view = key::Pkru::from_raw(record.view);
        if (record.kind == linker::Kind::domain &&
            view.rights(key::shared_key) != key::Rights::read_only) {
            return true;
        }
    }
    return false;
}

/// Tries dispatch on a system call of our own: for those who want to know, not at every start.
void try_dispatch() {
    if (found.system_calls == Mediation::dispatch) {
        if (!trap::dispatches()) {
            base::panic(
                "this kernel says that it has Syscall User Dispatch, and serves a system call "
                "under a closed selector");
        }
        found.mediation_evidence = Evidence::probed;
    }
}

void require_all(const GuaranteeTable &table) {
    if (table.is_full()) {
        return;
    }
    base::Line line;
    line.append("this program requires every guarantee in full: ");
    for (const Guarantee &row : table.rows) {
        if (row.remedy != nullptr) {
            line.append(row.remedy).append("; ");
        }
    }
    line.append("here: Linux ").append(sys::kernel_release().text);
    base::panic(line);
}

} // namespace

const Guarantees &guarantees() {
    return found;
}

void settle_guarantees(const Arguments &arguments, const key::Processor &processor,
                       seal::Vdso vdso) {
    const bool reported = is_report_wanted(arguments);
    const bool required = __option_requires_all_guarantees == 1;
    const auto descriptors = policy::settle_descriptors(reported);
    const policy::Wall wall = policy::second_wall();
    const policy::CodeGain code_gain = policy::give_up_privileges(wall); // before any filter
    if (domain::has_domains()) {
        policy::choose_call_word();
    }
    found = {.isolation = key::isolation(),
             .frames = trap::frame_strategy(),
             .system_calls = mediate_system_calls(),
             .mediation_evidence = Evidence::by_return_value,
             .key_0_writable = is_key_0_writable(),
             .vector_depth = processor.vector_depth,
             .unwiped_state = processor.unwiped,
             .map = seal::find_provider(),
             .vdso = vdso,
             .second_wall = wall,
             .code_gain = code_gain,
             .descriptors = descriptors};
    if (!reported && !required) {
        return;
    }
    try_dispatch();
    const GuaranteeTable table = table_of(found);
    if (reported) {
        report(table, found);
    }
    if (required) {
        require_all(table);
    }
}

} // namespace rt::start
