/// Giving domains their initial contents.
#include "rt/start/fill.h"

#include "rt/base/panic.h"
#include "rt/domain/table.h"
#include "rt/key/view.h"
#include "rt/sys/log.h"
#include "rt/uaccess/copy.h"

namespace rt::start {

void fill_domains() {
    for (const auto &record : domain::Table()) {
        if (record.kind != linker::Kind::domain) {
            continue;
        }
        const auto key = key::Pkey::from_raw(record.key);
        if (record.view == key::domain_view(key, key::Rights::full).raw()) {
            sys::log("postern: domain {} may write key 0: every guarantee is void in this program",
                     domain::name_of(key));
        } else if (record.view != key::domain_view(key).raw()) {
            base::panic("the linker script's view of {} is {}, rt's is {}: VIEW_DOMAIN in "
                        "linker/image.ld.in and rt/key/view.h disagree",
                        domain::name_of(key), base::Hex{record.view},
                        base::Hex{key::domain_view(key).raw()});
        }
        // A domain without data has an empty region, in which no address lies.
        if (record.pristine_bytes != 0 &&
            !uaccess::copy_to_domain(
                static_cast<Domain>(record.key), uaccess::Claimed::from_raw(record.begin),
                reinterpret_cast<const void *>(record.pristine), record.pristine_bytes)) {
            base::panic("start-up failed: filling {}'s data", domain::name_of(key));
        }
    }
}

} // namespace rt::start
