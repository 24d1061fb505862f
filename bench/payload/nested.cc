/// What does each further gate cost when calls and services are nested?
#include "bench/payload/guest.h"
#include "bench/payload/must.h"
#include "bench/payload/rows.h"

namespace bench {

namespace {

constexpr auto question =
    "What does each nested gate cost? A call, then services and calls in turn";

/// `gates` gates for each multiple of `depth`.
template <uint64_t depth>
void dive(uint64_t gates) {
    for (uint64_t done = 0; done < gates; done += depth) {
        must(rt::call<Domain::untrusted>(Guest<Domain::untrusted>::dive, depth));
    }
}

template <uint64_t depth>
constexpr Row nested(const char *name) {
    return {name, Kind::loop, question, timed<dive<depth>>, pairs, unit, depth};
}

constexpr Row table[] = {
    nested<1>("nested_1"), nested<2>("nested_2"),   nested<4>("nested_4"),
    nested<8>("nested_8"), nested<16>("nested_16"), nested<32>("nested_32"),
};

} // namespace

constinit const Rows nested_rows = rows_of(table);

} // namespace bench
