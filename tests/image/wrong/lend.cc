/// Data domains taken for domains, and loans that the app has not declared. The data domain inbox is read by
/// bob and lent to alice; outbox is nobody's.
#include "rt/rt.h"

namespace {

uint64_t count(uint64_t bytes) {
    return bytes;
}
constexpr rt::Entry<Domain::alice, count> alice_counts;
constexpr rt::Entry<Domain::bob, count> bob_counts;

} // namespace

// right
uint64_t use() {
    return rt::call_lending<Domain::alice, rt::Writing<Domain::inbox>>(alice_counts, 1ul).value_or(0) +
           rt::call<Domain::bob>(bob_counts, 1ul).value_or(0);
}

// wrong entry_of_a_data_domain: a data domain is memory and runs nothing: make this an entry of a domain
// shows only_declared_loans_build
constexpr rt::Entry<Domain::inbox, count> inbox_counts;
auto use() { return rt::call<Domain::inbox>(inbox_counts, 1ul); }

// wrong call_of_a_data_domain: a data domain is memory and runs nothing: call a domain
// shows only_declared_loans_build
void use() { static_cast<void>(rt::call<Domain::inbox>(alice_counts, 1ul)); }

// wrong cross_call_from_a_data_domain: a data domain is memory and runs nothing: it makes no calls
// shows only_declared_loans_build
constexpr rt::CrossCall<1, Domain::inbox, alice_counts> to_count;
constexpr auto number = to_count.number;

// wrong loan_of_a_domains_memory: only a data domain can be lent: declare memory that domains share with DATA
// shows only_declared_loans_build
auto use() { return rt::call_lending<Domain::alice, rt::Reading<Domain::bob>>(alice_counts, 1ul); }

// wrong loan_to_nobody_named: the app does not lend this data domain to this domain: name the domain among the BORROWERS
// shows only_declared_loans_build
auto use() { return rt::call_lending<Domain::alice, rt::Reading<Domain::outbox>>(alice_counts, 1ul); }

// wrong loan_to_a_mere_reader: name the domain among the BORROWERS in postern_add_data
// shows only_declared_loans_build
auto use() { return rt::call_lending<Domain::bob, rt::Writing<Domain::inbox>>(bob_counts, 1ul); }

// wrong loan_twice: the same data domain is lent twice
// shows only_declared_loans_build
auto use() {
    return rt::call_lending<Domain::alice, rt::Reading<Domain::inbox>, rt::Writing<Domain::inbox>>(alice_counts, 1ul);
}

// wrong loan_of_nothing: nothing is lent: use rt::call
// shows only_declared_loans_build
auto use() { return rt::call_lending<Domain::alice>(alice_counts, 1ul); }

// wrong loan_of_a_pointer: rt::call_lending lends rt::Reading<Domain::NAME> or rt::Writing<Domain::NAME>
// shows only_declared_loans_build
auto use() { return rt::call_lending<Domain::alice, const char *>(alice_counts, 1ul); }

// wrong loan_to_a_data_domain: rt::call_lending takes an rt::Entry of the domain that it names
// shows only_declared_loans_build
auto use() { return rt::call_lending<Domain::outbox, rt::Reading<Domain::inbox>>(alice_counts, 1ul); }

// wrong loan_with_another_domains_entry: rt::call_lending takes an rt::Entry of the domain that it names
// shows only_declared_loans_build
auto use() { return rt::call_lending<Domain::alice, rt::Reading<Domain::inbox>>(bob_counts, 1ul); }

// wrong fault_ignored: ignoring return value of
// shows rt_is_hard_to_misuse
void use() { rt::call_lending<Domain::alice, rt::Reading<Domain::inbox>>(alice_counts, 1ul); }
