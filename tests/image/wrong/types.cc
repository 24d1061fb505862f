/// Values that the types refuse.
#include "rt/base/region.h"
#include "rt/key/pkey.h"
#include "rt/rt.h"

namespace {

rt::Result<int> half(int number) {
    return number / 2;
}

} // namespace

// right
POSTERN_DATA(alice) int alice_calls = 1;
POSTERN_BSS(bob) int bob_calls;
static_assert(rt::base::Region::from_raw(0x1000, 0x3000).bytes() == 0x2000);
static_assert(rt::key::Pkey::from_raw(15) == rt::key::frame_key);
int use() {
    return half(4).value_or(0) + alice_calls + bob_calls;
}
bool is_sealed(rt::base::Region region) {
    return bool(rt::seal::seal(region));
}
uint64_t look_at(rt::Claimed address) {
    return address.raw();
}

// wrong claimed_dereferenced: indirection requires pointer operand
int look(rt::Claimed address) {
    return *address;
}

// wrong claimed_as_pointer: no viable conversion from returned value of type 'rt::Claimed'
const char *look(rt::Claimed address) {
    return address;
}

// wrong claimed_from_number: calling a private constructor of class 'rt::uaccess::Claimed'
rt::Claimed claim() {
    return rt::Claimed(0x1000);
}

// wrong result_ignored: ignoring return value of
void use() {
    half(4);
}

// wrong call_ignored: ignoring return value of
void add() {}
constexpr rt::Entry<Domain::alice, add> entry;
void use() {
    rt::call<Domain::alice>(entry);
}

// wrong result_as_value: no viable conversion from
int use() {
    return half(4);
}

// wrong region_unaligned: must be initialized by a constant expression
constexpr auto region = rt::base::Region::from_raw(0x1000, 0x3001);

// wrong region_backwards: must be initialized by a constant expression
constexpr auto region = rt::base::Region::from_raw(0x3000, 0x1000);

// wrong key_16: must be initialized by a constant expression
constexpr auto key = rt::key::Pkey::from_raw(16);

// wrong number_as_key: no viable conversion from 'int' to 'rt::key::Pkey'
rt::key::Pkey key = 3;

// wrong seal_of_a_pointer: too many arguments to function call, expected single argument 'region'
void prepare_heap(char *block, size_t bytes) {
    static_cast<void>(rt::seal::seal(block, bytes));
}

// wrong seal_of_an_object: no viable conversion from 'char *' to 'base::Region'
void prepare_block(char *block) {
    static_cast<void>(rt::seal::seal(block));
}

// wrong seal_ignored: ignoring return value of
void prepare_region(rt::base::Region region) {
    rt::seal::seal(region);
}

// wrong unseal: no member named 'unseal' in namespace 'rt::seal'
void prepare_region(rt::base::Region region) {
    static_cast<void>(rt::seal::unseal(region));
}

// wrong data_of_an_unknown_domain: no member named 'carol' in 'rt::Domain'
POSTERN_DATA(carol) int carol_calls = 1;

// wrong bss_of_an_unknown_domain: no member named 'carol' in 'rt::Domain'
POSTERN_BSS(carol) int carol_calls;
