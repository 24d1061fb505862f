/// The guarantees of this run: recorded, reported where asked, required where the app says so.
#include "rt/start/record.h"

#include "linker/symbols.h"
#include "rt/base/options.h"
#include "rt/base/panic.h"
#include "rt/domain/table.h"
#include "rt/key/pkru.h"
#include "rt/start/report.h"
#include "rt/sys/process.h"

namespace rt::start {

namespace {

POSTERN_SETTLED Guarantees recorded{};

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
    return recorded;
}

Audience audience_of(const Arguments &arguments) {
    return {.report = is_report_wanted(arguments),
            .requirement = __option_requires_all_guarantees == 1};
}

void record_guarantees(const Guarantees &here, Audience audience) {
    recorded = here;
    if (!audience.any()) {
        return;
    }
    const GuaranteeTable table = table_of(recorded);
    if (audience.report) {
        report(table, recorded);
    }
    if (audience.requirement) {
        require_all(table);
    }
}

bool is_key_0_writable() {
    for (const auto &record : domain::Table()) {
        const auto view = key::Pkru::from_raw(record.view);
        if (record.kind == linker::Kind::domain &&
            view.rights(key::shared_key) == key::Rights::full) {
            return true;
        }
    }
    return false;
}

} // namespace rt::start
