/// Values that the types refuse.
#include "rt/base/region.h"
#include "rt/key/pkey.h"
#include "rt/rt.h"

namespace {

rt::Result<int> half(int number) {
    return number / 2;
}

enum class Kind : uint8_t { good, bad };
struct Nested {
    Kind kind;
    bool flags[2];
};
struct Derived : Nested {
    uint8_t last;
    float weight;
};
struct Address {
    rt::Claimed place;
};
struct Padded {
    uint8_t kind;
    uint32_t value;
};
struct Named {
    const char *name;
};

uint64_t take(Kind, Nested, Derived, Address, bool, double) {
    return 0;
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
constexpr rt::Entry<Domain::alice, take> take_entry;
constexpr rt::Service<1, Derived(Address, Kind, Nested)> service;
static_assert(service.number == 1 && take_entry.domain == Domain::alice);
[[maybe_unused]] void clear(Padded &padded) {
    rt::clear_padding(padded);
}

// wrong claimed_dereferenced: indirection requires pointer operand
// shows impassable_does_not_compile
int look(rt::Claimed address) {
    return *address;
}

// wrong claimed_as_pointer: no viable conversion from returned value of type 'rt::Claimed'
// shows rt_is_hard_to_misuse
const char *look(rt::Claimed address) {
    return address;
}

// wrong claimed_from_number: calling a private constructor of class 'rt::uaccess::Claimed'
// shows rt_is_hard_to_misuse
rt::Claimed claim() {
    return rt::Claimed(0x1000);
}

// wrong result_ignored: ignoring return value of
// shows impassable_does_not_compile
void use() {
    half(4);
}

// wrong call_ignored: ignoring return value of
// shows rt_is_hard_to_misuse
void add() {}
constexpr rt::Entry<Domain::alice, add> entry;
void use() {
    rt::call<Domain::alice>(entry);
}

// wrong result_as_value: no viable conversion from
// shows rt_is_hard_to_misuse
int use() {
    return half(4);
}

// wrong region_unaligned: must be initialized by a constant expression
// shows rt_is_hard_to_misuse
constexpr auto region = rt::base::Region::from_raw(0x1000, 0x3001);

// wrong region_backwards: must be initialized by a constant expression
// shows rt_is_hard_to_misuse
constexpr auto region = rt::base::Region::from_raw(0x3000, 0x1000);

// wrong key_16: must be initialized by a constant expression
// shows rt_is_hard_to_misuse
constexpr auto key = rt::key::Pkey::from_raw(16);

// wrong number_as_key: no viable conversion from 'int' to 'rt::key::Pkey'
// shows rt_is_hard_to_misuse
rt::key::Pkey key = 3;

// wrong seal_of_a_pointer: too many arguments to function call, expected single argument 'region'
// shows app_seals_whole_regions
void prepare_heap(char *block, size_t bytes) {
    static_cast<void>(rt::seal::seal(block, bytes));
}

// wrong seal_of_an_object: no viable conversion from 'char *' to 'base::Region'
// shows app_seals_whole_regions
void prepare_block(char *block) {
    static_cast<void>(rt::seal::seal(block));
}

// wrong seal_ignored: ignoring return value of
// shows app_seals_whole_regions
void prepare_region(rt::base::Region region) {
    rt::seal::seal(region);
}

// wrong unseal: no member named 'unseal' in namespace 'rt::seal'
// shows app_seals_whole_regions
void prepare_region(rt::base::Region region) {
    static_cast<void>(rt::seal::unseal(region));
}

// wrong data_of_an_unknown_domain: no member named 'carol' in 'rt::Domain'
// shows rt_is_hard_to_misuse
POSTERN_DATA(carol) int carol_calls = 1;

// wrong bss_of_an_unknown_domain: no member named 'carol' in 'rt::Domain'
// shows rt_is_hard_to_misuse
POSTERN_BSS(carol) int carol_calls;

// wrong padded_struct: padding, a reference, a bit-field or volatile does not cross: name every byte as a member
// shows values_carry_no_padding tries attack_99
struct Found {
    uint8_t kind;
    uint32_t value;
};
Found find();
constexpr rt::Entry<Domain::alice, find> find_entry;
constexpr Domain domain = find_entry.domain;

// wrong padded_at_its_end: padding, a reference, a bit-field or volatile does not cross: name every byte as a member
// shows values_carry_no_padding
struct Found {
    uint32_t value;
    uint8_t kind;
};
Found find();
constexpr rt::Entry<Domain::alice, find> find_entry;
constexpr Domain domain = find_entry.domain;

// wrong padded_inside_a_member: padding, a reference, a bit-field or volatile does not cross: name every byte as a member
// shows values_carry_no_padding
struct Found {
    uint8_t first;
    struct {
        uint8_t kind;
        uint16_t value;
    } second;
};
Found find();
constexpr rt::Entry<Domain::alice, find> find_entry;
constexpr Domain domain = find_entry.domain;

// wrong padded_by_an_empty_member: padding, a reference, a bit-field or volatile does not cross: name every byte as a member
// shows values_carry_no_padding
struct Found {
    uint32_t value;
    struct {
    } nothing;
};
Found find();
constexpr rt::Entry<Domain::alice, find> find_entry;
constexpr Domain domain = find_entry.domain;

// wrong bit_field: padding, a reference, a bit-field or volatile does not cross: name every byte as a member
// shows values_carry_no_padding tries attack_99
struct Found {
    uint32_t kind : 8;
};
Found find();
constexpr rt::Entry<Domain::alice, find> find_entry;
constexpr Domain domain = find_entry.domain;

// wrong bit_field_beside_a_float: padding, a reference, a bit-field or volatile does not cross: name every byte as a member
// shows values_carry_no_padding
struct Found {
    uint32_t kind : 8;
    float weight;
};
Found find();
constexpr rt::Entry<Domain::alice, find> find_entry;
constexpr Domain domain = find_entry.domain;

// wrong reference_member: padding, a reference, a bit-field or volatile does not cross: name every byte as a member
// shows only_plain_values_cross
struct Found {
    uint64_t &value;
};
Found find();
constexpr rt::Entry<Domain::alice, find> find_entry;
constexpr Domain domain = find_entry.domain;

// wrong reference_to_a_temporary: padding, a reference, a bit-field or volatile does not cross: name every byte as a member
// shows only_plain_values_cross
struct Found {
    uint64_t &&value;
};
Found find();
constexpr rt::Entry<Domain::alice, find> find_entry;
constexpr Domain domain = find_entry.domain;

// wrong pointer_member: 'member_may_cross<Found, 0UL>' "this member | 'member_may_cross<Found, 0UL>': this member
// shows only_plain_values_cross
struct Found {
    const char *text;
};
Found find();
constexpr rt::Entry<Domain::alice, find> find_entry;
constexpr Domain domain = find_entry.domain;

// wrong pointer_to_a_function: 'member_may_cross<Found, 0UL>' "this member | 'member_may_cross<Found, 0UL>': this member
// shows only_plain_values_cross
struct Found {
    void (*handler)();
};
Found find();
constexpr rt::Entry<Domain::alice, find> find_entry;
constexpr Domain domain = find_entry.domain;

// wrong pointer_to_a_member: 'member_may_cross<Found, 0UL>' "this member | 'member_may_cross<Found, 0UL>': this member
// shows only_plain_values_cross
struct Found {
    int Nested::*member;
};
Found find();
constexpr rt::Entry<Domain::alice, find> find_entry;
constexpr Domain domain = find_entry.domain;

// wrong nested_pointer: 'member_may_cross<Found, 0UL>' "this member | 'member_may_cross<Found, 0UL>': this member
// shows only_plain_values_cross
struct Found {
    struct {
        Named named;
    } holder;
};
Found find();
constexpr rt::Entry<Domain::alice, find> find_entry;
constexpr Domain domain = find_entry.domain;

// wrong union_member: 'member_may_cross<Found, 0UL>' "this member | 'member_may_cross<Found, 0UL>': this member
// shows only_plain_values_cross
struct Found {
    union {
        uint32_t number;
        float weight;
    };
    Kind kind[4];
};
Found find();
constexpr rt::Entry<Domain::alice, find> find_entry;
constexpr Domain domain = find_entry.domain;

// wrong union_with_a_pointer: 'member_may_cross<Found, 0UL>' "this member | 'member_may_cross<Found, 0UL>': this member
// shows only_plain_values_cross
struct Found {
    union {
        uint64_t number;
        const char *text;
    } either;
};
Found find();
constexpr rt::Entry<Domain::alice, find> find_entry;
constexpr Domain domain = find_entry.domain;

// wrong member_that_hides_its_own: 'member_may_cross<Found, 1UL>' "this member | 'member_may_cross<Found, 1UL>': this member
// shows only_plain_values_cross
struct Found {
    uint32_t first;
    class Hidden {
        uint32_t value = 0;
        friend uint32_t value_of(const Hidden &hidden) { return hidden.value; }
    } second;
};
Found find();
constexpr rt::Entry<Domain::alice, find> find_entry;
constexpr Domain domain = find_entry.domain;

// wrong third_member: 'member_may_cross<Found, 3UL>' "this member | 'member_may_cross<Found, 3UL>': this member
// shows only_plain_values_cross
struct Found {
    uint16_t first;
    uint8_t second[2];
    _Atomic(uint32_t) third;
};
Found find();
constexpr rt::Entry<Domain::alice, find> find_entry;
constexpr Domain domain = find_entry.domain;

// wrong long_double_member: a value that crosses is trivially copyable and has at most 8 bytes
// shows only_plain_values_cross
struct Found {
    long double value;
};
Found find();
constexpr rt::Entry<Domain::alice, find> find_entry;
constexpr Domain domain = find_entry.domain;

// wrong long_double: a value that crosses is trivially copyable and has at most 8 bytes
// shows only_plain_values_cross
void weigh(long double);
constexpr rt::Entry<Domain::alice, weigh> weigh_entry;

// wrong struct_with_a_copy: a value that crosses is trivially copyable and has at most 8 bytes
// shows only_plain_values_cross
struct Counted {
    Counted(const Counted &other);
    uint64_t value;
};
void count(Counted);
constexpr rt::Entry<Domain::alice, count> count_entry;

// wrong struct_that_hides_its_members: only integers, enums, bool, float, double, rt::Claimed and structs
// shows only_plain_values_cross
class Hidden {
    uint64_t value = 0;
    friend uint64_t value_of(const Hidden &hidden) { return hidden.value; }
};
void take_hidden(Hidden);
constexpr rt::Entry<Domain::alice, take_hidden> hidden_entry;

// wrong union_argument: only integers, enums, bool, float, double, rt::Claimed and structs of them cross
// shows only_plain_values_cross
union Either {
    uint64_t number;
    double weight;
};
void take_either(Either);
constexpr rt::Entry<Domain::alice, take_either> either_entry;

// wrong vector: only integers, enums, bool, float, double, rt::Claimed and structs of them cross
// shows only_plain_values_cross
typedef int Vector __attribute__((vector_size(8)));
void take_vector(Vector);
constexpr rt::Entry<Domain::alice, take_vector> vector_entry;

// wrong reference_argument: no pointer and no reference crosses: pass rt::Claimed
// shows only_plain_values_cross
void change(uint64_t &&number);
constexpr rt::Entry<Domain::alice, change> change_entry;

// wrong padded_argument: padding, a reference, a bit-field or volatile does not cross
// shows values_carry_no_padding
void take_padded(Padded);
constexpr rt::Entry<Domain::alice, take_padded> padded_entry;

// wrong padded_in_a_service: padding, a reference, a bit-field or volatile does not cross
// shows values_carry_no_padding
constexpr rt::Service<1, void(Padded)> padded_service;
constexpr unsigned number = padded_service.number;

// wrong padded_result_of_a_service: padding, a reference, a bit-field or volatile does not cross
// shows values_carry_no_padding
constexpr rt::Service<1, Padded()> padded_service;
constexpr unsigned number = padded_service.number;

// wrong padded_in_a_cross_call: padding, a reference, a bit-field or volatile does not cross
// shows values_carry_no_padding
Padded make_padded();
constexpr rt::Entry<Domain::bob, make_padded> padded_entry;
constexpr rt::CrossCall<1, Domain::alice, padded_entry> cross_call;
constexpr unsigned number = cross_call.number;

// wrong clear_padding_of_a_pointer: padding is not known in a type with a pointer
// shows values_carry_no_padding
void clear_named(Named &named) {
    rt::clear_padding(named);
}
