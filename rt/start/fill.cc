/// Giving domains their initial contents.
#include "rt/start/fill.h"

#include "rt/base/panic.h"
#include "rt/domain/table.h"
#include "rt/key/view.h"
#include "rt/sys/log.h"
#include "rt/uaccess/copy.h"

/// Generated per app: the view of each key's domain as C++ has it.
extern "C" const uint32_t rt_domain_views[rt::key::Pkey::count];

namespace rt::start {

namespace {

void check_view(const linker::RegionRecord &record) {
    const auto key = key::Pkey::from_raw(record.key);
    const auto view = key::Pkru::from_raw(record.view);
    if (record.view != rt_domain_views[record.key]) {
        base::panic("the linker script's view of {} is {}, rt's is {}: VIEW_DOMAIN in "
                    "linker/image.ld.in and rt::gate::base_view disagree",
                    domain::name_of(key), base::Hex{record.view},
                    base::Hex{rt_domain_views[record.key]});
    }
    if (view.rights(key::shared_key) == key::Rights::full) {
        sys::log("postern: domain {} may write key 0: every guarantee is void in this program",
                 domain::name_of(key));
    }
}

} // namespace

void fill_domains() {
    for (const auto &record : domain::Table()) {
        if (record.kind == linker::Kind::domain) {
            check_view(record);
        } else if (record.kind != linker::Kind::data_domain) {
            continue;
        }
        // A domain without data has an empty region, in which no address lies.
        if (record.pristine_bytes != 0 &&
            !uaccess::copy_to_domain(
                static_cast<Domain>(record.key), uaccess::Claimed::from_raw(record.begin),
                reinterpret_cast<const void *>(record.pristine), record.pristine_bytes)) {
            base::panic("start-up failed: filling {}'s data",
                        domain::name_of(key::Pkey::from_raw(record.key)));
        }
    }
}

} // namespace rt::start
