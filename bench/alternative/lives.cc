/// What do heaps, policies and restarts cost a call that does not fault? Two images of bench/asked.
#include "bench/alternative/image.h"
#include "bench/alternative/row.h"

namespace alternative {

Rows lives_rows() {
    Rows rows;
    for (const Isolation isolation : {Isolation::keys, Isolation::none}) {
        for (const std::string name :
             {"call_untrusted", "call_trusted", "service", "domain_to_domain"}) {
            rows.push_back(
                {"lives_" + name + (isolation == Isolation::keys ? "" : "_no_keys"),
                 "What do heaps, policies and restarted lives cost a call that does not fault? "
                 "1.00 is nothing",
                 "the same without",
                 [=] {
                     return prepare_asked({"bench/bench_lives", isolation}, name);
                 },
                 [=] {
                     return prepare_asked({"bench/bench_no_lives", isolation}, name);
                 }});
        }
    }
    return rows;
}

} // namespace alternative
