/// The domains' views in the image.
#include "rt/start/views.h"

#include "rt/base/panic.h"
#include "rt/domain/table.h"
#include "rt/key/view.h"
#include "rt/sys/log.h"

/// Generated per app: the view of each domain as C++ has it, by number.
extern "C" const uint32_t rt_domain_views[];

namespace rt::start {

namespace {

void check_view(const linker::RegionRecord &record) {
    const auto view = key::Pkru::from_raw(record.view);
    if (record.view != rt_domain_views[record.number]) {
        base::panic("the linker script's view of {} is {}, rt's is {}: VIEW_DOMAIN in "
                    "linker/image.ld.in and rt::gate::base_view disagree",
                    domain::name_of(record), base::Hex{record.view},
                    base::Hex{rt_domain_views[record.number]});
    }
    if (view.rights(key::shared_key) == key::Rights::full) {
        sys::log("postern: domain {} may write key 0: every guarantee is void in this program",
                 domain::name_of(record));
    }
}

} // namespace

void check_views() {
    for (const auto &record : domain::Table()) {
        if (record.kind == linker::Kind::domain) {
            check_view(record);
        }
    }
}

} // namespace rt::start
